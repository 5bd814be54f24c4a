import NIOCore
import NIOPosix
import Synchronization

/// An authoritative DNS server on loopback that knows some TXT records, for tests.
final class DNSStandIn: Sendable {
    let address: String
    private let channel: any Channel
    private let zone: Zone

    /// - Parameter records: The texts of a name's records.
    init(_ records: [String: [String]]) async throws {
        let zone = Zone(records)
        self.zone = zone
        channel = try await DatagramBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(Answering(zone: zone)) }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        address = "127.0.0.1:\(channel.localAddress?.port ?? 0)"
    }

    func set(_ name: String, _ texts: [String]) { zone.records.withLock { $0[name] = texts } }
    func close() async throws { try await channel.close() }

    private final class Zone: Sendable {
        let records: Mutex<[String: [String]]>
        init(_ records: [String: [String]]) { self.records = Mutex(records) }
    }

    private final class Answering: ChannelInboundHandler {
        typealias InboundIn = AddressedEnvelope<ByteBuffer>
        typealias OutboundOut = AddressedEnvelope<ByteBuffer>

        private let zone: Zone

        init(zone: Zone) { self.zone = zone }

        // RFC 1035 section 4.1: header, the question again, an answer for each text.
        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let envelope = unwrapInboundIn(data)
            let query = Array(envelope.data.readableBytesView)
            guard query.count > 12 else { return }
            var (labels, place): ([String], Int) = ([], 12)
            while place < query.count, query[place] != 0 {
                let end = min(place + 1 + Int(query[place]), query.count)
                labels.append(String(decoding: query[(place + 1)..<end], as: UTF8.self))
                place = end
            }
            let question = query[12..<min(place + 5, query.count)]
            let name = labels.joined(separator: ".").lowercased()
            let texts = zone.records.withLock { $0[name] }
            let code: UInt8 = texts == nil ? 3 : 0
            var answer = ByteBuffer(bytes: query[0..<2] + [0x84, code, 0, 1, 0, UInt8(texts?.count ?? 0), 0, 0, 0, 0] + question)
            for text in texts ?? [] {
                // In pieces of at most 255 bytes.
                var data: [UInt8] = []
                var rest = Array(text.utf8)[...]
                repeat {
                    let piece = rest.prefix(255)
                    data += [UInt8(piece.count)] + piece
                    rest = rest.dropFirst(255)
                } while !rest.isEmpty
                answer.writeBytes([0xC0, 12, 0, 16, 0, 1, 0, 0, 0, 60, UInt8(data.count >> 8), UInt8(data.count & 0xFF)] + data)
            }
            context.writeAndFlush(wrapOutboundOut(.init(remoteAddress: envelope.remoteAddress, data: answer)), promise: nil)
        }
    }
}

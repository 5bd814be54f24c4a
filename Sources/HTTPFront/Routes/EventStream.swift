import Events
import HTTPTypes
import Hummingbird
import NIOCore
import ServiceLifecycle
import Synchronization

/// Events as they are appended, as server-sent events (WHATWG HTML §9.2): each once, in order. `id` is the sequence, `event` the type and `data`
/// the event's JSON; who comes again with `Last-Event-ID` goes on after that one.
struct EventStream: Sendable {
    let services: Services
    let request: FrontRequest
    let organization: Identifier?
    let query: EventQuery

    private static let pause = Duration.milliseconds(200)
    // Proxies and browsers end what is silent for long.
    private static let pausesBetweenSigns = 75

    /// - Throws: `overloaded` where too many follow already.
    func response(from first: UInt64) throws -> Response {
        guard let place = Place() else { throw Problem.overloaded }
        return Response(
            status: .ok, headers: [.contentType: "text/event-stream", .cacheControl: "no-store"],
            body: ResponseBody { writer in
                defer { withExtendedLifetime(place) {} }
                try await write(from: first, to: &writer)
                try await writer.finish(nil)
            })
    }

    /// One of the places for those who follow. It is free again when nobody holds it, whether or not the answer's body was ever asked for.
    private final class Place: Sendable {
        private static let limit = 256
        private static let taken = Mutex(0)

        init?() {
            let hasRoom = Self.taken.withLock { taken in
                if taken >= Self.limit { return false }
                taken += 1
                return true
            }
            if !hasRoom { return nil }
        }

        deinit { Self.taken.withLock { $0 -= 1 } }
    }

    private func write(from first: UInt64, to writer: inout any ResponseBodyWriter) async throws {
        var next = first
        var silence = 0
        try await writer.write(ByteBuffer(string: ": from \(next)\n\n"))
        while !Task.isCancelled, !Task.isShuttingDownGracefully {
            // A token that was revoked meanwhile ends the stream.
            guard let caller = try? await services.bearer(request), let head = services.core.eventCount() else { return }
            if next <= head {
                let asked = EventQuery(from: next, type: query.type, user: query.user, page: Page(limit: 500))
                guard let page = try? await services.core.events(organization, asked, by: caller) else { return }
                let items = page["items"]?.arrayValue ?? []
                for item in items { try await writer.write(ByteBuffer(string: Self.text(item))) }
                let last = (items.last?["sequence"]?.integerValue).map { UInt64($0) } ?? 0
                // A page with no next one has looked at everything up to the head: nothing of that is looked at again.
                next = page["next"]?.stringValue == nil ? max(last, head) + 1 : last + 1
                if !items.isEmpty {
                    silence = 0
                    continue
                }
            }
            silence += 1
            if silence % Self.pausesBetweenSigns == 0 { try await writer.write(ByteBuffer(string: ":\n\n")) }
            try await Task.sleep(for: Self.pause)
        }
    }

    // The JSON has no line feed: one `data` line is enough.
    private static func text(_ item: JSON) -> String {
        "id: \(item["sequence"]?.integerValue ?? 0)\nevent: \(item["type"]?.stringValue ?? "")\ndata: \(item.text)\n\n"
    }
}

import CResolv
public import Identity
import NIOPosix

/// A DNS server to ask instead of the machine's.
public struct DNSServer: Sendable, Hashable {
    let address: String
    let port: UInt16

    /// An IPv4 address, and a port after a colon where it is not 53.
    public init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count <= 2, let host = parts.first, let port = parts.count == 2 ? UInt16(parts[1]) : 53 else { return nil }
        guard unsafe ledger_resolv_is_address(String(host)) else { return nil }
        address = String(host)
        self.port = port
    }
}

/// TXT records, asked for through the C library's resolver.
public struct TextRecords: Sendable {
    private let server: DNSServer?
    // An answer by TCP has at most 64 KiB.
    private static let answerBytes = 1 << 16

    /// - Parameter server: Whom to ask; nil: the machine's servers.
    public init(server: DNSServer? = nil) { self.server = server }

    /// The texts of a name's TXT records; none where there is no such name.
    ///
    /// - Throws: `domain_not_proved` where no server answers.
    public func records(of name: String) async throws(RuleError) -> [String] {
        // The resolver blocks, so it gets a thread of its own.
        let answer = try? await Threads.lookups.runIfActive { [server] in Self.ask(name, server) }
        guard let answer = answer ?? nil else {
            throw RuleError(
                .domainNotProved, "DNS could not be asked for the TXT record of \(name).", remedy: "Try again in a few minutes.")
        }
        return answer
    }

    private static func ask(_ name: String, _ server: DNSServer?) -> [String]? {
        var answer = [UInt8](repeating: 0, count: answerBytes)
        let length = unsafe ledger_resolv_text(name, server?.address, server?.port ?? 0, &answer, Int32(answer.count))
        guard length >= 0 else { return nil }
        var texts: [String] = []
        var text = [UInt8](repeating: 0, count: answerBytes)
        for index in 0..<Int32.max {
            let count = unsafe ledger_resolv_string(answer, length, index, &text, Int32(text.count))
            guard count != -2 else { break }
            if count >= 0 { texts.append(String(decoding: text.prefix(Int(count)), as: UTF8.self)) }
        }
        return texts
    }
}

/// The parts of an http or https URL that a rule looks at. Anything that is read differently by different readers is none.
struct WebAddress {
    let scheme: String
    /// In lower case; an IPv6 address without its brackets.
    let host: String
    let path: String

    init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count <= 2048, bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") }),
            let colon = text.firstRange(of: "://")
        else { return nil }
        scheme = text[..<colon.lowerBound].lowercased()
        guard scheme == "http" || scheme == "https" else { return nil }
        let rest = text[colon.upperBound...]
        let end = rest.firstIndex { $0 == "/" || $0 == "?" || $0 == "#" } ?? rest.endIndex
        let authority = rest[..<end]
        guard !authority.contains("@") else { return nil }
        path = String(rest[end...].prefix { $0 != "?" && $0 != "#" })
        var name = authority
        if authority.hasPrefix("[") {
            guard let close = authority.firstIndex(of: "]") else { return nil }
            let port = authority[authority.index(after: close)...]
            guard port.isEmpty || Self.isPort(port) else { return nil }
            name = authority[authority.index(after: authority.startIndex)..<close]
        } else if let colon = authority.lastIndex(of: ":") {
            guard Self.isPort(authority[colon...]) else { return nil }
            name = authority[..<colon]
            guard !name.contains(":") else { return nil }
        }
        guard !name.isEmpty else { return nil }
        host = name.lowercased()
    }

    /// Loopback, `localhost` included.
    var isLoopback: Bool {
        if host == "localhost" || host.hasSuffix(".localhost") || host == "::1" { return true }
        let labels = host.split(separator: ".", omittingEmptySubsequences: false)
        return labels.count == 4 && labels[0] == "127" && labels.allSatisfy { UInt8($0) != nil }
    }

    private static func isPort(_ text: Substring) -> Bool {
        text.first == ":" && (2...6).contains(text.count) && UInt16(text.dropFirst()) != nil
            && text.dropFirst().allSatisfy { $0.isNumber }
    }
}

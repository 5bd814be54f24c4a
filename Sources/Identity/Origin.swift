/// Scheme, host and port of a web address: what redirects are compared by (C44).
public struct Origin: Sendable, Hashable, CustomStringConvertible {
    /// `http` or `https`.
    public let scheme: String
    /// In ASCII lower case; an IPv6 address in its brackets.
    public let host: String
    /// The scheme's own port where the address names none.
    public let port: UInt16

    /// The origin of an absolute `http` or `https` address of printable ASCII; nil for anything else.
    ///
    /// C44: refused are backslashes, controls, white space, user-info, an empty host, and `//` inside the path.
    public init?(of url: String) {
        guard url.utf8.count <= 2048, url.utf8.allSatisfy(Self.isAllowed) else { return nil }
        guard let colon = url.firstIndex(of: ":") else { return nil }
        let scheme = url[..<colon].lowercased()
        guard scheme == "http" || scheme == "https" else { return nil }
        let rest = url[url.index(after: colon)...]
        guard rest.hasPrefix("//") else { return nil }
        let authorityStart = rest.dropFirst(2)
        let authority = authorityStart.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        let path = authorityStart[authority.endIndex...].prefix { $0 != "?" && $0 != "#" }
        guard !authority.contains("@"), !path.utf8Contains("//"), let (host, port) = Self.split(authority) else {
            return nil
        }
        self.scheme = scheme
        self.host = host
        self.port = port ?? (scheme == "https" ? 443 : 80)
    }

    /// As browsers write an `Origin` header.
    public var description: String {
        let isDefault = port == (scheme == "https" ? 443 : 80)
        return isDefault ? "\(scheme)://\(host)" : "\(scheme)://\(host):\(port)"
    }

    private static func split(_ authority: Substring) -> (String, UInt16?)? {
        var host = authority
        var port: Substring?
        if authority.hasPrefix("[") {
            guard let end = authority.firstIndex(of: "]") else { return nil }
            host = authority[...end]
            let after = authority[authority.index(after: end)...]
            guard host.dropFirst().dropLast().allSatisfy({ $0.isHexDigit || $0 == ":" || $0 == "." }) else {
                return nil
            }
            guard after.isEmpty || after.hasPrefix(":") else { return nil }
            port = after.isEmpty ? nil : after.dropFirst()
        } else {
            if let colon = authority.firstIndex(of: ":") {
                host = authority[..<colon]
                port = authority[authority.index(after: colon)...]
            }
            let isName = host.utf8.allSatisfy {
                (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
                    || $0 == UInt8(ascii: "-")
                    || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "_")
            }
            guard isName else { return nil }
        }
        guard !host.isEmpty else { return nil }
        guard let port else { return (host.lowercased(), nil) }
        guard !port.isEmpty, port.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = UInt16(port), number > 0
        else {
            return nil
        }
        return (host.lowercased(), number)
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        (0x21...0x7E).contains(byte) && !"\\\"<>^`{|}".utf8.contains(byte)
    }
}

extension Substring {
    fileprivate func utf8Contains(_ text: String) -> Bool {
        let wanted = Array(text.utf8)
        let bytes = Array(utf8)
        guard bytes.count >= wanted.count else { return false }
        return (0...bytes.count - wanted.count).contains { bytes[$0..<$0 + wanted.count].elementsEqual(wanted) }
    }
}

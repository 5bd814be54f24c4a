import NIOCore

/// An IP address as its bytes: 4 or 16; an IPv4 address mapped into IPv6 is the IPv4 address.
struct IPAddress: Sendable, Hashable {
    let bytes: [UInt8]

    /// Dotted decimal, or RFC 4291 §2.2; without a zone.
    init?(_ text: String) {
        if let bytes = Self.version4(text[...]) {
            self.init(bytes: bytes)
        } else if let bytes = Self.version6(text) {
            self.init(bytes: bytes)
        } else {
            return nil
        }
    }

    init?(_ address: SocketAddress) {
        guard let text = address.ipAddress else { return nil }
        self.init(String(text.prefix { $0 != "%" }))
    }

    init(bytes: [UInt8]) {
        let isMapped = bytes.count == 16 && bytes.prefix(12).elementsEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF])
        self.bytes = isMapped ? Array(bytes.suffix(4)) : bytes
    }

    private static func version4(_ text: Substring) -> [UInt8]? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let bytes = parts.compactMap { (part: Substring) -> UInt8? in
            part.utf8.allSatisfy { (0x30...0x39).contains($0) } ? UInt8(part) : nil
        }
        return parts.count == 4 && bytes.count == 4 ? bytes : nil
    }

    private static func version6(_ text: String) -> [UInt8]? {
        guard text.utf8.count <= 45, text.contains(":") else { return nil }
        let bytes = Array(text.utf8)
        let colon = UInt8(ascii: ":")
        guard
            let gap = bytes.indices.first(where: {
                $0 + 1 < bytes.count && bytes[$0] == colon && bytes[$0 + 1] == colon
            })
        else {
            guard let all = groups(bytes[...]), all.count == 16 else { return nil }
            return all
        }
        guard let head = groups(bytes[..<gap]), let tail = groups(bytes[(gap + 2)...]), head.count + tail.count <= 14
        else { return nil }
        return head + [UInt8](repeating: 0, count: 16 - head.count - tail.count) + tail
    }

    private static func groups(_ bytes: ArraySlice<UInt8>) -> [UInt8]? {
        guard !bytes.isEmpty else { return [] }
        var result: [UInt8] = []
        let parts = bytes.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() {
            let text = Substring(String(decoding: part, as: UTF8.self))
            if index == parts.count - 1, text.contains("."), let last = version4(text) {
                result += last
            } else {
                guard (1...4).contains(part.count), !text.hasPrefix("+"), !text.hasPrefix("-"),
                    let value = UInt16(text, radix: 16)
                else { return nil }
                result += [UInt8(value >> 8), UInt8(value & 0xFF)]
            }
        }
        return result
    }
}

/// A CIDR range (RFC 4632), such as `10.0.0.0/8` or one address alone.
public struct AddressRange: Sendable, Hashable {
    private let address: [UInt8]
    private let bits: Int

    /// - Parameter text: An address, or an address and a number of bits; nil for anything else.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let address = IPAddress(String(parts[0])) else { return nil }
        self.address = address.bytes
        guard parts.count == 2 else {
            bits = address.bytes.count * 8
            return
        }
        guard let bits = Int(parts[1]), (0...address.bytes.count * 8).contains(bits) else { return nil }
        self.bits = bits
    }

    func contains(_ other: IPAddress) -> Bool {
        guard other.bytes.count == address.count else { return false }
        return (0..<bits).allSatisfy { bit in
            let mask = UInt8(0x80) >> UInt8(bit & 7)
            return (other.bytes[bit >> 3] & mask) == (address[bit >> 3] & mask)
        }
    }
}

/// An e-mail address as the contract has it: one `@`, an RFC 5321 dot-string of at most 64 octets of ASCII before it, a domain
/// of at least two labels after it, at most 254 in all. Nothing is trimmed or mended.
///
/// Entra ID's name of a guest, `user_example.com#EXT#@tenant`, has that form and is none.
public struct EmailAddress: Sendable, Hashable {
    /// As received.
    public let text: String

    /// In ASCII lower case: what addresses are compared by.
    public let normalized: String

    /// In ASCII lower case.
    public let domain: String

    /// Reads an address; nil for anything that is none.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count <= 254 else { return nil }
        let parts = bytes.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        guard parts.count == 2, (1...64).contains(parts[0].count) else { return nil }
        for atom in parts[0].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false) {
            guard !atom.isEmpty, atom.allSatisfy(Self.isAtomText) else { return nil }
        }
        guard !parts[0].map(Self.lowercased).suffix(5).elementsEqual("#ext#".utf8),
            let domain = Self.domain(String(decoding: parts[1], as: UTF8.self))
        else { return nil }
        self.text = text
        self.domain = domain
        normalized = String(decoding: parts[0].map(Self.lowercased), as: UTF8.self) + "@" + domain
    }

    /// A domain of at least two labels in ASCII lower case; nil for anything else.
    public static func domain(_ text: String) -> String? {
        let bytes = text.utf8.map(Self.lowercased)
        guard bytes.count <= 253 else { return nil }
        let labels = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard labels.count >= 2 else { return nil }
        for label in labels {
            guard (1...63).contains(label.count), label.first != UInt8(ascii: "-"), label.last != UInt8(ascii: "-"),
                label.allSatisfy({ isLetterOrDigit($0) || $0 == UInt8(ascii: "-") })
            else { return nil }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte + 32 : byte }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }

    // RFC 5322 §3.2.3, atext.
    private static func isAtomText(_ byte: UInt8) -> Bool {
        isLetterOrDigit(byte) || "!#$%&'*+-/=?^_`{|}~".utf8.contains(byte)
    }
}

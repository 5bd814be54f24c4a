import Crypto
public import Events

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The ID of an AuthnRequest, which carries its time and a MAC, so that nothing is stored for a request (C34).
///
/// `_`, then hexadecimal: the instant's whole seconds (8 bytes), 12 random bytes, and the first 16 bytes of HMAC-SHA-256 over
/// a label, the organization, instant and random bytes. It starts with `_`, since Entra ID refuses a digit there.
public enum RequestID {
    /// How long a request may be answered (contract: InResponseTo).
    public static let lifetimeSeconds: Int64 = 900

    /// How many random bytes an ID takes.
    public static let randomByteCount = 12

    /// - Parameters:
    ///   - key: The service's secret for requests.
    ///   - random: ``randomByteCount`` random bytes; what is missing counts as zero.
    public static func make(key: [UInt8], organization: Identifier, instant: Instant, random: [UInt8]) -> String {
        let random = Array((random + [UInt8](repeating: 0, count: randomByteCount)).prefix(randomByteCount))
        let seconds = instant.nanoseconds / 1_000_000_000
        let content = (0..<8).map { UInt8(truncatingIfNeeded: seconds >> (56 - 8 * UInt64($0))) } + random
        return "_" + (content + mac(key, organization, content).prefix(16)).hexadecimal
    }

    /// When the request was made; nil where this service did not make it for this organization.
    public static func check(_ id: String, key: [UInt8], organization: Identifier) -> Instant? {
        guard id.utf8.count == 73, id.utf8.first == UInt8(ascii: "_"),
            let bytes = [UInt8](hexadecimal: id.dropFirst())
        else { return nil }
        let content = Array(bytes[0..<20])
        // C34: in constant time, so that a MAC can't be found byte by byte.
        let expected = mac(key, organization, content).prefix(16)
        var difference: UInt8 = 0
        for (one, other) in zip(expected, bytes[20..<36]) { difference |= one ^ other }
        guard difference == 0 else { return nil }
        let seconds = content[0..<8].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard seconds <= UInt64.max / 1_000_000_000 else { return nil }
        return Instant(seconds: seconds)
    }

    private static func mac(_ key: [UInt8], _ organization: Identifier, _ content: [UInt8]) -> [UInt8] {
        var hmac = HMAC<SHA256>(key: SymmetricKey(data: key))
        hmac.update(data: Array("identity-ledger request".utf8))
        hmac.update(data: organization.bytes)
        hmac.update(data: content)
        return Array(hmac.finalize())
    }
}

public import Crypto
import Events

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What a log's checkpoints are verified with: the verifier key of a C2SP signed note, `NAME+ID+KEY`.
public struct VerifierKey: Sendable {
    /// The log's name: host and path, without a scheme.
    public let origin: String
    /// Ed25519.
    public let key: Curve25519.Signing.PublicKey

    /// A key of this log.
    public init(origin: String, key: Curve25519.Signing.PublicKey) {
        self.origin = origin
        self.key = key
    }

    /// Reads the text; nil where it is none, or its parts don't belong together.
    public init?(_ text: String) {
        // The name has no plus; the key may.
        let parts = text.split(whereSeparator: \.isWhitespace).first?.split(separator: "+", maxSplits: 2) ?? []
        guard parts.count == 3, let bytes = Data(base64Encoded: String(parts[2])), bytes.count == 33, bytes.first == Self.ed25519,
            let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes.dropFirst())
        else { return nil }
        self.init(origin: String(parts[0]), key: key)
        guard id.hexadecimal == parts[1] else { return nil }
    }

    /// Four bytes that signatures name the key by.
    public var id: [UInt8] { Array(SHA256.hash(data: Data("\(origin)\n".utf8) + [Self.ed25519] + key.rawRepresentation).prefix(4)) }

    /// As it is published.
    public var text: String { "\(origin)+\(id.hexadecimal)+\(Data([Self.ed25519] + key.rawRepresentation).base64EncodedString())" }

    // C2SP signed-note: the algorithm's number.
    private static let ed25519: UInt8 = 1
}

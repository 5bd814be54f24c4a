import Crypto
import Events
import Ledger

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Secrets that are handed out once and stored as digests only (C40, C47).
enum Secret {
    static let setupLinkPrefix = "ilsetup_"
    static let setupSessionPrefix = "ilsession_"
    static let tokenPrefix = "iltok_"

    /// 256 bits from the system's generator, in base64url, after a prefix that secret scanners can recognize.
    static func make(prefix: String = "") -> String { prefix + base64URL(randomBytes(32)) }

    /// What is stored of a secret, and what it is looked up by: so nothing secret is ever compared.
    static func digest(_ secret: String) -> [UInt8] { Array(SHA256.hash(data: Array(secret.utf8))) }

    /// What a session is looked up by: the sequence that its token begins with, then 24 bytes of the token's digest, so that sessions lie in
    /// the order in which they started. No session has the ID of a text that is no token.
    static func sessionID(ofToken token: String) -> [UInt8] {
        let digest = digest(token)
        guard let sequence = [UInt8](hexadecimal: String(token.prefix(16))), sequence.count == 8 else { return digest }
        return sequence + digest.prefix(24)
    }

    /// A session's token: the sequence of the event that starts it, and what nobody can guess.
    static func sessionToken(_ secret: String, startedBy sequence: UInt64) -> String { sequence.bigEndianBytes.hexadecimal + secret }

    static func digest(_ bytes: [UInt8]) -> [UInt8] { Array(SHA256.hash(data: bytes)) }

    static func randomBytes(_ count: Int) -> [UInt8] { systemRandomBytes(count) }

    // RFC 4648 §5, without padding.
    static func base64URL(_ bytes: [UInt8]) -> String {
        let text: [UInt8] = Data(bytes).base64EncodedData().compactMap { byte in
            switch byte {
            case UInt8(ascii: "+"): UInt8(ascii: "-")
            case UInt8(ascii: "/"): UInt8(ascii: "_")
            case UInt8(ascii: "="): nil
            default: byte
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}

extension Identifier {
    /// 16 random bytes.
    static func random() -> Identifier {
        while true {
            if let identifier = Identifier(bytes: Secret.randomBytes(16)) { return identifier }
        }
    }
}

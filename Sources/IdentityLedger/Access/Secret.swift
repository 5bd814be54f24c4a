import Crypto
import Events

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

    static func digest(_ bytes: [UInt8]) -> [UInt8] { Array(SHA256.hash(data: bytes)) }

    static func randomBytes(_ count: Int) -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }

    static func base64URL(_ bytes: [UInt8]) -> String {
        var text = Data(bytes).base64EncodedString()
        text.removeAll { $0 == "=" }
        return String(text.map { $0 == "+" ? "-" : $0 == "/" ? "_" : $0 })
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

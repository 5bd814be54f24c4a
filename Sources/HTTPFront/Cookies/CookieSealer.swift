import Crypto
import Events
import FoundationEssentials

/// Seals what a browser carries for us, and makes the keyed digests of its tokens. AES-256-GCM and HMAC-SHA-256.
struct CookieSealer: Sendable {
    private let sealing: SymmetricKey
    private let digesting: SymmetricKey

    /// - Parameter secret: The service's cookie secret; both keys are derived from it.
    init(secret: [UInt8]) {
        let key = SymmetricKey(data: secret)
        sealing = HKDF<SHA256>.deriveKey(inputKeyMaterial: key, info: Data("cookie seal".utf8), outputByteCount: 32)
        digesting = HKDF<SHA256>.deriveKey(inputKeyMaterial: key, info: Data("cookie digest".utf8), outputByteCount: 32)
    }

    /// - Parameter purpose: Authenticated with it, so that one kind of cookie never passes for another.
    func seal(_ plain: [UInt8], purpose: String) -> String? {
        let box = try? AES.GCM.seal(plain, using: sealing, authenticating: Array(purpose.utf8))
        return box?.combined.map { Base64URL.encode(Array($0)) }
    }

    /// nil for anything that wasn't sealed here for this purpose.
    func open(_ sealed: String, purpose: String) -> [UInt8]? {
        guard let bytes = Base64URL.decode(sealed), let box = try? AES.GCM.SealedBox(combined: bytes),
            let plain = try? AES.GCM.open(box, using: sealing, authenticating: Array(purpose.utf8))
        else { return nil }
        return Array(plain)
    }

    /// A keyed digest of a token: a form's token (C43).
    func digest(_ text: String, purpose: String) -> String {
        let code = HMAC<SHA256>.authenticationCode(for: Array("\(purpose)\u{0}\(text)".utf8), using: digesting)
        return Base64URL.encode(Array(code.prefix(16)))
    }

    /// Compared in constant time.
    func isDigest(_ digest: String, of text: String, purpose: String) -> Bool {
        let expected = Array(self.digest(text, purpose: purpose).utf8)
        let given = Array(digest.utf8)
        guard given.count == expected.count else { return false }
        return zip(given, expected).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}

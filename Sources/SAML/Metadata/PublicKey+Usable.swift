import Cryptography

extension PublicKey {
    /// Whether any accepted algorithm fits: RSA, or ECDSA on P-256, P-384 or P-521 (C19). DSA and others sign nothing here.
    var isUsable: Bool {
        if isRSA { return true }
        // RFC 5480 §2.1.1: SubjectPublicKeyInfo begins with id-ecPublicKey and the curve's name.
        let elliptic: [UInt8] = [0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01]
        let curves: [[UInt8]] = [
            [0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07], [0x06, 0x05, 0x2B, 0x81, 0x04, 0x00, 0x22],
            [0x06, 0x05, 0x2B, 0x81, 0x04, 0x00, 0x23],
        ]
        guard let start = try? der.prefix(40) else { return false }
        return curves.contains { start.contains(elliptic + $0) }
    }
}

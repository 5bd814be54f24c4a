/// The elliptic curves that are accepted (C19); raw values are OpenSSL's names.
public enum EllipticCurve: String, Sendable, CaseIterable {
    case p256 = "prime256v1"
    case p384 = "secp384r1"
    case p521 = "secp521r1"

    /// Bytes of a coordinate, and of each half of a signature.
    var byteCount: Int {
        switch self {
        case .p256: 32
        case .p384: 48
        case .p521: 66
        }
    }
}

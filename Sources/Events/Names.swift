extension Role {
    /// The role as the API spells it: `none`, `member`, `administrator`, `owner`.
    public var name: String {
        switch self {
        case .none: "none"
        case .member: "member"
        case .administrator: "administrator"
        case .owner: "owner"
        case .UNRECOGNIZED(let number): "role-\(number)"
        }
    }

    /// Before an account's name: “not in”, or “administrator of”, and so on.
    public var relation: String { self == .none ? "not in" : "\(name) of" }

    /// Reads the API's spelling; nil for anything else.
    public init?(name: String) {
        guard let role = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = role
    }
}

extension SignInMethod {
    /// The method as the API spells it: `password` or `sso`.
    public var name: String {
        switch self {
        case .unspecified: "unknown"
        case .password: "password"
        case .sso: "sso"
        case .UNRECOGNIZED(let number): "method-\(number)"
        }
    }

    /// Reads the API's spelling; nil for anything else.
    public init?(name: String) {
        switch name {
        case "password": self = .password
        case "sso": self = .sso
        default: return nil
        }
    }
}

extension KeyUse {
    /// What the key is for, as metadata spells it.
    public var name: String {
        switch self {
        case .unspecified: "unknown"
        case .encryption: "encryption"
        case .signing: "signing"
        case .UNRECOGNIZED(let number): "use-\(number)"
        }
    }
}

extension SessionEnded.Reason {
    /// The reason as the API spells it.
    public var name: String {
        switch self {
        case .unspecified: "unknown"
        case .logout: "logout"
        case .replaced: "replaced"
        case .deactivated: "deactivated"
        case .identityProvider: "identityProvider"
        case .erased: "erased"
        case .UNRECOGNIZED(let number): "reason-\(number)"
        }
    }
}

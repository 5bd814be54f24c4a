/// How far an organization's conversion is.
public struct ConversionView: Sendable, Hashable {
    /// Who still signs in with a password.
    public let passwordUsers: Int
    /// Who signs in through the identity provider.
    public let ssoUsers: Int
    /// How many of those once had a password: no login made them.
    public let convertedUsers: Int
    /// Whether a converted user has logged in since the identity provider was last configured: then the rest may follow.
    public let isTested: Bool
    /// The first such login; nil: there is none.
    public let testLogin: LoginView?
}

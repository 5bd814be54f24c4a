public import Events

/// Which of an organization's users are asked for; nothing given is all of them.
public struct UserSelection: Sendable, Hashable {
    /// A part of the address or of the name, in whatever case; nil: any.
    public var text: String?
    /// nil: either.
    public var signInMethod: SignInMethod?
    /// nil: whether they may sign in or not.
    public var isActive: Bool?
    /// A role in ``account``, or in any account; `none`: no role there. nil: any.
    public var role: Role?
    /// Those who are in this account, or who have ``role`` there; nil: any.
    public var account: Identifier?
    /// Only those whom a conversion turned from a password to single sign-on: no login made them.
    public var isConverted = false

    /// Bytes of a text that are looked for at most: no address is longer.
    public static let longestText = 254

    /// All users.
    public init() {}
}

/// Some of the users that a selection finds, by address.
public struct UserPage: Sendable {
    /// As they are now.
    public let users: [UserView]
    /// Which of the pages this is, from 1 on.
    public let number: Int
    /// How many pages there are; 1 where nobody was found.
    public let count: Int
    /// How many users were found.
    public let found: Int
    /// How many users there are in all, of those that the caller may see.
    public let total: Int
}

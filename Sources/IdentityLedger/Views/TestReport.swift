public import SAML

/// What a test of the connection says beside its checks: what a real login would have done. Nothing of it was done.
public struct TestReport: Sendable, Hashable {
    /// A role that a real login would leave the person with.
    public struct Role: Sendable, Hashable {
        /// The account's name.
        public let account: String
        /// `member`, `administrator` or `owner`.
        public let role: String
        /// The mapped attribute's name and value that give it; nil: no mapping does.
        public let because: String?
    }

    /// Whether there is a user of this address; nil: no address could be read.
    public var isKnown: Bool?
    /// What a real login would have been refused for, though the test was not; nil: nothing.
    public var refusalOfRealLogin: Refusal?
    /// After a real login; empty where it would be refused.
    public var roles: [Role] = []
    /// The name that the person would have here.
    public var name: String?
    /// The NameID, as received.
    public var nameID: String?
    /// What each part of the assertion became; nil: nothing verified.
    public var uses: AttributeUses?
    /// The attributes, and values of them, that the policy gives roles for.
    public var roleAttributes: Set<String> = []
    /// The assertion, decoded; nil: nothing verified.
    public var assertion: AssertionText?
    /// The login whose response came once more, so that this test tells nothing new; nil: it came for the first time.
    public var shownBefore: UInt64?
    /// What kind of identity provider it is; nil: none that is known.
    public var preset: IdentityProviderPreset?

    /// Nothing is known yet.
    public init() {}
}

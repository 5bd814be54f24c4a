public import Events

/// How an organization's single sign-on does: what an operator looks at first.
public struct OrganizationHealth: Sendable, Hashable {
    /// Something that somebody should look at, the most urgent first.
    public enum Concern: String, Sendable, CaseIterable {
        /// More logins were refused than accepted in the last day, not counting what was no login that could be read.
        case failing
        /// Every signing certificate has ended, or the one that the newest accepted login, of those of the last day, was signed with.
        case certificateEnded
        /// A signing certificate ends within 30 days.
        case certificateEnding
        /// A change of the metadata waits for a person (C39).
        case metadataWaiting
        /// No identity provider is configured.
        case notConfigured
    }

    /// The newest login.
    public struct LastLogin: Sendable, Hashable {
        /// Its event.
        public let sequence: UInt64
        /// When it was recorded.
        public let recordedAt: Instant
        /// The refusal's code; nil: accepted.
        public let code: String?
    }

    /// The ID, for ever the same.
    public let id: Identifier
    /// The name for people.
    public let name: String
    /// When it was made.
    public let createdAt: Instant
    /// Whether it has an identity provider.
    public let isConfigured: Bool
    /// nil: never.
    public let lastLogin: LastLogin?
    /// Logins of the last day that were let in, of those that were looked at.
    public let accepted: Int
    /// Logins of the last day that were refused, of those that were looked at.
    public let refused: Int
    /// Whether there were more logins in the last day than were looked at.
    public let hasMoreLogins: Bool
    /// When the next signing certificate ends; where all have, when the last one did; nil: there is none.
    public let certificatesEnd: Instant?
    /// The event of a change of the metadata that waits for a person; nil: none does.
    public let heldRefresh: UInt64?
    /// What somebody should look at, the most urgent first.
    public let concerns: [Concern]

    /// Whether somebody should look at it.
    public var needsAttention: Bool { !concerns.isEmpty }
}

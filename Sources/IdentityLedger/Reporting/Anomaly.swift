public import Events

/// Something in an organization's events that is worth a look: not wrong by any rule, and not usual.
public struct Anomaly: JSONView, Hashable {
    /// What was noticed.
    public enum Kind: String, Sendable, CaseIterable {
        /// The identity provider was changed, and within a day somebody was made administrator or owner.
        case elevationAfterProviderChange
        /// Many refused logins in a short time.
        case refusalBurst
        /// The first accepted login from an identity provider of another name.
        case newIdentityProvider
        /// The first accepted login that another certificate signed.
        case newCertificate
        /// Somebody raised their own role, and then changed the configuration.
        case selfElevationThenConfiguration
        /// Accepted logins that rest on SHA-1.
        case sha1
        /// Somebody signed in again after 90 days or more.
        case longUnseen
        /// A setup link was used days after it was issued.
        case setupLinkUsedLate
        /// From one setup link the identity provider was configured more than once.
        case setupLinkConfiguredTwice
        /// One person's logins come alternately with two certificates.
        case alternatingCertificates
        /// A login's attributes made somebody administrator.
        case administratorByMapping
        /// Somebody was erased within a week of being made administrator or owner.
        case erasedAfterElevation
        /// More was noticed than is told.
        case leftOut
    }

    /// How soon to look.
    public enum Severity: String, Sendable, CaseIterable, Comparable {
        /// When there is time.
        case notice
        /// Soon.
        case warning
        /// Now.
        case alarm

        private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
        /// By how soon to look.
        public static func < (one: Severity, other: Severity) -> Bool { one.rank < other.rank }
    }

    /// What was noticed.
    public let kind: Kind
    /// How soon to look.
    public let severity: Severity
    /// The events that it rests on, in order; of many the first ten.
    public let sequences: [UInt64]
    /// The last of the events, which may be beyond ``sequences``.
    public let last: UInt64
    /// How many events there are in all.
    public let count: UInt64
    /// When the last of them was recorded.
    public let recordedAt: Instant
    /// Whom it is about; nil: no one.
    public let user: Identifier?
    /// That person's address; nil: it can't be read, or there is no person.
    public var email: String?
    /// A sentence without personal data.
    public let detail: String

    init(
        _ kind: Kind, _ severity: Severity, _ sequences: [UInt64], count: UInt64? = nil, last: UInt64? = nil, at recordedAt: Instant,
        user: Identifier? = nil, _ detail: String
    ) {
        self.kind = kind
        self.severity = severity
        self.sequences = Array(sequences.prefix(10))
        self.last = last ?? sequences.last ?? 0
        self.count = count ?? UInt64(sequences.count)
        self.recordedAt = recordedAt
        self.user = user
        self.detail = detail
    }

    /// `kind`, `severity`, `recordedAt`, `sequences`, `count`, `user`, `email`, `detail`.
    public var json: JSON {
        [
            "kind": .string(kind.rawValue), "severity": .string(severity.rawValue), "recordedAt": JSON(recordedAt),
            "sequences": .array(sequences.map { JSON($0) }), "count": JSON(count), "user": JSON(user), "email": JSON(email),
            "detail": .string(detail),
        ]
    }
}

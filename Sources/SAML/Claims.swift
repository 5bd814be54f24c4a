public import Events

/// What an accepted response asserts, all of it read from verified bytes.
public struct Claims: Sendable, Hashable {
    /// The identity provider's entity ID.
    public var issuer: String
    /// The assertion's ID, which is used once (C32).
    public var assertionID: String
    /// The Response's ID; not always signed, so only for the record.
    public var responseID: String
    /// The request answered; nil: unsolicited (C34).
    public var inResponseTo: String?
    /// Whom it is about.
    public var email: EmailAddress
    /// The NameID, as received.
    public var nameID: String?
    /// The NameID's format, as received.
    public var nameIDFormat: String?
    /// The NameID's NameQualifier, as received.
    public var nameQualifier: String?
    /// The NameID's SPNameQualifier, as received.
    public var spNameQualifier: String?
    /// The session's name at the identity provider, for single logout.
    public var sessionIndex: String?
    /// When the identity provider authenticated the person.
    public var authnInstant: Instant?
    /// When the identity provider wants the session to have ended.
    public var sessionNotOnOrAfter: Instant?
    /// The attributes in the assertion's order, as received.
    public var attributes: [Attribute]
    /// The mapped display name, or first and last name.
    public var displayName: String?
    /// The values of the attribute mapped as groups.
    public var groups: [String]
    /// The certificate whose key verified; 32 bytes.
    public var certificateSHA256: [UInt8]
    /// Whether a signature or digest rested on SHA-1 (C19).
    public var usedSHA1: Bool
    /// Whether the assertion came encrypted.
    public var wasEncrypted: Bool

    init(
        issuer: String = "", assertionID: String = "", responseID: String = "", inResponseTo: String? = nil,
        email: EmailAddress, nameID: String? = nil, nameIDFormat: String? = nil, nameQualifier: String? = nil,
        spNameQualifier: String? = nil, sessionIndex: String? = nil,
        authnInstant: Instant? = nil, sessionNotOnOrAfter: Instant? = nil, attributes: [Attribute] = [],
        displayName: String? = nil, groups: [String] = [], certificateSHA256: [UInt8] = [], usedSHA1: Bool = false,
        wasEncrypted: Bool = false
    ) {
        self.issuer = issuer
        self.assertionID = assertionID
        self.responseID = responseID
        self.inResponseTo = inResponseTo
        self.email = email
        self.nameID = nameID
        self.nameIDFormat = nameIDFormat
        self.nameQualifier = nameQualifier
        self.spNameQualifier = spNameQualifier
        self.sessionIndex = sessionIndex
        self.authnInstant = authnInstant
        self.sessionNotOnOrAfter = sessionNotOnOrAfter
        self.attributes = attributes
        self.displayName = displayName
        self.groups = groups
        self.certificateSHA256 = certificateSHA256
        self.usedSHA1 = usedSHA1
        self.wasEncrypted = wasEncrypted
    }
}

extension Claims {
    /// The NameID, if it is the identity provider's lasting name for the person (core §8.3.7); nil: it is of another format.
    public var persistentNameID: String? { nameIDFormat == Names.persistentFormat ? nameID : nil }

    /// Whether the NameID names the person in this session only (core §8.3.8).
    public var hasTransientNameID: Bool { nameIDFormat == Names.transientFormat }
}

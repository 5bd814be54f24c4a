public import Events

/// One change of who may do what: of a person's access, of an organization's configuration, or of a credential.
public struct AccessChange: JSONView, Hashable {
    /// What kind of change.
    public enum Area: String, Sendable, CaseIterable {
        /// A person's: roles, sign-in method, whether they may sign in.
        case access
        /// The identity provider, the policy, domains, accounts, our keys.
        case configuration
        /// API tokens and setup links.
        case credentials
    }

    /// The event.
    public let sequence: UInt64
    /// When it was recorded.
    public let recordedAt: Instant
    /// What kind of change.
    public let area: Area
    /// The event's name.
    public let type: String
    /// Whom it is about; nil: no one.
    public let user: Identifier?
    /// That person's address; nil: it can't be read, or there is no person.
    public let email: String?
    /// A sentence.
    public let what: String
    /// Who caused it.
    public let actor: Actor
    /// The same in words.
    public let by: String

    /// `sequence`, `recordedAt`, `area`, `type`, `user`, `email`, `what`, `actor`, `by`.
    public var json: JSON {
        [
            "sequence": JSON(sequence), "recordedAt": JSON(recordedAt), "area": .string(area.rawValue), "type": .string(type),
            "user": JSON(user), "email": JSON(email), "what": .string(what), "actor": actor.json, "by": .string(by),
        ]
    }
}

extension AccessChange {
    /// The columns of ``csv``.
    public static let columns = ["organization", "sequence", "recordedAt", "area", "event", "user", "email", "what", "by"]

    /// One row, in the order of ``columns``.
    ///
    /// - Parameter organization: nil: the service as a whole.
    public func csv(_ organization: Identifier?) -> String {
        CSV.row([
            organization?.description ?? "", String(sequence), recordedAt.rfc3339, area.rawValue, type, user?.description ?? "",
            email ?? "", what, by,
        ])
    }
}

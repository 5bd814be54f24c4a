public import Events

/// What new metadata would change, and which of the last logins would be judged otherwise. Nothing is saved.
public struct PreviewView: JSONView {
    /// A login that would be judged otherwise. A verdict is `accepted` or a refusal's code.
    public struct Change: Sendable, Hashable {
        /// The event's sequence.
        public var sequence: UInt64
        /// The e-mail address, as received; nil: it can't be read.
        public var email: String?
        /// The verdict as recorded.
        public var before: String
        /// The verdict with the change.
        public var after: String

        /// `sequence`, `email`, `before`, `after`.
        public var json: JSON {
            [
                "sequence": JSON(sequence), "email": JSON(email), "before": .string(before), "after": .string(after),
            ]
        }
    }

    /// nil: none.
    public var identityProvider: IdentityProviderView
    /// The members that would change: `entityID`, `singleSignOnServices`, `signingCertificates`, and so on.
    public var changes: [String]
    /// How many of the last logins could be judged again.
    public var checked: Int
    /// How many would be judged the same.
    public var unchanged: Int
    /// How many were accepted and would be refused.
    public var lockedOut: Int
    /// How many were refused and would be accepted.
    public var letIn: Int
    /// Those that would be judged otherwise, in the order of the ledger.
    public var logins: [Change]

    /// The identity provider's members, then `changes`, `checked`, `unchanged`, `lockedOut`, `letIn`, `logins`.
    public var json: JSON {
        .object(
            (identityProvider.json.members ?? []) + [
                .init("changes", .array(changes.map(JSON.string))), .init("checked", .integer(Int64(checked))),
                .init("unchanged", .integer(Int64(unchanged))), .init("lockedOut", .integer(Int64(lockedOut))),
                .init("letIn", .integer(Int64(letIn))), .init("logins", .array(logins.map(\.json))),
            ])
    }
}

public import Events

/// What new metadata would change, and which of the last logins would be judged otherwise. Nothing is saved.
public struct PreviewView: JSONView {
    /// As it would be configured.
    public var identityProvider: IdentityProviderView
    /// The members that would change: `entityID`, `singleSignOnServices`, `signingCertificates`, and so on.
    public var changes: [String]
    /// The same for a person, a sentence each.
    public var differences: [String]
    /// The last logins, judged by what is in force now and by what would be.
    public var verdicts: VerdictChanges
    /// The same by people.
    public var consequence: Consequence
    /// The event that what is in force came by: a preview holds as long as there is no newer one.
    public var basis: UInt64

    /// The identity provider's members, then `changes`, `differences`, `checked`, `unchanged`, `lockedOut`, `letIn`, `logins`, `people`.
    public var json: JSON {
        .object(
            (identityProvider.json.members ?? []) + [
                .init("changes", .array(changes.map(JSON.string))), .init("differences", .array(differences.map(JSON.string))),
            ] + verdicts.members + [.init("people", consequence.json)])
    }
}

/// What a change of the policy would do. Nothing is saved.
public struct PolicyPreviewView: JSONView {
    /// The contract's document, as it would be.
    public var policy: JSON
    /// The members that would change.
    public var changes: [String]
    /// The last logins, judged by what is in force now and by what would be.
    public var verdicts: VerdictChanges
    /// The same by people.
    public var consequence: Consequence

    /// `policy`, `changes`, `checked`, `unchanged`, `lockedOut`, `letIn`, `logins`, `people`.
    public var json: JSON {
        .object(
            [.init("policy", policy), .init("changes", .array(changes.map(JSON.string)))] + verdicts.members
                + [.init("people", consequence.json)])
    }
}

extension VerdictChanges {
    fileprivate var members: [JSON.Member] {
        [
            .init("checked", JSON(checked)), .init("unchanged", JSON(unchanged)), .init("lockedOut", JSON(lockedOut)),
            .init("letIn", JSON(letIn)), .init("logins", .array(changes.map(\.json))),
        ]
    }
}

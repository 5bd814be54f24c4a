public import Events

/// What new metadata would change, and which of the last logins would be judged otherwise. Nothing is saved.
public struct PreviewView: JSONView {
    /// As it would be configured.
    public var identityProvider: IdentityProviderView
    /// The members that would change: `entityID`, `singleSignOnServices`, `signingCertificates`, and so on.
    public var changes: [String]
    /// The same for a person, a sentence each.
    public var differences: [String]
    /// The last logins, judged again.
    public var verdicts: VerdictChanges

    /// The identity provider's members, then `changes`, `differences`, `checked`, `unchanged`, `lockedOut`, `letIn`, `logins`.
    public var json: JSON {
        .object(
            (identityProvider.json.members ?? []) + [
                .init("changes", .array(changes.map(JSON.string))),
                .init("differences", .array(differences.map(JSON.string))), .init("checked", JSON(verdicts.checked)),
                .init("unchanged", JSON(verdicts.unchanged)), .init("lockedOut", JSON(verdicts.lockedOut)),
                .init("letIn", JSON(verdicts.letIn)), .init("logins", .array(verdicts.changes.map(\.json))),
            ])
    }
}

import Crypto
import Events
import Identity

/// What an event changed of somebody's access, in words. Pure: names come from outside.
struct ChangeWords {
    /// The accounts' names, by their IDs.
    let accounts: [Identifier: String]

    /// With the names of this organization's accounts; nil: of none.
    init(_ organization: Organization?) {
        let accounts = (organization?.accounts ?? []).compactMap { account in account.identifier.map { ($0, account.name) } }
        self.accounts = Dictionary(accounts, uniquingKeysWith: { first, _ in first })
    }

    /// nil: the event changes nobody's access.
    func describe(_ body: EventBody) -> (area: AccessChange.Area, what: String)? {
        switch body {
        case .userImported, .userProvisioned, .userEmailChanged, .userConverted, .userConversionReverted, .roleChanged, .userDeactivated,
            .userReactivated, .userErased:
            user(body).map { (.access, $0) }
        case .serviceConfigured, .serviceProviderKeyAdded, .serviceProviderKeyRetired, .organizationCreated, .organizationRenamed,
            .accountAdded, .identityProviderConfigured, .identityProviderRefreshed, .domainVerified, .domainRemoved, .policyChanged:
            configuration(body).map { (.configuration, $0) }
        case .setupLinkIssued(let issued): (.credentials, "A setup link was issued, good until \(Self.instant(issued.expiresAt)).")
        case .setupLinkUsed: (.credentials, "A setup link was used.")
        case .setupLinkRevoked: (.credentials, "A setup link was revoked.")
        case .tokenIssued(let issued):
            (
                .credentials,
                "A token “\(issued.role)” was issued, good \(issued.expiresAt == 0 ? "without end" : "until \(Self.instant(issued.expiresAt))")."
            )
        case .tokenRevoked: (.credentials, "A token was revoked.")
        case .assertionReceived, .refusalsSummarized, .evidenceExpired, .metadataRefreshFailed, .certificateEndNoticed, .userProfileChanged,
            .sessionStarted, .sessionEnded:
            nil
        }
    }

    private func user(_ body: EventBody) -> String? {
        switch body {
        case .userImported(let imported):
            "Brought in, signs in by \(imported.signInMethod.name)\(Self.after(": ", roles(imported.roles)))."
        case .userProvisioned(let provisioned): "Made by a first login\(Self.after(": ", roles(provisioned.roles)))."
        case .userEmailChanged: "Came with another e-mail address."
        case .userConverted(let converted): "Converted to single sign-on\(converted.forced ? ", by force" : "")."
        case .userConversionReverted: "Back to the password."
        case .roleChanged(let changed):
            "From \(changed.former.name) to \(changed.role.name) in \(account(Identifier(bytes: changed.account)))."
        case .userDeactivated: "Deactivated."
        case .userReactivated: "Reactivated."
        case .userErased: "Erased."
        default: nil
        }
    }

    private func configuration(_ body: EventBody) -> String? {
        switch body {
        case .serviceConfigured(let configured): "The public URL was set to \(configured.publicURL)."
        case .serviceProviderKeyAdded(let added): "A key of ours for \(added.use.name) was added."
        case .serviceProviderKeyRetired: "A key of ours was retired."
        case .organizationCreated(let created): "The organization was made, named “\(created.name)”."
        case .organizationRenamed(let renamed): "The organization was named “\(renamed.name)”."
        case .accountAdded(let added): "The account “\(added.name)” was added."
        case .identityProviderConfigured(let configured): "The identity provider was configured: \(Self.provider(configured))"
        case .identityProviderRefreshed(let refreshed):
            refreshed.held
                ? "The identity provider's metadata changed, and waits for a person."
                : "The identity provider's metadata changed, and was taken: \(Self.provider(refreshed.configuration))"
        case .domainVerified(let verified): "The e-mail domain \(verified.domain) was proved."
        case .domainRemoved(let removed): "The e-mail domain \(removed.domain) was given up."
        case .policyChanged(let changed): "The policy was changed: \(changed.members.joined(separator: ", "))."
        default: nil
        }
    }

    private func roles(_ roles: [AccountRole]) -> String {
        roles.filter { $0.role != .none }.map { "\($0.role.name) in \(account(Identifier(bytes: $0.account)))" }.joined(separator: ", ")
    }

    private func account(_ id: Identifier?) -> String { id.map { accounts[$0].map { "“\($0)”" } ?? "\($0)" } ?? "no account" }

    private static func provider(_ configured: IdentityProviderConfigured) -> String {
        let certificates = configured.signingCertificates.map { "certificate \(SHA256.hash(data: $0).hexadecimal.prefix(16))…" }
        return "\(configured.entityID), \(certificates.isEmpty ? "without a certificate." : certificates.joined(separator: ", "))"
    }

    private static func instant(_ nanoseconds: UInt64) -> String { Instant(nanoseconds: nanoseconds).rfc3339Seconds }
    private static func after(_ separator: String, _ text: String) -> String { text.isEmpty ? "" : separator + text }
}

import Events
import Identity

extension ChangeWords {
    /// What any event says, in a sentence; what changes access is said as a report says it.
    func sentence(_ body: EventBody) -> String {
        switch body {
        case .assertionReceived(let received): login(received)
        case .refusalsSummarized(let summarized):
            "\(summarized.count) more logins were refused from \(Self.time(summarized.from)) to \(Self.time(summarized.to)), and only counted."
        case .evidenceExpired(let expired):
            "The responses of the logins from event \(expired.first) to event \(expired.last) are past their retention, and gone."
        case .metadataRefreshFailed(let failed): "The identity provider's metadata could not be fetched: \(failed.reason)"
        case .certificateEndNoticed(let noticed):
            "The certificate \(noticed.certificateSha256.hexadecimal.prefix(16))… of the identity provider ends at \(Self.time(noticed.notAfter))."
        case .userProfileChanged: "The name or attributes that the identity provider gives are others now."
        case .sessionStarted(let started): "A session began, good until \(Self.time(started.expiresAt))."
        case .sessionEnded(let ended): "A session ended: \(Self.reason(ended.reason))."
        case .serviceConfigured, .serviceProviderKeyAdded, .serviceProviderKeyRetired, .organizationCreated, .organizationRenamed,
            .accountAdded, .identityProviderConfigured, .identityProviderRefreshed, .domainVerified, .domainRemoved, .policyChanged,
            .userImported, .userProvisioned, .userEmailChanged, .userConverted, .userConversionReverted, .roleChanged, .userDeactivated,
            .userReactivated, .userErased, .setupLinkIssued, .setupLinkUsed, .setupLinkRevoked, .tokenIssued, .tokenRevoked:
            describe(body)?.what ?? "\(body.name)."
        }
    }

    private func login(_ received: AssertionReceived) -> String {
        let what = received.facts.test ? "A test of the connection" : "A login"
        return received.accepted ? "\(what) was accepted." : "\(what) was refused: \(received.code)."
    }

    private static func reason(_ reason: SessionEnded.Reason) -> String {
        switch reason {
        case .logout: "the person signed out"
        case .replaced: "the same browser signed in again"
        case .deactivated: "the person was deactivated"
        case .identityProvider: "the identity provider ended it"
        case .erased: "the person was erased"
        case .unspecified, .UNRECOGNIZED: "why is not recorded"
        }
    }

    private static func time(_ nanoseconds: UInt64) -> String { Instant(nanoseconds: nanoseconds).rfc3339Seconds }
}

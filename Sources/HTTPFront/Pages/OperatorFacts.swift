import Events
import IdentityLedger

/// What the console's pages show.
struct OperatorFacts {
    let now: Instant

    func list(_ overview: Overview, _ request: OverviewRequest) -> [String: Any] {
        [
            "search": request.search ?? "", "attention": request.needsAttention, "counted": Self.counted(overview, request),
            "organizations": overview.items.map(health),
        ]
    }

    private func health(_ health: OrganizationHealth) -> [String: Any] {
        var facts: [String: Any] = [
            "id": health.id.description, "name": health.name.undirected, "concerns": health.concerns.map { Self.phrases($0).concern },
            "lastDay": Self.lastDay(health), "certificates": certificates(health.certificatesEnd),
        ]
        if let last = health.lastLogin {
            var shown: [String: Any] = ["sequence": String(last.sequence), "time": last.recordedAt.rfc3339Seconds]
            if let code = last.code { shown["refused"] = ["code": code] }
            facts["last"] = shown
        }
        return facts
    }

    func organization(_ health: OrganizationHealth, _ state: OrganizationView, _ links: [SetupAccess], drifts: Int) -> [String: Any] {
        var facts = self.health(health)
        facts["organization"] = health.id.description
        facts["advice"] = health.concerns.map { Self.phrases($0).advice } + Self.advice(drifts: drifts)
        facts["createdAt"] = health.createdAt.rfc3339Seconds
        let copied: [(id: String, label: any Said, value: String?)] = [
            ("organization-id", SettingsPhrase.organizationID, health.id.description),
            ("login-url", OperatorPhrase.loginURL, state.addresses?.loginURL),
            ("acs-url", SettingsPhrase.acsURL, state.addresses?.acsURL),
            ("audience-uri", SettingsPhrase.audienceURI, state.addresses?.audienceURI),
            ("metadata", OperatorPhrase.metadata, state.addresses?.metadataURL),
        ]
        facts["copied"] = copied.map { ["id": $0.id, "label": $0.label, "value": $0.value ?? ""] as [String: Any] }
        if let provider = state.identityProvider { facts["provider"] = provider.entityID }
        facts["links"] = links.map { access in
            let phrase: OperatorPhrase = access.isUsed ? .linkUsed : .linkUnused
            return [
                "link": access.link.description, "state": phrase(["since": access.since.rfc3339Seconds]),
                "ends": access.expiresAt.rfc3339Seconds,
            ] as [String: Any]
        }
        facts["pages"] = Services.organizationPages.map { ["label": PageTitle(english: $0.title), "path": $0.path] as [String: Any] }
        return facts
    }

    static func memberships(_ memberships: [Membership]) -> [String: Any] {
        [
            "memberships": memberships.map { membership in
                var shown: [String: Any] = [
                    "organization": membership.organization.description, "name": membership.name.undirected, "how": signsIn(membership),
                ]
                if let last = membership.lastLoginAt { shown["lastLoginAt"] = last.rfc3339Seconds }
                return shown
            }
        ]
    }

    // MARK: - In words

    private static func phrases(_ concern: OrganizationHealth.Concern) -> (concern: OperatorPhrase, advice: OperatorPhrase) {
        switch concern {
        case .failing: (.failing, .failingAdvice)
        case .certificateEnded: (.certificateEnded, .certificateEndedAdvice)
        case .certificateEnding: (.certificateEnding, .certificateEndingAdvice)
        case .metadataWaiting: (.metadataWaiting, .metadataWaitingAdvice)
        case .notConfigured: (.notConfigured, .notConfiguredAdvice)
        }
    }

    private static func advice(drifts count: Int) -> [any Said] {
        count == 0 ? [] : [OperatorPhrase.count(count, one: .oneDrift, several: .drifts)]
    }

    private static func lastDay(_ health: OrganizationHealth) -> any Said {
        let count = health.accepted + health.refused
        guard count > 0 else { return OperatorPhrase.noLoginsToday }
        let counts = ["accepted": Numbers.text(health.accepted.magnitude), "refused": Numbers.text(health.refused.magnitude)]
        return health.hasMoreLogins
            ? OperatorPhrase.lastDayNewest(counts.merging(["count": Numbers.text(count.magnitude)]) { $1 }) : OperatorPhrase.lastDay(counts)
    }

    private func certificates(_ end: Instant?) -> any Said {
        guard let end else { return OperatorPhrase.noCertificate }
        return CertificateEnd(end: end, now: now).short
    }

    private static func counted(_ overview: Overview, _ request: OverviewRequest) -> Sentence {
        let isOne = overview.count == 1
        var values: [String: any Said] = ["count": Numbers.text(overview.count.magnitude)]
        var organizations: OperatorPhrase = isOne ? .oneOrganization : .organizations
        if let search = request.search {
            organizations = isOne ? .oneOrganizationFound : .organizationsFound
            values["search"] = search
        }
        let found = organizations(values)
        guard request.needsAttention else { return OperatorPhrase.counted(["organizations": found]) }
        let phrase: OperatorPhrase = overview.items.count == 1 ? .oneNeedsAttention : .needAttention
        return phrase([
            "organizations": found, "looked": Numbers.text(overview.lookedAt.magnitude),
            "count": Numbers.text(overview.items.count.magnitude),
        ])
    }

    private static func signsIn(_ membership: Membership) -> OperatorPhrase {
        guard membership.user != nil else { return .wouldBeMade }
        return switch (membership.signInMethod == .sso, membership.isActive) {
        case (true, true): .byProvider
        case (false, true): .byPassword
        case (true, false): .deactivatedByProvider
        case (false, false): .deactivatedByPassword
        }
    }
}

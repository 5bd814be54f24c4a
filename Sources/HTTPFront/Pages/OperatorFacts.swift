import Events
import IdentityLedger

/// What the console's pages show.
enum OperatorFacts {
    static func list(_ overview: Overview, _ request: OverviewRequest, now: Instant) -> [String: Any] {
        [
            "search": request.search ?? "", "attention": request.needsAttention, "counted": OperatorWords.counted(overview, request),
            "organizations": overview.items.map { health($0, now: now) },
        ]
    }

    private static func health(_ health: OrganizationHealth, now: Instant) -> [String: Any] {
        let last = OperatorWords.lastLogin(health.lastLogin)
        return [
            "id": health.id.description, "name": health.name, "concerns": health.concerns.map(OperatorWords.concern),
            "well": health.needsAttention ? "" : OperatorWords.well, "lastTime": last.time, "lastOutcome": last.outcome,
            "lastRefused": health.lastLogin?.code != nil, "lastDay": OperatorWords.lastDay(health),
            "certificates": OperatorWords.certificates(health.certificatesEnd, now: now),
        ]
    }

    static func organization(
        _ health: OrganizationHealth, _ state: JSON, _ links: [SetupAccess], _ drifts: Int, now: Instant
    ) -> [String: Any] {
        var facts = self.health(health, now: now)
        facts["organization"] = health.id.description
        facts["advice"] = health.concerns.map(OperatorWords.advice) + (drifts > 0 ? [OperatorWords.drifts(drifts)] : [])
        facts["createdAt"] = health.createdAt.rfc3339Seconds
        if let last = health.lastLogin { facts["last"] = ["sequence": String(last.sequence)] }
        facts["copied"] = [
            ("organization-id", "Organization ID", health.id.description),
            ("login-url", "Login URL", state["loginURL"]?.stringValue ?? ""),
            ("acs-url", "Assertion Consumer Service URL", state["acsURL"]?.stringValue ?? ""),
            ("audience-uri", "Audience URI (Entity ID)", state["audienceURI"]?.stringValue ?? ""),
            ("metadata", "Metadata of the service provider", state["metadataURL"]?.stringValue ?? ""),
        ].map { ["id": $0.0, "label": $0.1, "value": $0.2] }
        facts["provider"] = state["identityProvider"]?["entityID"]?.stringValue ?? "None"
        facts["links"] = links.map { access in
            let words = OperatorWords.link(access)
            return ["link": access.link.description, "state": words.state, "ends": words.ends]
        }
        facts["pages"] = Services.organizationPages.map {
            ["label": $0, "path": $0.lowercased()]
        }
        return facts
    }

    static func memberships(_ memberships: [Membership], _ base: String) -> [String: Any] {
        [
            "memberships": memberships.map { membership -> [String: Any] in
                [
                    "organization": membership.organization.description, "name": membership.name,
                    "how": OperatorWords.signsIn(membership), "lastLoginAt": membership.lastLoginAt?.rfc3339Seconds ?? "Never",
                    "base": base,
                ]
            }
        ]
    }
}

import Events
import IdentityLedger

extension Life {
    /// One member of an organization's policy; sometimes one that must be refused.
    func changePolicy() async throws {
        let organization = pick(model.organizations.indices)
        let state = model.organizations[organization]
        if chance(6) { return try await changePolicyWrongly(organization) }
        var policy = state.policy
        let (name, value) = change(&policy, state)
        let patch: JSON = .object([.init(name, value)])
        let isSame = policy == state.policy
        model.organizations[organization].policy = policy
        try await perform(
            "policy of \(organization): \(name) = \(isAboutAccounts(name) ? "…" : value.text)",
            Expectation(outcome: "ok", events: isSame ? [] : ["PolicyChanged"])
        ) {
            _ = try await $0.changePolicy(state.id, patch: patch, by: self.operate)
            return "ok"
        }
    }

    // An account's ID is another one in each run.
    private func isAboutAccounts(_ name: String) -> Bool { name == "roleMapping" }

    private func change(_ policy: inout Model.Policy, _ state: Model.Organization) -> (String, JSON) {
        // What refuses everyone is mostly taken back soon.
        func flag(_ usual: Bool) -> Bool { chance(3) ? !usual : usual }
        switch Int.random(in: 0..<13, using: &random) {
        case 0:
            policy.allowUnsolicited = flag(true)
            return ("allowUnsolicited", .bool(policy.allowUnsolicited))
        case 1:
            policy.provisionUsers = flag(true)
            return ("provisionUsers", .bool(policy.provisionUsers))
        case 2:
            policy.allowedEmailDomains = pick([[], ["alpha.example"], ["beta.example"], ["alpha.example", "beta.example"]])
            return ("allowedEmailDomains", .array(policy.allowedEmailDomains.map { .string($0) }))
        case 3:
            policy.clockSkewSeconds = pick([0, 60, 300])
            return ("clockSkewSeconds", .integer(policy.clockSkewSeconds))
        case 4, 5:
            let seconds: Int64? = pick([60, 3600, 28_800, 200_000, nil])
            policy.sessionSeconds = seconds ?? 28_800
            return ("sessionSeconds", seconds.map { .integer($0) } ?? .null)
        case 6:
            policy.allowSHA1Until = pick([nil, world.now - 1, world.now, world.now + 1, world.now + 90_000])
            return ("allowSHA1Until", policy.allowSHA1Until.map { .string(Instant(seconds: UInt64($0)).rfc3339) } ?? .null)
        case 7:
            policy.refuseExpiredCertificates = chance(2)
            return ("refuseExpiredCertificates", .bool(policy.refuseExpiredCertificates))
        case 8:
            policy.requireSignedAssertion = chance(2)
            return ("requireSignedAssertion", .bool(policy.requireSignedAssertion))
        case 9:
            policy.requireEncryptedAssertion = chance(6)
            return ("requireEncryptedAssertion", .bool(policy.requireEncryptedAssertion))
        case 10:
            policy.evidenceRetentionDays = pick([nil, 1, 10])
            return ("evidenceRetentionDays", policy.evidenceRetentionDays.map { .integer($0) } ?? .null)
        default:
            policy.roleMapping = (0..<Int.random(in: 0...2, using: &random)).map { _ in
                .init(group: pick(["staff", "admins"]), account: pick(state.accounts.indices), role: pick([.member, .administrator]))
            }
            return (
                "roleMapping",
                .array(
                    policy.roleMapping.map {
                        json($0.group, state.accounts[$0.account].id, $0.role == .member ? "member" : "administrator")
                    })
            )
        }
    }

    private func json(_ group: String, _ account: Identifier, _ role: String) -> JSON {
        ["attribute": "groups", "value": .string(group), "account": .string(account.description), "role": .string(role)]
    }

    private func changePolicyWrongly(_ organization: Int) async throws {
        let state = model.organizations[organization]
        let other = model.organizations.indices.first { $0 != organization }.map { model.organizations[$0].accounts[0].id } ?? state.id
        let wrong: [(String, JSON)] = [
            ("clockSkewSeconds", 301), ("sessionSeconds", 0), ("provisionUsers", "yes"), ("allowedEmailDomains", ["none"]), ("unknown", 1),
            ("roleMapping", [json("owners", state.accounts[0].id, "owner")]), ("roleMapping", [json("staff", other, "member")]),
        ]
        let (name, value) = pick(wrong)
        try await perform("policy of \(organization), wrongly: \(name)", .refused("invalid_request")) {
            _ = try await $0.changePolicy(state.id, patch: .object([.init(name, value)]), by: self.operate)
            return "ok"
        }
    }
}

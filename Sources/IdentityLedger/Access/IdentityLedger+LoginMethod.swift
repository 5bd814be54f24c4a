import Events
import Identity
import Ledger
import Projections

extension IdentityLedger {
    /// How a person signs in, and where (contract, `/v1/login-method`).
    public func loginMethod(email text: String, by caller: Caller) throws(ServiceError) -> LoginMethodView {
        try answering {
            try caller.authority.check(.integrate)
            guard let email = EmailAddress(text) else {
                throw RuleError(.invalidRequest, "“email” must be an e-mail address.")
            }
            let snapshot = try ledger.snapshot()
            let base = try snapshot.service().publicURL
            var choices: [LoginMethodView.Choice] = []
            var hasPassword = false
            let holder = try snapshot.holders(of: email.domain).first
            for organization in try snapshot.organizations() {
                guard let id = organization.identifier, caller.authority.reaches(id),
                    let method = try method(email, organization, id, holder: holder, in: snapshot)
                else { continue }
                guard method == .sso else {
                    hasPassword = true
                    continue
                }
                let url = base.isEmpty ? nil : OrganizationAddresses(base: base, organization: id).loginURL
                choices.append(.init(organization: id, loginURL: url))
            }
            let method: LoginMethodView.Method = !choices.isEmpty ? .sso : hasPassword ? .password : .unknown
            return LoginMethodView(method: method, choices: choices)
        }
    }

    /// nil: the person is not of this organization.
    private func method(
        _ email: EmailAddress, _ organization: Organization, _ id: Identifier, holder: Identifier?, in snapshot: Snapshot
    ) throws -> LoginMethodView.Method? {
        if let user = try snapshot.user(id, addressHash: try secrets.addressHash(email, id)) {
            guard user.active else { return nil }
            return user.signInMethod == .sso ? .sso : .password
        }
        return provisions(email, organization, id, holder: holder) ? .sso : nil
    }

    /// Whether a first login makes whoever is not known yet: where the organization has that domain, and no other proved it.
    func provisions(_ email: EmailAddress, _ organization: Organization, _ id: Identifier, holder: Identifier?) -> Bool {
        let provisions = organization.isConfigured && organization.effectivePolicy.provisionUsers
        return provisions && holder ?? id == id && organization.domains.contains(email.domain)
    }
}

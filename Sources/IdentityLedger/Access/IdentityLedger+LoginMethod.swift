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
            let all = try caller.authority.onlyOrganization.map { [$0] } ?? organizationDirectory(in: snapshot).entries.map(\.id)
            let known = try users(withAddress: email, in: all, snapshot)
            let active = known.filter(\.value.active)
            var signsOn = active.filter { $0.value.signInMethod == .sso }.map(\.key)
            let holder = try snapshot.holders(of: email.domain).first
            for id in try snapshot.organizations(withDomain: email.domain) where known[id] == nil && caller.authority.reaches(id) {
                guard let organization = try snapshot.organization(id), provisions(email, organization, id, holder: holder) else {
                    continue
                }
                signsOn.append(id)
            }
            let choices = signsOn.sorted().map { id in
                LoginMethodView.Choice(
                    organization: id, loginURL: base.isEmpty ? nil : OrganizationAddresses(base: base, organization: id).loginURL)
            }
            let method: LoginMethodView.Method = !choices.isEmpty ? .sso : active.isEmpty ? .unknown : .password
            return LoginMethodView(method: method, choices: choices)
        }
    }

    /// Whether a first login makes whoever is not known yet: where the organization has that domain, and no other proved it.
    func provisions(_ email: EmailAddress, _ organization: Organization, _ id: Identifier, holder: Identifier?) -> Bool {
        let provisions = organization.isConfigured && organization.effectivePolicy.provisionUsers
        return provisions && holder ?? id == id && organization.domains.contains(email.domain)
    }
}

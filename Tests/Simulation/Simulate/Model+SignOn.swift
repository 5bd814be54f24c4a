import Events

extension Model {
    /// What a post comes to.
    struct SignOn {
        /// `accepted`, or the refusal's code.
        var code: String
        /// Whether a configured key signed it.
        var isVerified: Bool
        var user: Int?
        /// A person who is known by a persistent NameID and comes with another address.
        var hasMoved = false
        /// Whether the response itself was good, and what was refused is its use or its person.
        var isDecidedLast = false
    }

    /// The verdict about a response, in the contract's order: status, structure, signatures, facts, user. The first refusal counts.
    func judge(_ attempt: Attempt, postedTo organization: Int, hasCookie: Bool, at now: Int64) -> SignOn {
        let state = organizations[organization]
        let policy = state.policy
        func unverified(_ code: String) -> SignOn { SignOn(code: code, isVerified: false) }
        switch attempt.fault {
        case .notBase64: return unverified("base64_malformed")
        case .notXML: return unverified("xml_malformed")
        case .doctype: return unverified("doctype_forbidden")
        case .comment, .wrapped: return unverified("schema_violation")
        case .duplicateID: return unverified("duplicate_id")
        case .namespace: return unverified("canonicalization_failed")
        case .version: return unverified("version_unsupported")
        case .statusFailure: return unverified("status_not_success")
        default: break
        }
        if policy.requireEncryptedAssertion { return unverified("encryption_required") }
        guard let provider = state.provider else { return unverified("organization_not_configured") }
        switch attempt.fault {
        case .unsigned: return unverified("signature_missing")
        case .signature: return unverified("signature_malformed")
        case .sha1 where !(policy.allowSHA1Until.map { now < $0 } ?? false): return unverified("algorithm_forbidden")
        case .stranger: return unverified("certificate_untrusted")
        case .strangerNamed: return unverified(provider.keys.contains(attempt.key) ? "signature_invalid" : "certificate_untrusted")
        default: break
        }
        guard provider.keys.contains(attempt.key) else { return unverified("certificate_untrusted") }
        if attempt.fault == .altered { return unverified("reference_mismatch") }
        let facts = refuseFacts(attempt, postedTo: organization, provider, at: now)
        return decide(facts, attempt, organization, hasCookie, now)
    }

    private func refuseFacts(_ attempt: Attempt, postedTo organization: Int, _ provider: Provider, at now: Int64) -> String? {
        let policy = organizations[organization].policy
        if attempt.signsResponse && policy.requireSignedAssertion { return "signature_missing" }
        if policy.refuseExpiredCertificates && attempt.key == KeyPool.ending && now > KeyPool.end { return "certificate_expired" }
        if attempt.entity != provider.entity { return "issuer_mismatch" }
        if attempt.fault == .wrongDestination { return "destination_mismatch" }
        if attempt.addressee != organization { return "destination_mismatch" }
        if attempt.fault == .wrongRecipient { return "recipient_mismatch" }
        let skew = policy.clockSkewSeconds
        if attempt.issued + Attempt.lifetime <= now - skew { return "expired" }
        if attempt.fault == .wrongAudience { return "audience_mismatch" }
        if attempt.issued - Attempt.earliness > now + skew { return "not_yet_valid" }
        if let seconds = attempt.sessionSeconds, attempt.issued + seconds <= now - skew { return "expired" }
        if attempt.fault == .noAddress { return "email_missing" }
        if attempt.fault == .twoAddresses { return "email_not_an_address" }
        return nil
    }

    private func decide(_ judged: String?, _ attempt: Attempt, _ organization: Int, _ hasCookie: Bool, _ now: Int64) -> SignOn {
        let state = organizations[organization]
        let addressee = state.user(attempt.email)
        var result = SignOn(code: judged ?? "accepted", isVerified: true, user: addressee)
        guard judged == nil else { return result }
        result.isDecidedLast = true
        let named = attempt.persistentID.flatMap { state.persistent["\(attempt.entity) \($0)"] }.flatMap {
            state.users[$0].isErased ? nil : $0
        }
        if let named, named != addressee { (result.user, result.hasMoved) = (named, true) }
        result.code =
            refuseUse(attempt, organization, hasCookie, now) ?? refusePerson(attempt, organization, result, isTaken: addressee != nil)
            ?? "accepted"
        return result
    }

    private func refuseUse(_ attempt: Attempt, _ organization: Int, _ hasCookie: Bool, _ now: Int64) -> String? {
        let state = organizations[organization]
        if state.used.contains("\(attempt.entity) \(attempt.id)") { return "replayed" }
        guard let request = attempt.request else { return state.policy.allowUnsolicited ? nil : "unsolicited_not_allowed" }
        if request.organization != organization || now > request.instant + 900 || state.answered.contains(request.id) {
            return "request_unknown"
        }
        return hasCookie ? nil : "request_other_browser"
    }

    private func refusePerson(_ attempt: Attempt, _ organization: Int, _ result: SignOn, isTaken: Bool) -> String? {
        let state = organizations[organization]
        let domain = attempt.email.lowercased().split(separator: "@").last.map(String.init) ?? ""
        let isNew = result.user == nil || result.hasMoved
        if isNew && !state.verifiedDomains.isEmpty && !state.verifiedDomains.contains(domain) { return "email_domain_not_allowed" }
        let allowed = state.policy.allowedEmailDomains
        if !allowed.isEmpty && !allowed.contains(domain) { return "email_domain_not_allowed" }
        if result.hasMoved && isTaken { return "provisioning_disabled" }
        guard let user = result.user.map({ state.users[$0] }) else {
            return attempt.request?.isTest == true || state.policy.provisionUsers ? nil : "provisioning_disabled"
        }
        if !user.isActive { return "user_deactivated" }
        return attempt.request?.isTest == true || user.isConverted ? nil : "user_not_converted"
    }

    /// C50: whether a refusal that anyone can make is still recorded in this minute.
    mutating func admits(_ organization: Int, at now: Int64) -> Bool {
        if organizations[organization].refusals.minute != now / 60 {
            organizations[organization].refusals.minute = now / 60
            organizations[organization].refusals.admitted = 0
        }
        guard organizations[organization].refusals.admitted < 60 else {
            organizations[organization].refusals.over += 1
            return false
        }
        organizations[organization].refusals.admitted += 1
        return true
    }

    /// What an accepted login does to its user: the events, in their order.
    ///
    /// - Parameter id: The user's, as the answer says it.
    mutating func signIn(_ attempt: Attempt, _ result: SignOn, _ organization: Int, as id: Identifier, at now: Int64) -> [String] {
        var events = ["AssertionReceived"]
        var state = organizations[organization]
        let accounts = state.accounts.indices
        let index: Int
        if let known = result.user {
            index = known
            var user = state.users[index]
            let name = attempt.name.isEmpty ? user.name : attempt.name
            if user.email != attempt.email || user.name != name || user.attributes != attempt.attributes {
                events.append(result.hasMoved ? "UserEmailChanged" : "UserProfileChanged")
                (user.email, user.name, user.attributes) = (attempt.email, name, attempt.attributes)
            }
            state.users[index] = user
            if !user.isProvisioned { state.isTested = true }
        } else {
            index = state.users.count
            var user = User(id: id, email: attempt.email, name: attempt.name, attributes: attempt.attributes, isConverted: true)
            user.isProvisioned = true
            for account in accounts { user.roles[account] = .member }
            state.users.append(user)
            events.append("UserProvisioned")
        }
        for account in accounts {
            let former = state.users[index].roles[account]
            if former == Role.none { continue }
            var role = max(former?.rawValue ?? 0, Role.member.rawValue)
            for mapping in state.policy.roleMapping where mapping.account == account && attempt.groups.contains(mapping.group) {
                role = max(role, min(mapping.role.rawValue, Role.administrator.rawValue))
            }
            if role != former?.rawValue ?? 0 { events.append("RoleChanged") }
            state.users[index].roles[account] = Role(rawValue: role)
        }
        state.users[index].lastLogin = max(recorded, now)
        if let persistent = attempt.persistentID { state.persistent["\(attempt.entity) \(persistent)"] = index }
        organizations[organization] = state
        use(attempt, organization)
        return events
    }

    /// An accepted response is used up, a test's too.
    mutating func use(_ attempt: Attempt, _ organization: Int) {
        organizations[organization].used.insert("\(attempt.entity) \(attempt.id)")
        organizations[organization].lastKey = attempt.key
        if let request = attempt.request { organizations[organization].answered.insert(request.id) }
    }
}

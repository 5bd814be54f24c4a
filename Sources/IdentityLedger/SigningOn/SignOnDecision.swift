import Events
import Identity
import Ledger
import Projections
import SAML

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The part of a login that the one writer decides: what must be read and appended in the same transaction (C32, C33).
struct SignOnDecision: Sendable {
    enum Outcome: Sendable {
        /// The organization changed since the response was judged.
        case judgeAgain
        case answer(SignOnAnswer)
        /// With the RelayState that led there.
        case signedIn(SignedIn, relayState: String?)
    }

    let received: ReceivedResponse
    let post: AssertionPost
    let secrets: ServiceSecrets
    let ring: KeyRing
    /// What nobody can guess of the session's token.
    let sessionSecret: String
    let keepsEvidence: Bool
    /// The evidence, compressed before the writer is entered.
    let packed: [UInt8]
    let caller: Caller

    func decide(_ context: inout WriteContext) throws -> Outcome {
        guard let organization = try context.organization(received.organization) else {
            return .answer(.refused(IdentityLedger.organizationUnknown, reference: nil, steps: []))
        }
        guard organization.configurationRevision == received.facts.configurationRevision,
            organization.policyRevision == received.facts.policyRevision
        else { return .judgeAgain }
        let addressee = try received.email.flatMap { email in
            try context.user(received.organization, addressHash: try secrets.addressHash(email, received.organization))
        }
        // Whom a persistent NameID names is the same person, whatever the address is by now.
        let named = try persistentIDHash().flatMap { hash in
            try context.user(received.organization, persistentIDHash: hash)
        }
        let hasMoved = named.map { !$0.erased && $0.id != addressee?.id } ?? false
        let user = hasMoved ? named : addressee
        var facts = try complete(received.facts, user, context)
        facts.knownByPersistentID = hasMoved
        facts.addressTaken = hasMoved && addressee != nil
        if user == nil || hasMoved { facts.verifiedDomains = organization.verifiedDomains }
        guard let judgment = received.judgment, received.undecodable == nil else {
            let refusal = received.undecodable ?? IdentityLedger.overloaded
            return try refuse(refusal, facts, user, &context)
        }
        switch decideSignOn(judgment, facts, policy: received.policy) {
        case .refused(let refusal): return try refuse(refusal, facts, user, &context)
        case .accepted(let claims):
            if facts.test { return try test(facts, user, &context) }
            if let question = try question(claims, user, context) { return .answer(.confirm(question)) }
            return try signIn(claims, facts, user, organization, &context)
        }
    }

    // MARK: - Facts

    /// What only the writer knows: replay, request, user.
    private func complete(
        _ known: SignOnFacts, _ user: User?, _ context: borrowing WriteContext
    ) throws -> SignOnFacts {
        var facts = known
        if let key = assertionKey { facts.replayOf = try context.assertion(key) ?? 0 }
        if let request = received.inResponseTo {
            let made = RequestID.check(request, key: try secrets.requestKey(), organization: received.organization)
            facts.requestIsOurs = made != nil
            facts.requestInstant = made?.nanoseconds ?? 0
            facts.requestCookie = post.requests.contains { $0.id == request }
            facts.answeredBy =
                try context.answeredRequest(LoginKeys.request(received.organization, id: request)) ?? 0
            facts.test = matched?.isTest ?? false
        } else if !received.isVerified {
            // Nothing verified says which request this answers. A test's report is harmless to show: it makes no session.
            facts.test = post.requests.contains(where: \.isTest)
        }
        facts.userKnown = user != nil
        facts.userActive = user?.active ?? false
        facts.userConverted = user?.signInMethod == .sso
        return facts
    }

    private func persistentIDHash() throws -> [UInt8]? {
        guard let claims = received.claims, let nameID = claims.persistentNameID else { return nil }
        return try secrets.persistentIDHash(nameID, issuer: claims.issuer, received.organization)
    }

    private var assertionKey: [UInt8]? {
        guard let issuer = received.issuer, let id = received.assertionID else { return nil }
        return LoginKeys.assertion(received.organization, issuer: issuer, id: id)
    }

    /// The request that the response answers, where its cookie came along.
    private var matched: AssertionPost.Request? {
        received.inResponseTo.flatMap { id in post.requests.first { $0.id == id } }
    }

    // MARK: - Refusals and tests

    private func refuse(
        _ refusal: Refusal, _ facts: SignOnFacts, _ user: User?, _ context: inout WriteContext
    ) throws -> Outcome {
        // C41: a browser that did not send the cookie of a request of ours is asked to post once again.
        if refusal.code == .requestOtherBrowser && post.acceptsReposting { return .answer(.postAgain) }
        var event = draft(facts, refusal: refusal)
        if let user { event.user = user.id }
        // A replayed response is stored once.
        let evidence = keepsEvidence && facts.replayOf == 0
        let reference = try append(&event, evidence: evidence, key: user.flatMap(key), &context)
        let report = report(refusal, facts, reference)
        return .answer(facts.test ? .tested(report) : .refused(refusal, reference: reference, steps: report.steps))
    }

    private func test(_ facts: SignOnFacts, _ user: User?, _ context: inout WriteContext) throws -> Outcome {
        var event = draft(facts, refusal: nil)
        if let user { event.user = user.id }
        let reference = try append(&event, evidence: true, key: user.flatMap(key), &context)
        return .answer(.tested(report(nil, facts, reference)))
    }

    private func report(_ refusal: Refusal?, _ facts: SignOnFacts, _ reference: UInt64) -> JudgmentReport {
        var steps = received.judgment?.steps ?? []
        if let claims = received.claims { steps += signOnSteps(claims, facts, policy: received.policy) }
        return JudgmentReport(
            refusal: refusal, steps: steps, email: received.personal?.email, attributes: received.personal?.attributes,
            reference: reference)
    }

    // MARK: - Login CSRF

    /// C42: an unsolicited assertion for someone other than the signed-in user asks first.
    private func question(
        _ claims: Claims, _ user: User?, _ context: borrowing WriteContext
    ) throws -> Confirmation? {
        guard claims.inResponseTo == nil, let session = try currentSession(context) else { return nil }
        let isSame = session.organization == received.organization.data && user != nil && session.user == user?.id
        guard !isSame else { return nil }
        let token = try secrets.confirmation(
            received.organization, response: received.digest, session: Array(session.id))
        guard post.confirmation != token else { return nil }
        var current: String?
        if let organization = Identifier(bytes: session.organization), let id = Identifier(bytes: session.user),
            let signedIn = try context.user(organization, id)
        {
            current = try ring.personalData(signedIn, organization)?.email
        }
        return Confirmation(current: current, next: claims.email.text, token: token)
    }

    private func currentSession(_ context: borrowing WriteContext) throws -> Session? {
        guard let token = post.currentSession, let session = try context.session(Secret.sessionID(ofToken: token)),
            session.isValid(at: Instant(nanoseconds: received.facts.instant))
        else { return nil }
        return session
    }

    // MARK: - Signing in

    private func signIn(
        _ claims: Claims, _ facts: SignOnFacts, _ user: User?, _ organization: Organization,
        _ context: inout WriteContext
    ) throws -> Outcome {
        // Everything that may fail comes before the first event.
        let former = try currentSession(context)
        let userID = user?.identifier ?? .random()
        let key = try user.flatMap(key) ?? context.makeKey(for: received.organization)
        let addressHash = try secrets.addressHash(claims.email, received.organization)
        let nameIDHash = try claims.nameID.map { try secrets.nameIDHash($0, received.organization) }
        let profile = try profile(claims, user, key, context)
        let instant = Instant(nanoseconds: facts.instant)
        let expiresAt = sessionExpiry(claims, policy: received.policy, at: instant)
        let (location, relayState, isIgnored) = target()

        var event = draft(facts, refusal: nil)
        event.user = userID.data
        event.relayStateIgnored = isIgnored
        if let hash = try persistentIDHash() { event.persistentIDHash = .init(hash) }
        let reference = try append(&event, evidence: true, key: key, &context)
        var bodies: [EventBody] = []
        var roles = user?.roles ?? []
        if user == nil {
            roles = provisionedRoles(in: organization)
            bodies.append(.userProvisioned(provisioned(userID, addressHash, profile, roles)))
        } else if let profile {
            bodies.append(
                facts.knownByPersistentID
                    ? .userEmailChanged(moved(userID, addressHash, profile)) : .userProfileChanged(changed(userID, profile)))
        }
        bodies += rolesGained(
            byUser: userID, with: roles, in: organization, policy: received.policy, attributes: claims.attributes)
        try context.append(bodies, organization: received.organization, by: caller, causedBy: reference)
        if let former {
            let organization = Identifier(bytes: former.organization)
            try context.append(
                ended([former], because: .replaced), organization: organization, by: caller, causedBy: reference)
        }
        let token = Secret.sessionToken(sessionSecret, startedBy: context.nextSequence)
        let started = started(userID, claims, nameIDHash, token: token, at: instant, until: expiresAt)
        try context.append(
            [.sessionStarted(started)], organization: received.organization, by: caller, causedBy: reference)
        let signedIn = SignedIn(
            token: token, expiresAt: expiresAt, location: location, requestID: claims.inResponseTo,
            organization: received.organization, user: userID, reference: reference, isProvisioned: user == nil)
        return .signedIn(signedIn, relayState: relayState)
    }

    /// What to seal for the user: of a new one everything, of a known one what this login changed; nil: nothing changed.
    private func profile(
        _ claims: Claims, _ user: User?, _ key: Identifier, _ context: borrowing WriteContext
    ) throws -> Sealed? {
        var personal = PersonalData()
        personal.email = claims.email.text
        personal.name = claims.displayName ?? ""
        personal.attributes = claims.attributes
        personal = try personal.bounded()
        if let user, let former = try ring.personalData(user, received.organization) {
            if personal.name.isEmpty { personal.name = former.name }
            if personal == former { return nil }
        }
        return try context.seal(personal, key: key, organization: received.organization)
    }

    private func provisioned(
        _ id: Identifier, _ addressHash: [UInt8], _ personal: Sealed?, _ roles: [AccountRole]
    ) -> UserProvisioned {
        var body = UserProvisioned()
        body.user = id.data
        body.addressHash = .init(addressHash)
        if let personal { body.personal = personal }
        body.roles = roles
        return body
    }

    private func changed(_ id: Identifier, _ personal: Sealed) -> UserProfileChanged {
        var body = UserProfileChanged()
        body.user = id.data
        body.personal = personal
        return body
    }

    private func moved(_ id: Identifier, _ addressHash: [UInt8], _ personal: Sealed) -> UserEmailChanged {
        var body = UserEmailChanged()
        body.user = id.data
        body.addressHash = .init(addressHash)
        body.personal = personal
        return body
    }

    private func started(
        _ user: Identifier, _ claims: Claims, _ nameIDHash: [UInt8]?, token: String, at instant: Instant, until expiresAt: Instant
    ) -> SessionStarted {
        var body = SessionStarted()
        body.session = .init(Secret.sessionID(ofToken: token))
        body.user = user.data
        // An identity provider's clock may be ahead; nobody was authenticated in the future.
        body.authenticatedAt = min(claims.authnInstant ?? instant, instant).nanoseconds
        body.expiresAt = expiresAt.nanoseconds
        if let nameIDHash { body.nameIDHash = .init(nameIDHash.prefix(16)) }
        body.transientNameID = claims.hasTransientNameID
        return body
    }

    /// Where the browser goes (C44). What the sealed cookie kept counts for an answered request; a RelayState that may not be
    /// followed is ignored, and the event says so.
    private func target() -> (location: String, relayState: String?, isIgnored: Bool) {
        let policy = received.policy
        let landing = policy.landingURL.isEmpty ? nil : policy.landingURL
        let wanted = (matched != nil ? matched?.relayState : post.relayState).flatMap { $0.isEmpty ? nil : $0 }
        let resolved = wanted.flatMap {
            RelayStateTarget.resolve(
                $0, base: received.base, origins: policy.relayStateOrigins, landingURL: landing)
        }
        return (resolved ?? landing ?? received.base + "/", wanted, wanted != nil && resolved == nil)
    }

    // MARK: - The event

    private func draft(_ facts: SignOnFacts, refusal: Refusal?) -> AssertionReceived {
        var event = AssertionReceived()
        event.accepted = refusal == nil
        event.code = refusal?.code.rawValue ?? ""
        event.detail = refusal?.detail ?? ""
        event.facts = facts
        event.responseDigest = .init(received.digest)
        event.responseSize = UInt32(clamping: received.bytes.count)
        event.programVersion = ProgramVersion.text
        guard let verified = received.judgment?.verified else { return event }
        event.issuer = received.issuer ?? ""
        event.assertionID = received.assertionID ?? ""
        event.inResponseTo = received.inResponseTo ?? ""
        event.certificateSha256 = .init(received.claims?.certificateSHA256 ?? verified.certificateSHA256)
        event.unsolicited = received.inResponseTo == nil
        event.usedSha1 = received.claims?.usedSHA1 ?? verified.usedSHA1
        event.sessionIndex = received.claims?.sessionIndex ?? verified.sessionIndex ?? ""
        return event
    }

    /// Seals what is personal, stores the evidence, and appends.
    ///
    /// - Parameter key: The user's; nil: what is known before there is a user is sealed for this month's refusals.
    private func append(
        _ received: inout AssertionReceived, evidence: Bool, key: Identifier?, _ context: inout WriteContext
    ) throws -> UInt64 {
        let organization = self.received.organization
        let isVerified = self.received.isVerified
        let personal = self.received.personal
        let key = personal != nil || evidence ? try key ?? refusalKey() : nil
        var box: [UInt8]?
        if let personal, let key { received.personal = try context.seal(try personal.bounded(), key: key, organization: organization) }
        if evidence, let key {
            let sealed = EvidenceBox.bytes(try context.seal(packed, key: key, organization: organization), of: received)
            received.evidenceKept = isVerified
            received.evidenceDigest = .init(Secret.digest(sealed))
            box = sealed
        }
        let event = Event(
            .assertionReceived(received), organization: organization, actor: isVerified ? .identityProvider : .anonymous,
            correlation: caller.correlation)
        let sequence = try context.append(event, evidence: isVerified ? box : nil)
        // What anyone can send is kept as long as newer ones leave room, so that a what-if can tell who would be let in.
        if !isVerified, let box { try context.keepUntrusted(box, of: sequence, organization: organization) }
        return sequence
    }

    private func refusalKey() throws -> Identifier {
        let month = String(Instant(nanoseconds: received.facts.instant).rfc3339.prefix(7))
        return try ring.refusalKey(organization: received.organization, month: month)
    }

    private func key(_ user: User) -> Identifier? {
        user.hasPersonal ? Identifier(bytes: user.personal.keyID) : nil
    }
}

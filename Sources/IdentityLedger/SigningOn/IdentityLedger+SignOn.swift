import Events
import Identity
import Ledger
import Projections
import SAML
import Synchronization

extension IdentityLedger {
    /// Judges a post to the Assertion Consumer Service, decides in the writer, and answers once that is on disk.
    ///
    /// Never throws: what can't be recorded is refused as `ledger_unavailable`.
    public func signOn(_ post: AssertionPost) async -> SignOnAnswer {
        // C51: bounded work; over it a refusal, never an unbounded queue.
        guard judgments.enter() else { return .refused(Self.overloaded, reference: nil, steps: []) }
        defer { judgments.leave() }
        do {
            // Once more for each change of the configuration that comes between judging and deciding: few, and rare.
            for _ in 0..<8 {
                let received = try await receive(post)
                if let answer = try await answer(received, post) { return answer }
            }
            return .refused(Self.overloaded, reference: nil, steps: [])
        } catch let refusal as Refusal {
            return .refused(refusal, reference: nil, steps: [])
        } catch {
            let error = ServiceError(error)
            return .refused(
                Refusal(code: .ledgerUnavailable, detail: error.detail, remedy: error.remedy), reference: nil, steps: [])
        }
    }

    /// What a judgment rests on, read from one snapshot that is let go before the judging begins.
    private struct Basis {
        let facts: SignOnFacts
        let configuration: ParsedConfiguration
        let dictionary: Packing.Dictionary?
        let policy: Policy
        let base: String
    }

    private func basis(of post: AssertionPost) throws -> Basis {
        let snapshot = try ledger.snapshot()
        guard let organization = try snapshot.organization(post.organization) else { throw Self.organizationUnknown }
        let base = try snapshot.service().publicURL
        guard !base.isEmpty else { throw Self.noPublicURL }
        let facts = facts(of: post, organization, base: base)
        return Basis(
            facts: facts,
            configuration: try configurations.parsed(organization, id: post.organization, ring: ledger.keyRing),
            dictionary: dictionaries.dictionary(post.organization, organization.identityProvider, facts),
            policy: organization.effectivePolicy, base: base)
    }

    /// Judges the post against the configuration of now.
    private func receive(_ post: AssertionPost) async throws -> ReceivedResponse {
        let basis = try basis(of: post)
        switch decodeResponseField(post.response) {
        case .failure(let refusal):
            return ReceivedResponse(
                organization: post.organization, bytes: post.response, digest: Secret.digest(post.response),
                judgment: nil, undecodable: refusal, facts: basis.facts, base: basis.base, policy: basis.policy,
                dictionary: nil)
        case .success(let xml):
            let facts = JudgmentFacts(basis.facts, of: post.organization, basis.configuration, basis.policy)
            let start = ContinuousClock.now
            let judgment = await judgeConcurrently(xml, facts)
            let seconds = (ContinuousClock.now - start) / .seconds(1)
            judged.withLock { $0.observe(seconds) }
            return ReceivedResponse(
                organization: post.organization, bytes: xml, digest: Secret.digest(xml),
                judgment: judgment, undecodable: nil, facts: basis.facts, base: basis.base,
                policy: basis.policy, dictionary: basis.dictionary)
        }
    }

    private func facts(of post: AssertionPost, _ organization: Organization, base: String) -> SignOnFacts {
        var facts = SignOnFacts()
        facts.instant = now.nanoseconds
        facts.publicURL = base
        facts.postedToAlternative = post.form != .query
        facts.configurationRevision = organization.configurationRevision
        facts.policyRevision = organization.policyRevision
        return facts
    }

    /// Decides and records; nil: the configuration changed meanwhile, judge again.
    private func answer(_ received: ReceivedResponse, _ post: AssertionPost) async throws -> SignOnAnswer? {
        let instant = Instant(nanoseconds: received.facts.instant)
        let refusal = received.refusal
        let isRepeated = refusal != nil && refusals.isRepeated(received.digest)
        // C50: what anyone can send must not fill the disk.
        if let refusal, !received.isVerified || isRepeated, !refusals.admits(post.organization, at: instant) {
            return .refused(refusal, reference: nil, steps: received.judgment?.steps ?? [])
        }
        let decision = SignOnDecision(
            received: received, post: post, secrets: secrets, ring: ledger.keyRing, sessionSecret: Secret.make(),
            keepsEvidence: received.judgment != nil && !isRepeated,
            packed: received.judgment != nil && !isRepeated ? Packing.pack(received.bytes, knowing: received.dictionary) : [],
            caller: Caller(actor: .identityProvider, authority: .nobody, correlation: post.correlation))
        let outcome = try await ledger.submit { context in try decision.decide(&context) }.result
        switch outcome {
        case .judgeAgain: return nil
        case .answer(let answer):
            if case .refused(_, .some, _) = answer, decision.keepsEvidence { refusals.remember(received.digest) }
            return answer
        case .signedIn(let signedIn, let relayState):
            return .signedIn(withCode(signedIn, relayState, received))
        }
    }

    // Contract, `POST /v1/sign-ins`: a login that lands on another host carries a one-time code. On this host, whatever the port,
    // the session's cookie comes along, and a page behind forward authentication gets its address back as it was.
    private func withCode(_ signedIn: SignedIn, _ relayState: String?, _ received: ReceivedResponse) -> SignedIn {
        guard let location = signedIn.location, let origin = Origin(of: location), origin.host != Origin(of: received.base)?.host,
            let code = codes.issue(signedIn.organization, session: signedIn.token, relayState: relayState, at: now)
        else { return signedIn }
        return SignedIn(
            token: signedIn.token, expiresAt: signedIn.expiresAt, location: adding(code: code, to: location),
            requestID: signedIn.requestID, organization: signedIn.organization, user: signedIn.user,
            reference: signedIn.reference, isProvisioned: signedIn.isProvisioned)
    }

    private func adding(code: String, to location: String) -> String {
        let end = location.firstIndex(of: "#") ?? location.endIndex
        let separator = location[..<end].contains("?") ? "&" : "?"
        return location[..<end] + "\(separator)code=\(code)" + location[end...]
    }

    static let overloaded = Refusal(
        code: .overloaded, detail: "More is being judged at this moment than this server has room for.",
        remedy: "Try again in a moment.")
    static let organizationUnknown = Refusal(
        code: .organizationUnknown, detail: "There is no organization of this ID.",
        remedy: "Check the address that the identity provider posts to.")
    static let noPublicURL = Refusal(
        code: .organizationNotConfigured, detail: "This server's public URL is not recorded yet.",
        remedy: "Let the operator start the server with --public-url.")
}

extension IdentityLedger {
    /// Appends the counts of refusals that were over the bound, of minutes that are over (C50). To be called once a minute.
    ///
    /// - Parameter all: Also of the minute that goes on: before the server stops.
    public func summarizeRefusals(all: Bool = false) async {
        for summary in refusals.takeSummaries(at: now, all: all) {
            var body = RefusalsSummarized()
            body.from = summary.from.nanoseconds
            body.to = summary.to.nanoseconds
            body.count = summary.count
            let event: EventBody = .refusalsSummarized(body)
            do {
                try await record { context in
                    try context.append([event], organization: summary.organization, by: .system())
                }
            } catch {
                refusals.restore(summary)  // counted again with the next minute's
            }
        }
    }
}

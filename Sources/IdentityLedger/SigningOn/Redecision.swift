public import Events
public import Identity
public import Ledger
import Projections
public import SAML

/// A recorded login decided again: the very functions of a live one, from recorded facts.
public struct Redecision: Sendable {
    /// Every check of the judgment.
    public let judgment: Judgment
    /// What came of it.
    public let verdict: SignOnVerdict

    /// A judgment and what came of it.
    public init(judgment: Judgment, verdict: SignOnVerdict) {
        self.judgment = judgment
        self.verdict = verdict
    }

    /// Decides from what was handed on, away from any ledger: an encrypted assertion can't be read here.
    ///
    /// - Parameter configuration: The one that the event names; nil: it names none.
    public init(
        _ received: AssertionReceived, of organization: Identifier, response: [UInt8], _ configuration: IdentityProviderConfigured?,
        _ policy: Policy
    ) {
        judgment = judge(response: response, JudgmentFacts(received.facts, of: organization, ParsedConfiguration(configuration), policy))
        verdict = decideSignOn(judgment, received.facts, policy: policy)
    }

    /// `accepted`, or the refusal's code.
    public var code: String {
        switch verdict {
        case .accepted: "accepted"
        case .refused(let refusal): refusal.code.rawValue
        }
    }

    /// The checks as a page shows them.
    public func report(reference: UInt64?) -> JudgmentReport {
        var report = JudgmentReport(judgment)
        report.reference = reference
        if case .refused(let refusal) = verdict {
            report.refusal = refusal
            report.isAccepted = false
            if report.steps.allSatisfy(\.ok) {
                report.steps.append(
                    Step(name: "User and request", section: "contract", ok: false, detail: refusal.detail))
            }
        }
        return report
    }
}

/// What a redecision takes instead of what was in force: for "what if".
public struct RedecisionChanges: Sendable {
    /// Another configuration of the identity provider.
    public var configuration: IdentityProviderConfigured?
    /// Another policy.
    public var policy: Policy?
    /// When certificates' ends and SHA-1's deadline are looked at; what assertions say of time is held against their own instants.
    public var keysAt: Instant?
    /// The SHA-256 of a certificate that is not believed any more.
    public var withoutCertificate: [UInt8]?

    /// Nothing else than was in force, where nothing is given: then it is proving again.
    public init(
        configuration: IdentityProviderConfigured? = nil, policy: Policy? = nil, keysAt: Instant? = nil, withoutCertificate: [UInt8]? = nil
    ) {
        self.configuration = configuration
        self.policy = policy
        self.keysAt = keysAt
        self.withoutCertificate = withoutCertificate
    }
}

extension IdentityLedger {
    /// The verdict that an `AssertionReceived` had, as recorded: `accepted`, or the refusal's code.
    public static func recordedCode(_ received: AssertionReceived) -> String {
        received.accepted ? "accepted" : received.code
    }

    /// The XML that arrived with a login, byte for byte; nil where it was not kept, or its key was destroyed.
    ///
    /// - Throws: `ledger_unavailable` where it is there and can be opened, and is not what arrived.
    public func evidence(of sequence: UInt64, in snapshot: Snapshot) throws(ServiceError) -> [UInt8]? {
        guard let event = try answering({ try snapshot.event(sequence) }) else { return nil }
        return try Redecider(self, in: snapshot).evidence(of: event)
    }

    /// A login proved again on the spot, every check of it (contract, pages: logins).
    public func report(
        _ organization: Identifier, login sequence: UInt64, by caller: Caller
    ) throws(ServiceError) -> JudgmentReport {
        try answering {
            let snapshot = try ledger.snapshot()
            try caller.authority.check(.read, try snapshot.organization(organization))
            guard let event = try snapshot.event(sequence), event.organizationID == organization,
                case .assertionReceived(let received) = event.body
            else { throw RuleError(.notFound, "This organization has no login recorded as \(sequence).") }
            guard let redecision = try Redecider(self, in: snapshot).decide(event) else {
                return try unprovable(received, sequence, organization)
            }
            return redecision.report(reference: sequence)
        }
    }

    func unprovable(
        _ received: AssertionReceived, _ sequence: UInt64, _ organization: Identifier
    ) throws -> JudgmentReport {
        let personal = received.hasPersonal ? try ledger.keyRing.personalData(received.personal, organization) : nil
        let detail =
            received.evidenceKept
            ? "The evidence is erased or past its retention: it cannot be proved again."
            : "The response's bytes were not kept, as no trusted certificate had signed it or it had come before."
        let refusal =
            received.accepted
            ? nil
            : Refusal(code: RefusalCode(rawValue: received.code) ?? .requestMalformed, detail: received.detail)
        var report = JudgmentReport(
            refusal: refusal,
            steps: [Step(name: "Evidence", section: "design", ok: received.accepted, detail: detail)],
            email: personal?.email, attributes: personal?.attributes, reference: sequence)
        report.isProved = false
        return report
    }

    /// The configuration that an event made; nil: none was in force.
    static func configuration(_ revision: UInt64, in snapshot: Snapshot) throws -> IdentityProviderConfigured? {
        revision == 0 ? nil : try snapshot.event(revision)?.configuration
    }

    /// The policy that an event made; the defaults where none did.
    static func policy(_ revision: UInt64, in snapshot: Snapshot) throws -> Policy {
        guard revision != 0, case .policyChanged(let changed) = try snapshot.event(revision)?.body else {
            return .defaults
        }
        return changed.policy
    }
}

extension IdentityLedger {
    /// What a response to this organization would be judged by at an instant, for judging offline (contract: `inspect`).
    public func judgmentFacts(
        _ organization: Identifier, at instant: Instant? = nil
    ) throws(ServiceError) -> JudgmentFacts {
        try answering {
            let snapshot = try ledger.snapshot()
            guard let state = try snapshot.organization(organization) else { throw Authority.organizationUnknown }
            let base = try snapshot.service().publicURL
            guard !base.isEmpty else { throw Self.noPublicURL }
            var facts = SignOnFacts()
            facts.instant = (instant ?? now).nanoseconds
            facts.publicURL = base
            let parsed = try configurations.parsed(state, id: organization, ring: ledger.keyRing)
            return JudgmentFacts(facts, of: organization, parsed, state.effectivePolicy)
        }
    }
}

extension Event {
    /// The identity provider's configuration that this event made; nil: it made none.
    public var configuration: IdentityProviderConfigured? {
        switch body {
        case .identityProviderConfigured(let configured): configured
        case .identityProviderRefreshed(let refreshed): refreshed.configuration
        default: nil
        }
    }
}

public import Events
import Identity
import Ledger
import Projections
import SAML

extension IdentityLedger {
    /// The report of a test of the connection, whose every check is made again from its event. Who is a user here is told as of now.
    ///
    /// - Throws: `not_found` for what is no test, or another organization's (C48).
    public func testReport(
        _ organization: Identifier, login sequence: UInt64, by caller: Caller
    ) throws(ServiceError) -> JudgmentReport {
        try answering {
            let snapshot = try ledger.snapshot()
            let state = try snapshot.organization(organization)
            try caller.authority.check(.read, state)
            guard let state, let event = try snapshot.event(sequence), event.organizationID == organization,
                case .assertionReceived(let recorded) = event.body, recorded.facts.test
            else { throw RuleError(.notFound, "This organization has no test recorded as \(sequence).") }
            var report: JudgmentReport
            let redecider = Redecider(self, in: snapshot)
            if let response = try redecider.evidence(of: event), let (grounds, policy) = try redecider.grounds(of: event) {
                let received = Self.judged(response, of: organization, recorded.facts, grounds, policy)
                let user = try Identifier(bytes: recorded.user).flatMap { try snapshot.user(organization, $0) }
                report = JudgmentReport(received, recorded.facts, reference: sequence)
                report.test = TestReport(received, recorded.facts, user, state)
            } else {
                report = try unprovable(recorded, sequence, organization)
                report.test = TestReport()
            }
            if recorded.facts.replayOf != 0 { report.test?.shownBefore = recorded.facts.replayOf }
            return report
        }
    }

    private static func judged(
        _ response: [UInt8], of organization: Identifier, _ facts: SignOnFacts, _ grounds: JudgmentFacts, _ policy: Policy
    ) -> ReceivedResponse {
        var grounds = grounds
        grounds.explains = true
        return ReceivedResponse(
            organization: organization, bytes: response, digest: Secret.digest(response), judgment: judge(response: response, grounds),
            undecodable: nil, facts: facts, base: facts.publicURL, policy: policy, dictionary: nil)
    }
}

extension JudgmentReport {
    /// Every check of a response that was judged, those of whom it names included.
    fileprivate init(_ received: ReceivedResponse, _ facts: SignOnFacts, reference: UInt64) {
        var (refusal, steps) = (received.refusal, received.judgment?.steps ?? [])
        if let judgment = received.judgment, case .refused(let found) = decideSignOn(judgment, facts, policy: received.policy) {
            refusal = found
        }
        if let claims = received.claims { steps += signOnSteps(claims, facts, policy: received.policy) }
        self.init(
            refusal: refusal, steps: steps, email: received.personal?.email, attributes: received.personal?.attributes, reference: reference
        )
    }
}

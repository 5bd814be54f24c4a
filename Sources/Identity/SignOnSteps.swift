public import Events
public import SAML

/// The checks of ``decideSignOn(_:_:policy:)`` for an accepted response, as far as they went: for the person who looks at a test's report.
public func signOnSteps(_ claims: Claims, _ facts: SignOnFacts, policy: Policy) -> [Step] {
    var steps: [Step] = []
    for check in SignOnCheck.allCases {
        let refusal = check.refusal(claims, facts, policy)
        steps.append(
            Step(
                name: check.rawValue, section: check.section, ok: refusal == nil,
                detail: refusal?.detail ?? check.found(claims, facts, policy), compared: check.compared(claims, facts, policy)))
        if refusal != nil { break }
    }
    return steps
}

extension SignOnCheck {
    fileprivate var section: String {
        switch self {
        case .firstUse: "C32"
        case .request: "C34"
        case .domain, .user: "contract"
        }
    }

    // Where it passed.
    fileprivate func found(_ claims: Claims, _ facts: SignOnFacts, _ policy: Policy) -> String {
        switch self {
        case .firstUse: "This assertion was not used before."
        case .request:
            claims.inResponseTo == nil
                ? "The identity provider began this login by itself, which is allowed."
                : "It answers a request that was made here, in this browser, and was not answered before."
        case .domain:
            policy.allowedEmailDomains.isEmpty && facts.verifiedDomains.isEmpty ? "Any domain is allowed." : "The domain is allowed."
        case .user:
            facts.userKnown ? "There is a user of this address, who is active." : "There is no user of this address yet."
        }
    }

    fileprivate func compared(_ claims: Claims, _ facts: SignOnFacts, _ policy: Policy) -> [Comparison] {
        switch self {
        case .firstUse, .user: []
        case .request: compared(request: claims, facts)
        case .domain: compared(domain: claims, facts, policy)
        }
    }

    private func compared(request claims: Claims, _ facts: SignOnFacts) -> [Comparison] {
        guard claims.inResponseTo != nil, facts.requestIsOurs else { return [] }
        let made = Instant(nanoseconds: facts.requestInstant)
        return [
            Comparison(
                "Age of the request", expected: "at most \(RequestID.lifetimeSeconds / 60) minutes",
                received: "\(max(0, Instant(nanoseconds: facts.instant).seconds(after: made))) s")
        ]
    }

    private func compared(domain claims: Claims, _ facts: SignOnFacts, _ policy: Policy) -> [Comparison] {
        let isNew = !facts.userKnown || facts.knownByPersistentID
        let proved = isNew ? facts.verifiedDomains : []
        let allowed = proved.isEmpty ? policy.allowedEmailDomains : proved
        guard !allowed.isEmpty else { return [] }
        return [Comparison("Domain", expected: allowed.prefix(8).joined(separator: " or "), received: claims.email.domain)]
    }
}

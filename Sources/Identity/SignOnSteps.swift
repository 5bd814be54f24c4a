public import Events
public import SAML

/// The names of the checks that come after the response itself was judged, in their order.
public let signOnStepNames = ["First use", "Request and browser", "E-mail domain", "User"]

/// The checks of ``decideSignOn(_:_:policy:)`` for an accepted response, as far as they went: for the person who looks at a test's report.
public func signOnSteps(_ claims: Claims, _ facts: SignOnFacts, policy: Policy) -> [Step] {
    let checks: [(section: String, refusal: Refusal?, found: String, compared: [Comparison])] = [
        ("C32", facts.replayOf == 0 ? nil : replayed(facts), "This assertion was not used before.", []),
        ("C34", refuseRequest(claims, facts, policy), request(claims), compared(request: claims, facts)),
        (
            "contract", refuseDomain(claims, facts, policy) ?? refuseMove(facts), domain(facts, policy),
            compared(domain: claims, facts, policy)
        ),
        ("contract", refuseUser(facts, policy), user(facts), []),
    ]
    var steps: [Step] = []
    for (name, check) in zip(signOnStepNames, checks) {
        steps.append(
            Step(
                name: name, section: check.section, ok: check.refusal == nil, detail: check.refusal?.detail ?? check.found,
                compared: check.compared))
        if check.refusal != nil { break }
    }
    return steps
}

private func request(_ claims: Claims) -> String {
    claims.inResponseTo == nil
        ? "The identity provider began this login by itself, which is allowed."
        : "It answers a request that was made here, in this browser, and was not answered before."
}

private func domain(_ facts: SignOnFacts, _ policy: Policy) -> String {
    policy.allowedEmailDomains.isEmpty && facts.verifiedDomains.isEmpty ? "Any domain is allowed." : "The domain is allowed."
}

private func user(_ facts: SignOnFacts) -> String {
    facts.userKnown ? "There is a user of this address, who is active." : "There is no user of this address yet."
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

import Events

extension JudgmentFacts {
    // C31: never more than 300 s, whatever is configured.
    private var skew: Int64 { Int64(min(clockSkewSeconds, Limits.clockSkewSeconds)) }

    func isTooEarly(_ notBefore: Instant) -> Bool { notBefore > instant.adding(seconds: skew) }
    func isOver(_ notOnOrAfter: Instant) -> Bool { notOnOrAfter <= instant.adding(seconds: -skew) }

    func checkBegin(_ notBefore: Instant?, _ place: String) throws(Refusal) {
        guard let notBefore, isTooEarly(notBefore) else { return }
        throw Refusal(
            .notYetValid,
            "\(place) must have begun by \(instant.rfc3339) (\(skew) s allowed); it begins at \(notBefore.rfc3339).",
            remedy: "Set the clocks of the identity provider and of this server by NTP.")
    }

    func checkEnd(_ notOnOrAfter: Instant?, _ place: String) throws(Refusal) {
        guard let notOnOrAfter, isOver(notOnOrAfter) else { return }
        throw Refusal(
            .expired,
            "\(place) must last beyond \(instant.rfc3339) (\(skew) s allowed); it ended at \(notOnOrAfter.rfc3339).",
            remedy: "Sign in again; if it happens again, set the clocks of the identity provider and of this server by NTP.")
    }
}

/// The assertion's lifetime (core §2.5.1; C31).
func checkLifetime(_ assertion: Assertion, _ facts: JudgmentFacts) throws(Refusal) -> String {
    try facts.checkBegin(assertion.conditions?.notBefore, "The assertion")
    try facts.checkEnd(assertion.conditions?.notOnOrAfter, "The assertion")
    try facts.checkEnd(assertion.sessionNotOnOrAfter, "The identity provider's session")
    return "Valid at \(facts.instant.rfc3339)."
}

/// For whom it is meant (core §2.5.1.4; C30): each AudienceRestriction must name us.
func checkAudience(_ assertion: Assertion, _ facts: JudgmentFacts) throws(Refusal) -> String {
    let ours = facts.serviceProviderEntityID
    let restrictions = assertion.conditions?.audiences ?? []
    let remedy = "At the identity provider, set the audience (Audience URI, Entity ID, Identifier) to \(ours)."
    guard !restrictions.isEmpty else {
        throw Refusal(.audienceMismatch, "The audience must be \(quoted(ours)); the assertion names none.", remedy: remedy)
    }
    for audiences in restrictions where !audiences.contains(where: { same($0, ours) || same($0, "spn:" + ours) }) {
        throw Refusal(
            .audienceMismatch,
            "The audience must be \(quoted(ours)); it is \(audiences.prefix(4).map(quoted).joined(separator: ", ")).", remedy: remedy)
    }
    return "The audience is \(quoted(ours))."
}

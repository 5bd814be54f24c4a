public import Events
public import SAML

/// Whether a judged response signs its user in.
public enum SignOnVerdict: Sendable {
    case accepted(Claims)
    case refused(Refusal)
}

/// Who may sign in, from facts alone: the rules that come after the response itself was judged.
///
/// The first refusal counts: of the response, then of ``SignOnCheck`` in its order. The user's state is taken from the facts, so that the
/// decision can be made again.
public func decideSignOn(_ judgment: Judgment, _ facts: SignOnFacts, policy: Policy) -> SignOnVerdict {
    let claims: Claims
    switch judgment.outcome {
    case .accepted(let accepted): claims = accepted
    case .refused(let refusal):
        // Contract, replay: `replayed` comes before `request_unknown` and `request_other_browser`.
        if facts.replayOf != 0, refusal.code == .requestUnknown || refusal.code == .requestOtherBrowser {
            return .refused(replayed(facts))
        }
        return .refused(refusal)
    }
    for check in SignOnCheck.allCases {
        if let refusal = check.refusal(claims, facts, policy) { return .refused(refusal.advised(by: judgment.preset)) }
    }
    return .accepted(claims)
}

/// What is checked of an accepted response, by its name in a report; in this order.
public enum SignOnCheck: String, Sendable, CaseIterable {
    case firstUse = "First use"
    case request = "Request and browser"
    case domain = "E-mail domain"
    case user = "User"

    func refusal(_ claims: Claims, _ facts: SignOnFacts, _ policy: Policy) -> Refusal? {
        switch self {
        case .firstUse: facts.replayOf == 0 ? nil : replayed(facts)
        case .request: refuseRequest(claims, facts, policy)
        case .domain: refuseDomain(claims, facts, policy) ?? refuseMove(facts)
        case .user: refuseUser(facts, policy)
        }
    }
}

/// When the session of this login ends: after the policy's time, never past the assertion's SessionNotOnOrAfter.
public func sessionExpiry(_ claims: Claims, policy: Policy, at instant: Instant) -> Instant {
    let ours = instant.adding(seconds: Int64(policy.sessionSeconds))
    guard let theirs = claims.sessionNotOnOrAfter else { return ours }
    return min(ours, theirs)
}

// C32: an assertion is used once, for as long as the ledger exists.
private func replayed(_ facts: SignOnFacts) -> Refusal {
    Refusal(
        code: .replayed,
        detail: "An assertion is used once; this one was used by the login recorded as \(facts.replayOf).",
        remedy: "Start again from the sign-in page or from your identity provider.")
}

// C34: a request is answered once, lives 15 minutes, and belongs to this organization and this browser.
private func refuseRequest(_ claims: Claims, _ facts: SignOnFacts, _ policy: Policy) -> Refusal? {
    guard claims.inResponseTo != nil else {
        guard !policy.allowUnsolicited else { return nil }
        return Refusal(
            code: .unsolicitedNotAllowed,
            detail: "This organization's logins begin at the sign-in page; this response answers no request.",
            remedy: "Start from the sign-in page, or let an administrator allow unsolicited responses.")
    }
    func unknown(_ detail: String) -> Refusal {
        Refusal(code: .requestUnknown, detail: detail, remedy: "Start again from the sign-in page.")
    }
    guard facts.requestIsOurs else {
        return unknown("The response answers a request that was not made here for this organization.")
    }
    let end = Instant(nanoseconds: facts.requestInstant).adding(seconds: RequestID.lifetimeSeconds)
    guard Instant(nanoseconds: facts.instant) <= end else {
        return unknown("A request may be answered within 15 minutes; this one is older.")
    }
    guard facts.answeredBy == 0 else {
        return unknown(
            "A request is answered once; this one was answered by the login recorded as \(facts.answeredBy).")
    }
    guard facts.requestCookie else {
        return Refusal(
            code: .requestOtherBrowser,
            detail: "The login began in another browser, or this one did not keep its cookie.",
            remedy: "Start again from the sign-in page, in this browser, with cookies allowed.")
    }
    return nil
}

private func refuseDomain(_ claims: Claims, _ facts: SignOnFacts, _ policy: Policy) -> Refusal? {
    // An identity provider can assert any address: new ones come from domains that were proved, where any were.
    let isNew = !facts.userKnown || facts.knownByPersistentID
    if isNew, !facts.verifiedDomains.isEmpty, !facts.verifiedDomains.contains(claims.email.domain) {
        return Refusal(
            code: .emailDomainNotAllowed,
            detail:
                "An address that is new here must be of a proved domain (\(facts.verifiedDomains.joined(separator: ", "))); it is of another one.",
            remedy: "Sign in with your work address, or let an administrator prove this domain.")
    }
    guard !policy.allowedEmailDomains.isEmpty, !policy.allowedEmailDomains.contains(claims.email.domain) else {
        return nil
    }
    return Refusal(
        code: .emailDomainNotAllowed,
        detail:
            "The e-mail address must be of \(policy.allowedEmailDomains.joined(separator: ", ")); it is of another domain.",
        remedy: "Sign in with your work address, or let an administrator allow this domain.")
}

// A person who is known by a persistent NameID comes with another address: theirs, if nobody has it, never a second person.
private func refuseMove(_ facts: SignOnFacts) -> Refusal? {
    guard facts.knownByPersistentID && facts.addressTaken else { return nil }
    return Refusal(
        code: .provisioningDisabled,
        detail: "This person is known here under another address, and the address that came now belongs to another user.",
        remedy: "Let an administrator erase or correct one of the two users, or give the person another address at the identity provider.")
}

private func refuseUser(_ facts: SignOnFacts, _ policy: Policy) -> Refusal? {
    if facts.userKnown && !facts.userActive {
        return Refusal(
            code: .userDeactivated, detail: "This user was deactivated.",
            remedy: "Ask your administrator to reactivate you.")
    }
    // A test of the connection makes no session and no user, so that an administrator can run it before anyone is converted.
    if facts.test { return nil }
    if facts.userKnown {
        guard !facts.userConverted else { return nil }
        return Refusal(
            code: .userNotConverted,
            detail: "This user signs in with a password and was not converted to single sign-on yet.",
            remedy: "Sign in with your password, or let an administrator convert you.")
    }
    guard !policy.provisionUsers else { return nil }
    return Refusal(
        code: .provisioningDisabled,
        detail: "No user has this address, and this organization does not make users at their first login.",
        remedy: "Ask your administrator to add you.")
}

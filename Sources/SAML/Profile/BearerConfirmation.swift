/// The one bearer confirmation that satisfies all conditions (profiles §4.1.4.2; C30, C31).
func findBearer(_ assertion: Assertion, _ facts: JudgmentFacts) throws(Refusal) -> Assertion.Confirmation {
    var first: Refusal?
    for confirmation in assertion.confirmations where confirmation.method == Names.bearer {
        do throws(Refusal) {
            try check(confirmation, facts)
            return confirmation
        } catch {
            if first == nil { first = error }
        }
    }
    throw first
        ?? Refusal(
            .subjectConfirmationMissing, "The subject must have a bearer confirmation; it has none.",
            remedy: "Use the Web Browser SSO profile at the identity provider.")
}

private func check(_ confirmation: Assertion.Confirmation, _ facts: JudgmentFacts) throws(Refusal) {
    guard confirmation.hasData else {
        throw Refusal(.subjectConfirmationMissing, "The bearer confirmation must have SubjectConfirmationData; it has none.")
    }
    guard let recipient = confirmation.recipient else {
        throw Refusal(.recipientMismatch, "The Recipient must be \(expected(facts)); there is none.", remedy: remedy(facts))
    }
    guard facts.acsURLs.contains(where: { same($0, recipient) }) else {
        throw Refusal(.recipientMismatch, "The Recipient must be \(expected(facts)); it is \(quoted(recipient)).", remedy: remedy(facts))
    }
    guard let end = confirmation.notOnOrAfter else {
        throw Refusal(.subjectConfirmationMissing, "The bearer confirmation must have NotOnOrAfter; it has none.")
    }
    try facts.checkBegin(confirmation.notBefore, "The bearer confirmation")
    try facts.checkEnd(end, "The bearer confirmation")
}

/// Where the Response was sent (bindings §3.5.5.2; C30): compared as it is, nothing normalized.
func checkDestination(_ destination: String?, _ facts: JudgmentFacts) throws(Refusal) -> String {
    guard let destination else { return "None is named." }
    guard facts.acsURLs.contains(where: { same($0, destination) }) else {
        throw Refusal(
            .destinationMismatch, "The Destination must be \(expected(facts)); it is \(quoted(destination)).",
            remedy: remedy(facts))
    }
    return "It is \(quoted(destination))."
}

private func expected(_ facts: JudgmentFacts) -> String { facts.acsURLs.map(quoted).joined(separator: " or ") }

private func remedy(_ facts: JudgmentFacts) -> String {
    "At the identity provider, set the Assertion Consumer Service URL (Single sign-on URL, Reply URL, ACS URL) to \(facts.acsURLs.first ?? "this organization's")."
}

/// Which request is answered (C34): read from verified bytes; in both places it must be the same.
///
/// - Parameters:
///   - confirmed: Of the bearer confirmation, verified.
///   - response: Of the Response.
///   - responseIsSigned: Whether `response` is verified, too.
/// - Returns: nil: unsolicited.
func correlate(confirmed: String?, response: String?, responseIsSigned: Bool) throws(Refusal) -> String? {
    let remedy =
        "Start again from the sign-in page. If the identity provider began this login, let it send no InResponseTo (in Rippling: “Disable InResponseTo field in assertions for IdP initiated SSO”)."
    switch (confirmed, response) {
    case (nil, nil): return nil
    case (let confirmed?, nil): return confirmed
    case (nil, let response?):
        guard responseIsSigned else {
            throw Refusal(
                .requestUnknown, "InResponseTo must stand in signed bytes; it stands on an unsigned Response alone.",
                remedy: remedy)
        }
        return response
    case (let confirmed?, let response?):
        guard same(confirmed, response) else {
            throw Refusal(
                .requestUnknown, "InResponseTo must be the same everywhere; the Response and the assertion differ.",
                remedy: remedy)
        }
        return confirmed
    }
}

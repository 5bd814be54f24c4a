extension RefusalTexts {
    private static let elsewhere =
        "The answer of your organization's identity provider is made out to another address. You did nothing wrong."
    private static let clocks = "Set the clocks of the identity provider and of this server by NTP."

    /// Whom the response is from and for, when, and which request it answers.
    static let facts: [String: RefusalText] = [
        "issuer_mismatch": RefusalText(
            "From another identity provider",
            happened: "The answer comes from an identity provider that your organization has not named here.",
            again: .no, ask: .administrator, person: onlyAnAdministrator,
            causes: [
                "The metadata that was saved is that of another application, tenant or realm than the one that answers.",
                "The identity provider's entity ID was changed, with its host name for example.",
            ],
            changes: ["Get the metadata of the application that people sign in with, and save it on the settings page."]),
        "destination_mismatch": RefusalText(
            "Sent to another address", happened: elsewhere, again: .no, ask: .administrator, person: onlyAnAdministrator,
            causes: ["The response's Destination is not this organization's Assertion Consumer Service URL, letter for letter."],
            changes: [
                "At the identity provider, set the Assertion Consumer Service URL to that of the settings page, with what follows its question mark.",
                "If it has a field of its own for the destination, set it to the same.",
            ]),
        "recipient_mismatch": RefusalText(
            "Made out to another address", happened: elsewhere, again: .no, ask: .administrator, person: onlyAnAdministrator,
            causes: [
                "The assertion's Recipient is not this organization's Assertion Consumer Service URL, letter for letter.",
                "The identity provider still has an old address: another host, http for https, a missing ?org=….",
            ],
            changes: [
                "At the identity provider, set the Assertion Consumer Service URL to that of the settings page, with what follows its question mark.",
                "If it has a field of its own for the recipient, set it to the same.",
            ]),
        "audience_mismatch": RefusalText(
            "Meant for another application",
            happened: "The answer of your organization's identity provider is meant for another application.",
            again: .no, ask: .administrator, person: onlyAnAdministrator,
            causes: [
                "The audience, or entity ID, that the identity provider has for this application is not the one of the settings page.",
                "The person started another application's tile, which posts here.",
            ],
            changes: [
                "At the identity provider, set the audience to the Audience URI (Entity ID) of the settings page, with what follows its question mark."
            ]),
        "not_yet_valid": RefusalText(
            "Not valid yet", happened: "By this server's clock, the answer of your identity provider begins to hold only later.",
            again: .later,
            ask: .administrator, person: "Try again in a minute.",
            causes: ["The identity provider's clock goes ahead of this server's by more than clockSkewSeconds of the policy (60 seconds)."],
            changes: [clocks, "Until that is done, clockSkewSeconds of the policy can be raised to 300."]),
        "expired": RefusalText(
            "Too late", happened: "The answer of your identity provider had ended when it arrived here.", again: .now, ask: .administrator,
            person: startAgain,
            causes: [
                "The person waited on a page in between, or went back in the browser, for longer than the assertion lasts.",
                "The identity provider's clock goes behind this server's, or its assertions last for very few seconds.",
            ],
            changes: [clocks, "At the identity provider, let assertions last for five minutes."]),
        "subject_confirmation_missing": RefusalText(
            "No confirmation of the person", happened: unusable, again: .no, ask: .administrator, person: onlyAnAdministrator,
            causes: ["The assertion has no bearer confirmation with an end, as the Web Browser SSO profile asks for."],
            changes: ["At the identity provider, use the Web Browser SSO profile: a bearer confirmation with Recipient and NotOnOrAfter."]),
        "request_unknown": RefusalText(
            "The login was not begun here", happened: "The answer belongs to a login that began too long ago, or that is finished already.",
            again: .now, ask: .administrator, person: startAgain,
            causes: [
                "More than 15 minutes passed between the start of the login and the answer.",
                "The same login was answered before: the person went back in the browser.",
                "The identity provider puts the ID of an old request into a login that it begins itself.",
            ],
            changes: ["If the identity provider begins logins itself, let it leave InResponseTo out of them."]),
        "request_other_browser": RefusalText(
            "The login began elsewhere", happened: "The login began in another browser or window, or this browser kept no cookie of it.",
            again: .now, ask: .administrator, person: "Start again from the sign-in page, in this browser, with cookies allowed.",
            causes: [
                "The person opened a link of the identity provider's in another browser, or on a telephone.",
                "The browser refuses or deletes cookies, or is in a private window that was closed.",
            ],
            changes: ["Allow cookies for this host in managed browsers."]),
        "unsolicited_not_allowed": RefusalText(
            "Begin at the sign-in page", happened: "Your organization lets logins begin at the sign-in page only.", again: .now,
            ask: .administrator, person: "Start from the sign-in page, not from your organization's list of applications.",
            causes: ["The identity provider began this login, and the organization's policy says that allowUnsolicited is false."],
            changes: [
                "Let the tile at the identity provider open the Login URL of the settings page.",
                "Or set allowUnsolicited in the policy.",
            ]),
        "replayed": RefusalText(
            "Used already", happened: "The answer of your identity provider has been used already: it is good for one login.", again: .now,
            ask: .nobody, person: startAgain,
            causes: [
                "The page was reloaded, or the person went back in the browser: harmless.",
                "Someone sent a copy of a response that was used before.",
            ],
            changes: [
                "Nothing, where it happens now and then. If it happens often, the login's page names the login that used it first: compare both."
            ]),
    ]
}

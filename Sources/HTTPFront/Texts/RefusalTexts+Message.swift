extension RefusalTexts {
    /// The response as a message: its encoding, its form, its status.
    static let message: [String: RefusalText] = [
        "base64_malformed": RefusalText(
            "The response's encoding is broken", happened: unusable, again: .no, ask: .administrator, person: onlyAnAdministrator,
            causes: [
                "The field SAMLResponse is not base64, or something in between changed it: spaces in the place of plus signs are usual.",
                "The response was sent with the HTTP-Redirect binding, which compresses it.",
            ],
            changes: ["At the identity provider, choose the HTTP-POST binding.", "Look for a proxy in between that rewrites forms."]),
        "xml_malformed": RefusalText(
            "The response's XML is broken", happened: unusable, again: .now, ask: .administrator, person: startAgain,
            causes: [
                "What arrived is not well-formed XML in UTF-8, or goes beyond the limits of depth and size.",
                "A proxy or a browser's extension changed the message.",
            ],
            changes: [
                "At the identity provider, keep to UTF-8 and to plain values in what attributes are made of.",
                "Look for something in between that changes forms.",
            ]),
        "doctype_forbidden": RefusalText(
            "The response holds a DOCTYPE", happened: unusable, again: .no, ask: .administrator, person: onlyAnAdministrator,
            causes: ["The message begins with a document type declaration. No SAML product sends one; attacks on XML parsers do."],
            changes: ["Find out what sent this: the login's page shows when it came and what it claims to be."]),
        "schema_violation": RefusalText(
            "The response has another form", happened: unusable, again: .no, ask: .administrator, person: onlyAnAdministrator,
            causes: [
                "An element that must be there is missing, stands where it may not, or comes twice: two assertions, a comment, an unknown condition.",
                "A signature was placed elsewhere than the standard puts it, as in attacks that wrap a signed element.",
            ],
            changes: [
                "Read in the login's page which element it is. Behind it stands a template or a plug-in of the identity provider, or a faulty version of it.",
                "Let the identity provider send one assertion, with a subject and an authentication statement.",
            ]),
        "duplicate_id": RefusalText(
            "The response uses an ID twice", happened: unusable, again: .no, ask: .administrator, person: onlyAnAdministrator,
            causes: ["Two elements of the message carry the same ID, so that a signature could mean either of them."],
            changes: ["Update the identity provider: its IDs must be unique. If it does so already, find out what changed the message."]),
        "version_unsupported": RefusalText(
            "Another version of SAML", happened: unusable, again: .no, ask: .administrator, person: onlyAnAdministrator,
            causes: ["The response is of SAML 1.1, or of WS-Federation; SAML 2.0 is read here."],
            changes: ["At the identity provider, set this application up as SAML 2.0."]),
        "status_not_success": RefusalText(
            "Your identity provider refused the login",
            happened: "Your organization's identity provider itself did not let you in to this application.", again: .no,
            ask: .administrator,
            person: "Ask your administrator for access to this application. If you cancelled the sign-in, try again.",
            causes: [
                "The application is not assigned to the person at the identity provider.",
                "The person cancelled, or failed, the sign-in or its second factor.",
                "The request asks for something that the identity provider doesn't offer: a NameID format, a kind of authentication.",
                "The identity provider expects signed requests, or does not know the certificate that they are signed with.",
            ],
            changes: [
                "At the identity provider, assign the application to the person or to a group of theirs.",
                "Its own log says why: look for the same minute.",
                "Leave nameIDFormat and requestedAuthnContext of the policy empty, unless they are needed.",
                "If it expects signed requests, set signRequests in the policy and give it our metadata again.",
            ]),
    ]
}

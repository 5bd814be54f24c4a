extension RefusalTexts {
    /// Before a response is looked at.
    static let reaching: [String: RefusalText] = [
        "organization_unknown": RefusalText(
            "No such organization", happened: "No organization could be found by what was given.", again: .no, ask: .administrator,
            person: "Check the address, the Organization ID or the e-mail address for a slip, or ask for the login URL.",
            causes: [
                "The Organization ID in the address was mistyped, or cut off when it was copied.",
                "The identity provider drops what stands after the question mark of the Assertion Consumer Service URL.",
                "At the sign-in page: the e-mail address's domain belongs to no organization here, or to several.",
            ],
            changes: [
                "At the identity provider, copy the Assertion Consumer Service URL from the settings page once more, with what follows its question mark.",
                "If it drops that ending, use the other form that the settings page offers: /saml/acs/ followed by the Organization ID.",
                "Prove the e-mail domain on the settings page, so that people find the organization by their address.",
            ]),
        "organization_not_configured": RefusalText(
            "Single sign-on is not set up yet", happened: "Your organization has not finished setting up single sign-on.", again: .no,
            ask: .administrator, person: "Sign in as you did before, or ask your administrator when single sign-on begins.",
            causes: ["No metadata of an identity provider has been saved for this organization."],
            changes: [
                "Save the identity provider's metadata on the settings page, as Metadata file or by Metadata URL.",
                "The settings page is reached with a setup link; whoever runs this service makes one.",
            ]),
        "request_malformed": RefusalText(
            "The request could not be read", happened: "What arrived was not what this address expects.", again: .now, ask: .support,
            person: startAgain,
            causes: [
                "A page was reloaded, or an address opened that takes posted forms only.",
                "The identity provider does not send with the HTTP-POST binding, or leaves the field SAMLResponse out.",
                "A field or the parameter org comes twice, is not percent-encoded UTF-8, or the body did not arrive within 10 seconds.",
            ],
            changes: [
                "At the identity provider, choose the HTTP-POST binding for the Assertion Consumer Service URL.",
                "Look for a proxy in between that rewrites forms or addresses.",
            ]),
        "too_large": RefusalText(
            "Too large", happened: "Your identity provider sent more than is read here. You did nothing wrong.", again: .no,
            ask: .administrator, person: onlyAnAdministrator,
            causes: [
                "The identity provider sends very many attributes or groups: a message may have 256 KiB, a form 512 KiB.",
                "A request's header is larger than 16 KiB, as with very many cookies for one host.",
            ],
            changes: [
                "At the identity provider, send only the groups and attributes that are needed: those assigned to this application, not all."
            ]),
        "too_many_requests": RefusalText(
            "Too many attempts", happened: "There were too many refused attempts from your network within a minute.", again: .later,
            ask: .administrator, person: "Wait a minute, then try again.",
            causes: [
                "Many refused posts came from one address: 300 a minute, or what --refusal-limit says. Accepted logins never count.",
                "Many people behind one proxy, whose forwarded addresses are not believed, are counted as one.",
                "More than 20 look-ups at the sign-in page, 5 setup links, or 10 responses that could not be decrypted failed within a minute.",
            ],
            changes: [
                "Look at the logins page: refusals of one kind from everybody show what to mend first.",
                "Whoever runs this service: name the proxy with --trusted-proxy, or raise --refusal-limit.",
            ]),
        "ledger_unavailable": RefusalText(
            "Not available at the moment", happened: "This service can't record anything at the moment, so it signs nobody in.",
            again: .later, ask: .support, person: "Try again in a few minutes.",
            causes: ["The disk is full, the ledger can't be opened, or a key of this service can't be read."],
            changes: [
                "Whoever runs this service: look at the server's log and at /readyz; free disk space if there is none. Nothing was recorded, nothing was lost."
            ]),
        "overloaded": RefusalText(
            "Too busy at the moment", happened: "This service has more to do at the moment than it has room for.", again: .later,
            ask: .support, person: "Try again in a few seconds.",
            causes: ["More requests are being answered at this moment than the server has memory or processors for."],
            changes: ["Whoever runs this service: look at /metrics, and give the server more processors if this lasts."]),
    ]
}

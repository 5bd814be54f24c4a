extension RefusalTexts {
    /// Who the response is about, and whether they may come in.
    static let person: [String: RefusalText] = [
        "email_missing": RefusalText(
            "No e-mail address came", happened: "Your identity provider did not say what your e-mail address is.", again: .no,
            ask: .administrator, person: onlyAnAdministrator,
            causes: [
                "The NameID is no e-mail address (a user name, or a random ID), and no attribute has one.",
                "The person's record at the identity provider has no e-mail address.",
                "The policy's attributeMapping names an attribute as email that is not sent.",
            ],
            changes: [
                "At the identity provider, set the NameID to the e-mail address (format emailAddress), or send an attribute email.",
                "Give the person's record an e-mail address.",
                "Correct attributeMapping in the policy: the login's page lists every attribute that came.",
            ]),
        "email_not_an_address": RefusalText(
            "No usable e-mail address came", happened: "What your identity provider sent as your e-mail address is none.", again: .no,
            ask: .administrator, person: onlyAnAdministrator,
            causes: [
                "The attribute that is mapped as e-mail address holds something else, or several addresses.",
                "The address has spaces or letters that an address can't have.",
            ],
            changes: ["At the identity provider, let that attribute hold the primary address only, as plain text."]),
        "email_domain_not_allowed": RefusalText(
            "An e-mail address of another domain", happened: "Your organization does not let addresses of this domain sign in.", again: .no,
            ask: .administrator, person: "Sign in with your work address; if this is your work address, ask your administrator.",
            causes: [
                "The policy's allowedEmailDomains does not have the address's domain.",
                "The organization has proved domains, the person is new here, and the address is of none of them.",
            ],
            changes: ["Add the domain to allowedEmailDomains in the policy, or prove it on the settings page."]),
        "user_not_converted": RefusalText(
            "Still signing in with a password", happened: "Your user was not moved to single sign-on yet.", again: .no, ask: .administrator,
            person: "Sign in with your password as before, or ask your administrator to convert you.",
            causes: ["The user was there before single sign-on, and signs in with a password until an administrator converts them."],
            changes: ["Convert the user, or everyone, on the conversion page."]),
        "user_deactivated": RefusalText(
            "Your access was ended", happened: "An administrator ended your access to this application.", again: .no, ask: .administrator,
            person: "Ask your administrator, if you should have access.",
            causes: ["The user was deactivated on the users page, or by the administration API."],
            changes: ["Reactivate the user on the users page."]),
        "provisioning_disabled": RefusalText(
            "No user here yet", happened: "You are known to your organization, but there is no user for you here.", again: .no,
            ask: .administrator, person: "Ask your administrator to add you.",
            causes: [
                "No user has this address, and the policy says that provisionUsers is false.",
                "The person is known here under another address, and the one that came belongs to another user.",
            ],
            changes: [
                "Add the user, with the administration API or an import, or set provisionUsers in the policy.",
                "Where two users share what is one person, erase or correct one of them.",
            ]),
    ]
}

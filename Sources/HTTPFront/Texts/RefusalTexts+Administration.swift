extension RefusalTexts {
    /// Of the pages for administrators and of the administration API, beside those of logins.
    static let administration: [String: RefusalText] = [
        "unauthorized": RefusalText(
            "Sign in first", happened: "Nobody is signed in in this browser, or the session has ended.", again: .now, ask: .administrator,
            person: "Sign in to go on. While single sign-on itself does not work, a setup link opens an organization's pages.",
            causes: [
                "Nobody is signed in in this browser, or the session has ended.", "The setup session, of 8 hours, has ended.",
                "A program sent no token, or one that has expired or was revoked.",
            ],
            changes: ["Ask whoever runs this service for a new setup link, or a new token."]),
        "forbidden": RefusalText(
            "Not yours to do", again: .no, ask: .administrator, person: "Ask someone who has the role for it.",
            causes: [
                "The page or the command asks for a role that this user or token does not have.",
                "A setup link was used already, or is too old.",
                "A form came from another site, or from a page that was opened too long ago.",
            ],
            changes: [
                "Give the role on the users page, or make a new setup link or token.", "Open the page again, and send its form again.",
            ]),
        "not_found": RefusalText(
            "Nothing here", again: .no, ask: .support, person: "Check the address, or begin at the home page.",
            causes: ["The address was mistyped, or names something that is not there, or not this organization's."],
            changes: ["Look the ID or the reference up in the list that it comes from."]),
        "conflict": RefusalText(
            "At odds with what is there", again: .no, ask: .nobody, person: "Open the page again, and look at what is there now.",
            causes: [
                "It is there already, and would be there twice.", "Someone else changed the same meanwhile.",
                "The change would lock people out, and was not confirmed.",
            ],
            changes: ["Compare with what is there now, and send the change again if it is still wanted."]),
        "invalid_request": RefusalText(
            "Something in it can't be used", again: .no, ask: .support, person: "Correct what the sentence names, and send it again.",
            causes: ["A field or member is missing, unknown, or holds a value that it can't have; the sentence names it."],
            changes: ["Correct it; the description of the administration API at /v1/openapi.json says what each member may hold."]),
        "metadata_invalid": RefusalText(
            "The metadata can't be used", again: .no, ask: .nobody, person: "Get the metadata from the identity provider again.",
            causes: [
                "The document is no SAML metadata: often a web page, or the service provider's own metadata.",
                "It describes several identity providers and none was chosen, or none that can be used.",
                "An address in it is not https, or it is past its validUntil.",
            ],
            changes: [
                "Download the metadata (federation metadata XML) from the identity provider, and save it as it is.",
                "Where it describes several, name the entity ID.",
            ]),
        "no_signing_key": RefusalText(
            "No key to verify signatures with", again: .no, ask: .nobody,
            person: "Get metadata with the signing certificate from the identity provider.",
            causes: ["The metadata has no certificate for signing, or only ones that can't be used."],
            changes: ["Make or activate a signing certificate at the identity provider, then download its metadata again."]),
        "metadata_unreachable": RefusalText(
            "The metadata can't be fetched", again: .later, ask: .nobody, person: "Check the address, or save the metadata as a file.",
            causes: ["No answer came from the Metadata URL within 10 seconds, or another status than 200, or more than 2 MiB."],
            changes: [
                "Open the address in a browser. If it asks for a sign-in, or only your network reaches it, save the metadata as a file."
            ]),
        "metadata_address_forbidden": RefusalText(
            "Metadata is not fetched from there", again: .no, ask: .nobody, person: "Save the metadata as a file instead.",
            causes: ["The Metadata URL is not https, names a private or local address, or a port other than 443 and 8443."],
            changes: [
                "Save the metadata as Metadata file.",
                "Whoever runs this service beside the identity provider in one network: serve --allow-private-metadata.",
            ]),
        "metadata_change_held": RefusalText(
            "A change waits for approval", again: .no, ask: .nobody,
            person: "Look at the change on the settings page, and approve it there.",
            causes: [
                "The identity provider's metadata now has another entity ID or sign-on host, or lacks the key that people last signed in with."
            ],
            changes: ["Compare it with what the identity provider itself shows; then approve it on the settings page."]),
        "last_owner": RefusalText(
            "The only owner", again: .no, ask: .nobody, person: "Make someone else an owner first.",
            causes: [
                "No change of roles leaves an account that has an owner without one.",
                "Only an operator of this service deactivates or erases the last owner of an account.",
            ],
            changes: ["Make another user an owner on the users page, then repeat the change."]),
        "conversion_untested": RefusalText(
            "Nobody has tried it yet", again: .no, ask: .nobody,
            person: "Convert one user, and let them sign in, before you convert everyone.",
            causes: ["No converted user has signed in since the identity provider was last configured, so everyone could be locked out."],
            changes: [
                "Convert one user on the conversion page, let them sign in, then convert the rest.",
                "Whoever is certain: convert with force.",
            ]),
        "domain_not_proved": RefusalText(
            "The domain is not proved", again: .later, ask: .nobody, person: "Set the DNS record, wait a few minutes, and prove it then.",
            causes: [
                "The TXT record is not there, has another value, or has not reached the DNS servers yet.",
                "Another organization has proved the domain.",
            ],
            changes: ["At whoever runs the domain, set the TXT record with the name and the value that the settings page shows."]),
    ]
}

extension RefusalTexts {
    private static let unsigned =
        "It could not be proved that the answer comes from your organization's identity provider. You did nothing wrong."
    private static let saveMetadataAgain =
        "Get the identity provider's metadata again and save it on the settings page; by Metadata URL it is kept up to date from then on."

    /// Signatures, keys and encryption.
    static let signature: [String: RefusalText] = [
        "signature_missing": RefusalText(
            "The response is not signed", happened: unsigned, again: .no, ask: .administrator, person: onlyAnAdministrator,
            causes: [
                "The identity provider signs neither the response nor the assertion, or not the one that the policy asks for.",
                "A logout message came without a signature.",
            ],
            changes: [
                "At the identity provider, turn on signing of the assertion, or of the response as well.",
                "If the policy says requireSignedAssertion, a signature over the response alone is not enough.",
            ]),
        "signature_malformed": RefusalText(
            "The signature has another form", happened: unsigned, again: .no, ask: .administrator, person: onlyAnAdministrator,
            causes: ["The signature's element is not built as XML Signature has it: a part is missing, comes twice, or is not base64."],
            changes: ["Update the identity provider, or take out what changes its messages."]),
        "signature_invalid": RefusalText(
            "The signature does not hold", happened: unsigned, again: .no, ask: .administrator, person: onlyAnAdministrator,
            causes: [
                "The identity provider signs with a new key, whose certificate was not saved here.",
                "The metadata that was saved is that of another application, tenant or environment.",
                "Something in between changed the message.",
            ],
            changes: [
                saveMetadataAgain, "Compare the certificate's SHA-256 fingerprint at the identity provider with that on the settings page.",
            ]),
        "certificate_untrusted": RefusalText(
            "Signed with an unknown certificate", happened: unsigned, again: .no, ask: .administrator, person: onlyAnAdministrator,
            causes: [
                "The identity provider changed its signing certificate: the message names one that was not saved here.",
                "The message comes from another application, tenant or environment of the identity provider.",
            ],
            changes: [
                saveMetadataAgain,
                "If the metadata is fetched by its URL, look whether a change waits on the settings page to be approved.",
                "If nobody changed a certificate, find out who sent this before anything is saved.",
            ]),
        "certificate_expired": RefusalText(
            "The signing certificate has ended", happened: "Your identity provider's certificate is past its end. You did nothing wrong.",
            again: .no, ask: .administrator, person: onlyAnAdministrator,
            causes: ["The certificate that signed is past its notAfter, and this organization's policy says refuseExpiredCertificates."],
            changes: [
                "Renew the signing certificate at the identity provider, then save its metadata here.",
                "Until then, refuseExpiredCertificates of the policy can be turned off: the key is as good as it was.",
            ]),
        "algorithm_forbidden": RefusalText(
            "A forbidden algorithm", happened: "Your identity provider uses a way of signing that is no longer safe.", again: .no,
            ask: .administrator, person: onlyAnAdministrator,
            causes: [
                "The signature or a digest is made with SHA-1 or MD5, or with a transform that isn't allowed.",
                "The assertion's key is encrypted with RSA 1.5.",
            ],
            changes: [
                "At the identity provider, set the signature algorithm to RSA-SHA256 and the digest to SHA-256.",
                "For encryption choose RSA-OAEP with AES-GCM.",
                "If it can't do so yet, allowSHA1Until of the policy lets SHA-1 pass until an instant, and each such login is noted.",
            ]),
        "key_too_weak": RefusalText(
            "The key is too weak", happened: "Your identity provider signs with a key that is too short to be safe.", again: .no,
            ask: .administrator, person: onlyAnAdministrator,
            causes: ["The RSA key that signs has fewer than 2048 bits."],
            changes: ["Make a new signing certificate of 2048 bits or more at the identity provider, then save its metadata here."]),
        "reference_mismatch": RefusalText(
            "What was signed is not what came", happened: unsigned, again: .no, ask: .administrator, person: onlyAnAdministrator,
            causes: [
                "The message was changed after it was signed: by a proxy, a browser's extension, or an attacker.",
                "The signature refers to another element than the one it stands in.",
            ],
            changes: [
                "Take out whatever changes the message between the identity provider and the browser.",
                "If only some people are concerned, compare their browsers' extensions and networks.",
            ]),
        "canonicalization_failed": RefusalText(
            "The signed part can't be read unambiguously", happened: unsigned, again: .no, ask: .administrator, person: onlyAnAdministrator,
            causes: [
                "The signed element has no canonical form: a namespace's name is relative or empty, or there are far too many of them."
            ],
            changes: ["Take namespaces that are no absolute addresses out of the identity provider's attribute templates."]),
        "encryption_unreadable": RefusalText(
            "The response can't be decrypted",
            happened: "Your identity provider's answer could not be opened here. You did nothing wrong.", again: .no, ask: .administrator,
            person: onlyAnAdministrator,
            causes: [
                "The assertion is encrypted for another certificate: an old one, or one of another organization or environment.",
                "What was decrypted is not signed, or its signature does not hold. For safety these are told apart nowhere.",
            ],
            changes: [
                "At the identity provider, take the encryption certificate from our current metadata, which the settings page links.",
                "Leave signing of the assertion on beside encryption.",
                "If it came with a new certificate of the identity provider's, save its metadata here as well.",
            ]),
        "encryption_required": RefusalText(
            "The response must be encrypted", happened: "Your organization asks for encrypted answers, and this one was not encrypted.",
            again: .no, ask: .administrator, person: onlyAnAdministrator,
            causes: [
                "This organization's policy says requireEncryptedAssertion, and the identity provider sent the assertion in the clear."
            ],
            changes: [
                "At the identity provider, turn on assertion encryption with the certificate of our metadata.",
                "Or turn requireEncryptedAssertion of the policy off.",
            ]),
    ]
}

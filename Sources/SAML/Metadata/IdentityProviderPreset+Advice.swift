/// What a product calls the things that people get wrong there, as its own pages name them.
private struct Words {
    /// Where the Assertion Consumer Service URL goes.
    let acs: String
    /// Where the Audience URI goes.
    let audience: String
    /// How the e-mail address gets into the response.
    let email: String
    /// Where the metadata comes from.
    let metadata: String
    /// How responses are signed with SHA-256, where that is a setting.
    var signing: String?
    /// How assertions are encrypted, where that is a setting.
    var encryption: String?
}

extension IdentityProviderPreset {
    /// What to change in this product when a response was refused; nil: nothing that is this product's own.
    public func advice(for code: RefusalCode) -> String? {
        let words = words
        switch code {
        case .audienceMismatch: return "In \(rawValue), set \(words.audience) to the Audience URI of the settings page."
        case .recipientMismatch, .destinationMismatch:
            return "In \(rawValue), set \(words.acs) to the Assertion Consumer Service URL of the settings page."
        case .emailMissing, .emailNotAnAddress: return "In \(rawValue), \(words.email)."
        case .certificateUntrusted, .signatureInvalid, .issuerMismatch:
            return "In \(rawValue), get the metadata again (\(words.metadata)) and save it on the settings page."
        case .signatureMissing, .algorithmForbidden: return words.signing.map { "In \(rawValue), \($0)." }
        case .encryptionRequired, .encryptionUnreadable: return words.encryption.map { "In \(rawValue), \($0)." }
        case .requestUnknown where self == .rippling:
            return "In Rippling, turn on “Disable InResponseTo field in assertions for IdP initiated SSO”."
        case .statusNotSuccess where self == .entraID:
            return "In Microsoft Entra ID, assign the person to the enterprise application (AADSTS50105 says that it is missing)."
        case .statusNotSuccess where self == .google:
            return "In Google Workspace, turn the application on for the person's organizational unit; it takes up to a day."
        case .statusNotSuccess where self == .pingOne: return "In PingOne, switch the application on, and give the person access to it."
        default: return nil
        }
    }

    private var words: Words {
        switch self {
        case .okta:
            Words(
                acs: "“Single sign-on URL” (and keep “Use this for Recipient URL and Destination URL”)",
                audience: "“Audience URI (SP Entity ID)”",
                email: "set “Name ID format” to EmailAddress and “Application username” to Email",
                metadata: "“Sign On” tab, “Metadata URL”",
                signing:
                    "under “Show Advanced Settings”, set “Response” or “Assertion Signature” to Signed and “Signature Algorithm” to RSA-SHA256",
                encryption: "under “Show Advanced Settings”, set “Assertion Encryption” to Encrypted with our certificate")
        case .entraID:
            Words(
                acs: "“Reply URL (Assertion Consumer Service URL)”", audience: "“Identifier (Entity ID)”",
                email: "under “Attributes & Claims”, set “Unique User Identifier (Name ID)” to user.mail",
                metadata: "“App Federation Metadata Url”",
                signing:
                    "under “SAML Certificates”, set “Signing Option” to “Sign SAML response and assertion” and “Signing Algorithm” to SHA-256",
                encryption: "under “Token encryption”, import the certificate of our metadata and activate it")
        case .google:
            Words(
                acs: "“ACS URL”", audience: "“Entity ID”", email: "set “Name ID” to Basic Information > Primary email",
                metadata: "“DOWNLOAD METADATA”", signing: "leave the assertion signed, or tick “Signed response”")
        case .oneLogin:
            Words(
                acs: "“ACS (Consumer) URL”, “Recipient” and, escaped, “ACS (Consumer) URL Validator”", audience: "“Audience (EntityID)”",
                email: "set the “NameID value” parameter to Email", metadata: "“More Actions” > “SAML Metadata”",
                signing: "set “SAML signature element” to Both and, on the SSO tab, “SAML Signature Algorithm” to SHA-256",
                encryption: "tick “Encrypt assertion” and paste our certificate as “Public key”")
        case .auth0:
            Words(
                acs: "“Application Callback URL”", audience: "`audience` in the “Settings” JSON of the SAML2 add-on",
                email: "put the e-mail claim first in `nameIdentifierProbes` of the “Settings” JSON",
                metadata: "“Usage” tab, “Identity Provider Metadata”",
                signing:
                    "set `signatureAlgorithm` to rsa-sha256 and `digestAlgorithm` to sha256 in the “Settings” JSON; it signs with SHA-1 else",
                encryption: "set `encryptionCert` and `encryptionPublicKey` in the “Settings” JSON")
        case .adfs:
            Words(
                acs: "the SAML assertion consumer endpoint of the relying party trust", audience: "“Relying party trust identifier”",
                email: "add claim rules: E-Mail-Addresses to “E-Mail Address”, then E-Mail Address to “Name ID” in the format Email",
                metadata: "/FederationMetadata/2007-06/FederationMetadata.xml",
                signing: "set “Secure hash algorithm” on the trust's “Advanced” tab to SHA-256",
                encryption: "update the trust from our metadata, which has the encryption certificate")
        case .keycloak:
            Words(
                acs: "“Valid redirect URIs” and “Assertion Consumer Service POST Binding URL”", audience: "“Client ID”",
                email: "set “Name ID format” to email and turn on “Force name ID format”; the user needs an e-mail address",
                metadata: "/realms/REALM/protocol/saml/descriptor",
                signing: "turn on “Sign assertions” and set “Signature algorithm” to RSA_SHA256",
                encryption: "turn on “Encrypt assertions” and import our certificate on the “Keys” tab; leave “Sign assertions” on")
        case .pingOne:
            Words(
                acs: "“ACS URLs”", audience: "“Entity ID”", email: "map `saml_subject` to Email Address under “Attribute Mappings”",
                metadata: "“Configuration” tab, “Download Metadata”",
                signing: "choose “Sign Assertion & Response” and RSA_SHA256", encryption: "turn on “Enable Encryption” with our certificate"
            )
        case .pingFederate:
            Words(
                acs: "“Assertion Consumer Service URL” of the SP connection", audience: "“Partner's Entity ID”",
                email: "map SAML_SUBJECT to the mail attribute in the attribute contract fulfillment",
                metadata: "“Metadata Export” of the connection",
                signing: "under “Signature Policy”, always sign the assertion, and choose RSA SHA256 under “Digital Signature Settings”",
                encryption: "under “Encryption Policy”, choose “The entire assertion” and our certificate, with RSA-OAEP")
        case .jumpCloud:
            Words(
                acs: "“ACS URL”", audience: "“SP Entity ID”", email: "set “SAMLSubject NameID” to email",
                metadata: "“Export Metadata”, with “Declare Redirect Endpoint” ticked",
                signing: "tick “Sign Assertion” and set “Signature Algorithm” to RSA-SHA256")
        case .shibboleth:
            Words(
                acs: "the AssertionConsumerService of our metadata, which it should load again,", audience: "the entityID of our metadata",
                email: "release `mail` to us in attribute-filter.xml, or generate a NameID of the format emailAddress in saml-nameid.xml",
                metadata: "its metadata address, /idp/shibboleth",
                signing: "leave the SHA-256 signing configuration of relying-party.xml in force")
        case .simpleSAMLphp:
            Words(
                acs: "`AssertionConsumerService` in metadata/saml20-sp-remote.php",
                audience: "the entry's name in metadata/saml20-sp-remote.php",
                email: "set `NameIDFormat` to emailAddress and `simplesaml.nameidattribute` to mail in metadata/saml20-sp-remote.php",
                metadata: "its federation page, or /saml2/idp/metadata.php",
                signing:
                    "leave `saml20.sign.assertion` true and set `signature.algorithm` to http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
                encryption: "set `assertion.encryption` to true and give our certificate")
        case .lemonLDAP:
            Words(
                acs: "the assertion consumer of our metadata, which it should load again,", audience: "the entityID of our metadata",
                email: "under “Options” of the service provider, set “Default NameID format” to Email; the session needs a `mail`",
                metadata: "/saml/metadata",
                signing: "set “Sign SSO message” of the service provider to on, and the signature method to RSA SHA256",
                encryption: "set “Encryption mode” of the service provider to Assertion")
        case .duo:
            Words(
                acs: "“Assertion Consumer Service (ACS) URL”", audience: "“Entity ID”",
                email: "set “NameID format” to emailAddress and “NameID attribute” to <Email Address>", metadata: "“Metadata URL”",
                signing: "set “Signature algorithm” to SHA256 and tick “Sign assertion”",
                encryption: "tick “Encrypt the SAML assertion” and upload our certificate")
        case .cyberArk:
            Words(
                acs: "“Assertion Consumer Service (ACS) URL”", audience: "“SP Entity ID / Issuer / Audience”",
                email: "set “NameID Format” to emailAddress and map the account to the mail attribute",
                metadata: "“Trust” page, “Metadata”",
                signing: "under “Trust”, sign the assertion or the response, with SHA256")
        case .rippling:
            Words(
                acs: "“ACS URL”", audience: "“Service Provider Entity ID”", email: "keep the Name ID at the work e-mail address",
                metadata: "“IdP Metadata URL”")
        case .authentik:
            Words(
                acs: "“ACS URL”", audience: "“Audience”", email: "choose the property mapping for Email as “NameID Property Mapping”",
                metadata: "the provider's “Metadata” tab",
                signing: "choose a “Signing Certificate”, tick “Sign assertions”, and set “Signature algorithm” to RSA-SHA256",
                encryption: "choose our certificate as “Encryption Certificate”; leave “Sign assertions” on")
        }
    }
}

extension Refusal {
    /// The same with what to change in this product, where that is known.
    public func advised(by preset: IdentityProviderPreset?) -> Refusal {
        guard let advice = preset?.advice(for: code) else { return self }
        var advised = self
        advised.remedy = advice
        return advised
    }
}

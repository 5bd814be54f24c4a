import SAML

extension Guide {
    /// In the order in which they are offered; the last one is for every other product.
    static let all: [Guide] = [
        okta, entraID, google, oneLogin, auth0, adfs, keycloak, pingOne, jumpCloud, duo, authentik, simpleSAMLphp, shibboleth, other,
    ]

    private static let okta = Guide(
        id: "okta", name: "Okta", preset: .okta,
        steps: [
            step("In the Admin Console: Applications, Create App Integration, SAML 2.0."),
            step(
                "On the Configure SAML tab fill in the two addresses. Leave “Use this for Recipient URL and Destination URL” checked.",
                ("Single sign-on URL", .acsURL), ("Audience URI (SP Entity ID)", .audienceURI)),
            step("Name ID format: EmailAddress. Application username: Email."),
            step("On the Sign On tab copy the Metadata URL; it goes into Metadata URL below."),
            step("On the Assignments tab assign the people who may sign in, yourself among them."),
        ])

    private static let entraID = Guide(
        id: "entra-id", name: "Microsoft Entra ID (Azure AD)", preset: .entraID,
        steps: [
            step("In the Entra admin center: Enterprise applications, New application, Create your own application (non-gallery)."),
            step(
                "Single sign-on, SAML, then edit Basic SAML Configuration.", ("Identifier (Entity ID)", .audienceURI),
                ("Reply URL (Assertion Consumer Service URL)", .acsURL), ("Sign on URL (Optional)", .loginURL)),
            step("Attributes & Claims: user.mail as the emailaddress claim, or as the Unique User Identifier (Name ID)."),
            step("Under SAML Certificates copy the App Federation Metadata Url; it goes into Metadata URL below."),
            step("Users and groups: assign the people who may sign in, yourself among them."),
        ])

    private static let google = Guide(
        id: "google", name: "Google Workspace", preset: .google,
        steps: [
            step("In the Admin console: Apps, Web and mobile apps, Add app, Add custom SAML app."),
            step("DOWNLOAD METADATA; that file is the Metadata file below. Continue."),
            step("Service provider details. Start URL may stay empty.", ("ACS URL", .acsURL), ("Entity ID", .audienceURI)),
            step("Name ID format: EMAIL. Name ID: Basic Information > Primary email."),
            step("Turn User access on for the people who may sign in. Google takes up to a day until everybody has it."),
        ])

    private static let oneLogin = Guide(
        id: "onelogin", name: "OneLogin", preset: .oneLogin,
        steps: [
            step("Applications, Add App, SAML Custom Connector (Advanced)."),
            step(
                "On the Configuration tab:", ("Audience (EntityID)", .audienceURI), ("Recipient", .acsURL),
                ("ACS (Consumer) URL Validator", .acsPattern), ("ACS (Consumer) URL", .acsURL)),
            step("SAML nameID format: Email. On the Parameters tab the NameID value is Email."),
            step("More Actions, SAML Metadata; that file is the Metadata file below."),
            step("On the Access tab choose the roles of the people who may sign in."),
        ])

    private static let auth0 = Guide(
        id: "auth0", name: "Auth0", preset: .auth0,
        steps: [
            step("Applications, your application, Addons, SAML2 Web App."),
            step("On the Settings tab:", ("Application Callback URL", .acsURL)),
            step(
                "In the Settings JSON set \"audience\" to this value, \"signatureAlgorithm\" to \"rsa-sha256\" and \"digestAlgorithm\" to \"sha256\".",
                ("\"audience\"", .audienceURI)),
            step("On the Usage tab copy the address of Identity Provider Metadata; it goes into Metadata URL below."),
        ])

    private static let adfs = Guide(
        id: "adfs", name: "AD FS", preset: .adfs,
        steps: [
            step(
                "AD FS Management: Add Relying Party Trust, Claims aware, Import data about the relying party published online.",
                ("Federation metadata address (host name or URL)", .metadataURL)),
            step("Edit Claim Issuance Policy: Send LDAP Attributes as Claims, E-Mail-Addresses as E-Mail Address."),
            step("Add a rule Transform an Incoming Claim: E-Mail Address into Name ID, format Email."),
            step("Its own metadata, https://YOUR-SERVER/FederationMetadata/2007-06/FederationMetadata.xml, goes into Metadata URL below."),
        ])

    private static let keycloak = Guide(
        id: "keycloak", name: "Keycloak", preset: .keycloak,
        steps: [
            step("Clients, Create client, Client type SAML.", ("Client ID", .audienceURI)),
            step(
                "Login settings:", ("Valid redirect URIs", .acsURL), ("Master SAML Processing URL", .acsURL)),
            step("Settings: Name ID format: email. Force name ID format: on. Sign assertions: on. Keys: Client signature required: off."),
            step(
                "Realm settings, General, SAML 2.0 Identity Provider Metadata: the address of that link goes into Metadata URL below."),
        ])

    private static let pingOne = Guide(
        id: "pingone", name: "PingOne", preset: .pingOne,
        steps: [
            step(
                "Applications, Applications, add one, SAML Application, Manually Enter.", ("ACS URLs", .acsURL), ("Entity ID", .audienceURI)
            ),
            step("Attribute Mappings: map saml_subject to Email Address."),
            step("Configuration tab, Download Metadata; that file is the Metadata file below."),
            step("Switch the application on, and give the people who may sign in access to it."),
        ])

    private static let jumpCloud = Guide(
        id: "jumpcloud", name: "JumpCloud", preset: .jumpCloud,
        steps: [
            step("SSO Applications, Add New Application, Custom Application, Manage Single Sign-On, Configure SSO with SAML."),
            step("On the SSO tab:", ("SP Entity ID", .audienceURI), ("ACS URLs", .acsURL)),
            step("SAMLSubject NameID: email. Tick Sign Assertion and Declare Redirect Endpoint."),
            step("Export Metadata, on the SSO tab; that file is the Metadata file below."),
            step("User Groups: choose the groups of the people who may sign in."),
        ])

    private static let duo = Guide(
        id: "duo", name: "Duo", preset: .duo,
        steps: [
            step("Applications, Protect an Application, Generic SAML Service Provider."),
            step("Service Provider:", ("Entity ID", .audienceURI), ("Assertion Consumer Service (ACS) URL", .acsURL)),
            step(
                "SAML Response: NameID format emailAddress, NameID attribute <Email Address>, Signature algorithm SHA256, Sign assertion ticked."
            ),
            step("Copy the Metadata URL; it goes into Metadata URL below."),
        ])

    private static let authentik = Guide(
        id: "authentik", name: "authentik", preset: .authentik,
        steps: [
            step("Applications, Providers, Create, SAML Provider.", ("ACS URL", .acsURL), ("Audience", .audienceURI)),
            step("Service Provider Binding: Post. Choose a Signing Certificate, and tick Sign assertions."),
            step("NameID Property Mapping: authentik default SAML Mapping: Email. Then make an application with this provider."),
            step("The provider's page, Metadata, Copy download URL; it goes into Metadata URL below."),
        ])

    private static let simpleSAMLphp = Guide(
        id: "simplesamlphp", name: "SimpleSAMLphp", preset: .simpleSAMLphp,
        steps: [
            step("Add this entry to metadata/saml20-sp-remote.php:", ("Entry", .phpEntry)),
            step("Your authentication source must give the attribute mail; else name there the one that holds the e-mail address."),
            step(
                "The address of its metadata goes into Metadata URL below: https://YOUR-SERVER/simplesaml/module.php/saml/idp/metadata, or in version 1 https://YOUR-SERVER/simplesaml/saml2/idp/metadata.php."
            ),
        ])

    private static let shibboleth = Guide(
        id: "shibboleth", name: "Shibboleth", preset: .shibboleth,
        steps: [
            step(
                "In conf/metadata-providers.xml add a FileBackedHTTPMetadataProvider for our metadata.", ("metadataURL", .metadataURL)),
            step("In conf/attribute-filter.xml release mail to us.", ("Requester", .audienceURI)),
            step("Its own metadata, https://YOUR-SERVER/idp/shibboleth, goes into Metadata URL below, or its file is the Metadata file."),
        ])

    private static let other = Guide(
        id: "other", name: "Other", preset: nil,
        steps: [
            step("Make a SAML 2.0 application (service provider, relying party) there."),
            step(
                "Where it reads metadata, give it ours, and go on with the last of these steps.",
                ("Service provider metadata URL", .metadataURL)),
            step(
                "Else fill in by hand. The address to answer to is also called ACS URL, Reply URL, Single sign-on URL or Recipient; our name also Audience, Identifier, SP Entity ID or Client ID.",
                ("ACS URL, Reply URL, Single sign-on URL, Recipient", .acsURL), ("Audience, Identifier, SP Entity ID", .audienceURI)),
            step(
                "Let it send the e-mail address as NameID (format emailAddress), or as an attribute email; sign assertions, with SHA-256."),
            step(
                "Assign the people who may sign in. Then give us its metadata: by URL, so that new certificates come by themselves, or as a file."
            ),
        ])
}

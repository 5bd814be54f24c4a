/// How each identity provider is set up, in the words of that provider's own pages.
enum Guides {
    static let all: [(name: String, steps: [String])] = [
        (
            "Okta",
            [
                "In the Admin Console: Applications, Create App Integration, SAML 2.0.",
                "Single sign-on URL: the Assertion Consumer Service URL above. Leave “Use this for Recipient URL and Destination URL” checked.",
                "Audience URI (SP Entity ID): the Audience URI (Entity ID) above.",
                "Name ID format: EmailAddress. Application username: Email.",
                "On the Sign On tab copy the Metadata URL and save it here as Metadata URL.",
                "On the Assignments tab assign the people who may sign in.",
            ]
        ),
        (
            "Microsoft Entra ID (Azure AD)",
            [
                "In the Entra admin center: Enterprise applications, New application, Create your own application.",
                "Single sign-on, SAML, then edit Basic SAML Configuration.",
                "Identifier (Entity ID): the Audience URI (Entity ID) above.",
                "Reply URL (Assertion Consumer Service URL): the Assertion Consumer Service URL above.",
                "Attributes & Claims: user.mail as the emailaddress claim, or as the Unique User Identifier (Name ID).",
                "Under SAML Certificates copy the App Federation Metadata Url and save it here as Metadata URL.",
                "Users and groups: assign the people who may sign in.",
            ]
        ),
        (
            "Google Workspace",
            [
                "In the Admin console: Apps, Web and mobile apps, Add app, Add custom SAML app.",
                "Download Metadata, and save that file here as Metadata file.",
                "ACS URL: the Assertion Consumer Service URL above. Entity ID: the Audience URI (Entity ID) above.",
                "Name ID format: EMAIL. Name ID: Basic Information, Primary email.",
                "Turn User access on for the people who may sign in.",
            ]
        ),
        (
            "OneLogin",
            [
                "Applications, Add App, SAML Custom Connector (Advanced).",
                "Configuration: Audience (EntityID): the Audience URI (Entity ID) above. Recipient and ACS (Consumer) URL: the Assertion Consumer Service URL above.",
                "ACS (Consumer) URL Validator: the same URL as a regular expression, with a backslash before each dot and the question mark.",
                "More Actions, SAML Metadata: save that file here as Metadata file.",
            ]
        ),
        (
            "Auth0",
            [
                "Applications, your application, Addons, SAML2 Web App.",
                "Application Callback URL: the Assertion Consumer Service URL above.",
                "Settings: set \"audience\" to the Audience URI (Entity ID) above and \"signResponse\" as you like.",
                "Usage: copy the Identity Provider Metadata address, or download it, and save it here.",
            ]
        ),
        (
            "AD FS",
            [
                "AD FS Management: Add Relying Party Trust, Claims aware, Import data about the relying party from a file: our metadata, linked above.",
                "Edit Claim Issuance Policy: Send LDAP Attributes as Claims, E-Mail-Addresses as E-Mail Address.",
                "Add a rule Transform an Incoming Claim: E-Mail Address into Name ID, format Email.",
                "Save https://YOUR-SERVER/FederationMetadata/2007-06/FederationMetadata.xml here as Metadata URL.",
            ]
        ),
        (
            "Keycloak",
            [
                "Clients, Create client, Client type SAML. Client ID: the Audience URI (Entity ID) above.",
                "Valid redirect URIs and Master SAML Processing URL: the Assertion Consumer Service URL above.",
                "Name ID format: email. Force name ID format: on. Keys, Client signature required: off.",
                "Realm settings, Endpoints, SAML 2.0 Identity Provider Metadata: save that address here as Metadata URL.",
            ]
        ),
    ]

    static var facts: [[String: Any]] { all.map { ["name": $0.name, "steps": $0.steps] } }
}

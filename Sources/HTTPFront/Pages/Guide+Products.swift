import SAML

extension Guide {
    /// In the order in which they are offered; the last one is for every other product.
    static let all: [Guide] = [
        okta, entraID, google, oneLogin, auth0, adfs, keycloak, pingOne, jumpCloud, duo, authentik, simpleSAMLphp, shibboleth, other,
    ]

    private static let okta = Guide(
        id: "okta", name: "Okta", preset: .okta,
        steps: [
            step(.oktaCreate),
            step(.oktaConfigure, ("Single sign-on URL", .acsURL), ("Audience URI (SP Entity ID)", .audienceURI)),
            step(.oktaNameID),
            step(.oktaMetadata),
            step(.oktaAssign),
        ])

    private static let entraID = Guide(
        id: "entra-id", name: "Microsoft Entra ID (Azure AD)", preset: .entraID,
        steps: [
            step(.entraCreate),
            step(
                .entraConfigure, ("Identifier (Entity ID)", .audienceURI),
                ("Reply URL (Assertion Consumer Service URL)", .acsURL), ("Sign on URL (Optional)", .loginURL)),
            step(.entraClaims),
            step(.entraMetadata),
            step(.entraAssign),
        ])

    private static let google = Guide(
        id: "google", name: "Google Workspace", preset: .google,
        steps: [
            step(.googleCreate),
            step(.googleMetadata),
            step(.googleConfigure, ("ACS URL", .acsURL), ("Entity ID", .audienceURI)),
            step(.googleNameID),
            step(.googleAccess),
        ])

    private static let oneLogin = Guide(
        id: "onelogin", name: "OneLogin", preset: .oneLogin,
        steps: [
            step(.oneLoginCreate),
            step(
                .oneLoginConfigure, ("Audience (EntityID)", .audienceURI), ("Recipient", .acsURL),
                ("ACS (Consumer) URL Validator", .acsPattern), ("ACS (Consumer) URL", .acsURL)),
            step(.oneLoginNameID),
            step(.oneLoginMetadata),
            step(.oneLoginAccess),
        ])

    private static let auth0 = Guide(
        id: "auth0", name: "Auth0", preset: .auth0,
        steps: [
            step(.auth0Create),
            step(.auth0Configure, ("Application Callback URL", .acsURL)),
            step(.auth0Settings, ("\"audience\"", .audienceURI)),
            step(.auth0Metadata),
        ])

    private static let adfs = Guide(
        id: "adfs", name: "AD FS", preset: .adfs,
        steps: [
            step(.adfsCreate, ("Federation metadata address (host name or URL)", .metadataURL)),
            step(.adfsClaims),
            step(.adfsNameID),
            step(.adfsMetadata),
        ])

    private static let keycloak = Guide(
        id: "keycloak", name: "Keycloak", preset: .keycloak,
        steps: [
            step(.keycloakCreate, ("Client ID", .audienceURI)),
            step(.keycloakLogin, ("Valid redirect URIs", .acsURL), ("Master SAML Processing URL", .acsURL)),
            step(.keycloakSettings),
            step(.keycloakMetadata),
        ])

    private static let pingOne = Guide(
        id: "pingone", name: "PingOne", preset: .pingOne,
        steps: [
            step(.pingOneCreate, ("ACS URLs", .acsURL), ("Entity ID", .audienceURI)),
            step(.pingOneNameID),
            step(.pingOneMetadata),
            step(.pingOneAccess),
        ])

    private static let jumpCloud = Guide(
        id: "jumpcloud", name: "JumpCloud", preset: .jumpCloud,
        steps: [
            step(.jumpCloudCreate),
            step(.jumpCloudConfigure, ("SP Entity ID", .audienceURI), ("ACS URLs", .acsURL)),
            step(.jumpCloudNameID),
            step(.jumpCloudMetadata),
            step(.jumpCloudAccess),
        ])

    private static let duo = Guide(
        id: "duo", name: "Duo", preset: .duo,
        steps: [
            step(.duoCreate),
            step(.duoConfigure, ("Entity ID", .audienceURI), ("Assertion Consumer Service (ACS) URL", .acsURL)),
            step(.duoResponse),
            step(.duoMetadata),
        ])

    private static let authentik = Guide(
        id: "authentik", name: "authentik", preset: .authentik,
        steps: [
            step(.authentikCreate, ("ACS URL", .acsURL), ("Audience", .audienceURI)),
            step(.authentikConfigure),
            step(.authentikNameID),
            step(.authentikMetadata),
        ])

    private static let simpleSAMLphp = Guide(
        id: "simplesamlphp", name: "SimpleSAMLphp", preset: .simpleSAMLphp,
        steps: [
            step(.simpleSAMLphpEntry, (GuidePhrase.entry, .phpEntry)),
            step(.simpleSAMLphpMail),
            step(.simpleSAMLphpMetadata),
        ])

    private static let shibboleth = Guide(
        id: "shibboleth", name: "Shibboleth", preset: .shibboleth,
        steps: [
            step(.shibbolethMetadata, ("metadataURL", .metadataURL)),
            step(.shibbolethRelease, ("Requester", .audienceURI)),
            step(.shibbolethOurs),
        ])

    private static let other = Guide(
        id: "other", name: GuidePhrase.other, preset: nil,
        steps: [
            step(.otherCreate),
            step(.otherMetadata, ("Service provider metadata URL", .metadataURL)),
            step(
                .otherByHand,
                ("ACS URL, Reply URL, Single sign-on URL, Recipient", .acsURL), ("Audience, Identifier, SP Entity ID", .audienceURI)),
            step(.otherEmail),
            step(.otherAssign),
        ])
}

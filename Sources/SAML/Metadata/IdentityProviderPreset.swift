/// The kind of an identity provider, recognised from its metadata or named by the policy: for guides, and for what to change where.
public enum IdentityProviderPreset: String, Sendable, Hashable, CaseIterable {
    case okta = "Okta"
    case entraID = "Microsoft Entra ID"
    case google = "Google Workspace"
    case oneLogin = "OneLogin"
    case auth0 = "Auth0"
    case adfs = "AD FS"
    case keycloak = "Keycloak"
    case pingOne = "PingOne"
    case pingFederate = "PingFederate"
    case jumpCloud = "JumpCloud"
    case shibboleth = "Shibboleth"
    case simpleSAMLphp = "SimpleSAMLphp"
    case lemonLDAP = "LemonLDAP::NG"
    case duo = "Duo"
    case cyberArk = "CyberArk"
    case rippling = "Rippling"
    case authentik = "authentik"

    /// By its name or a usual short one, whatever the case: “Microsoft Entra ID”, “entra-id”, “azure ad”.
    public init?(named text: String) {
        func letters(_ text: String) -> String { String(text.lowercased().filter { $0.isLetter || $0.isNumber }) }
        let wanted = letters(text)
        let aliases: [String: Self] = [
            "entra": .entraID, "entraid": .entraID, "azure": .entraID, "azuread": .entraID, "microsoft": .entraID, "google": .google,
            "activedirectoryfederationservices": .adfs, "ping": .pingOne, "lemonldap": .lemonLDAP, "duosecurity": .duo,
        ]
        guard let preset = Self.allCases.first(where: { letters($0.rawValue) == wanted }) ?? aliases[wanted] else { return nil }
        self = preset
    }

    /// Recognised from its addresses; nil: none that is known.
    ///
    /// - Parameter signOn: The locations of its single sign-on services.
    public init?(entityID: String, signOn: [String]) {
        let addresses = ([entityID] + signOn).compactMap { WebAddress($0) }
        func matches(_ sign: Sign) -> Bool {
            addresses.contains { address in
                switch sign {
                case .host(let name): address.host == name || address.host.hasSuffix("." + name)
                case .path(let part): address.path.lowercased().contains(part)
                }
            }
        }
        guard let found = Self.signs.first(where: { $0.1.contains(where: matches) }) else { return nil }
        self = found.0
    }

    private enum Sign {
        case host(String)
        case path(String)
    }

    // The first that fits: hosts of products that only their maker runs come before paths that anyone may have.
    private static let signs: [(Self, [Sign])] = [
        (.okta, ["okta.com", "oktapreview.com", "okta-emea.com", "okta-gov.com"].map(Sign.host)),
        (
            .entraID,
            ["sts.windows.net", "microsoftonline.com", "microsoftonline.us", "partner.microsoftonline.cn"].map(Sign.host)
        ),
        (.google, [.host("accounts.google.com")]),
        (.oneLogin, [.host("onelogin.com")]),
        (.auth0, [.host("auth0.com")]),
        (
            .pingOne,
            ["pingone.com", "pingone.eu", "pingone.ca", "pingone.asia", "pingone.com.au", "pingone.sg", "pingidentity.com"]
                .map(Sign.host)
        ),
        (.jumpCloud, [.host("jumpcloud.com")]),
        (.rippling, [.host("rippling.com")]),
        (.duo, [.host("duosecurity.com"), .path("/dag/saml2/idp/")]),
        (.cyberArk, [.host("cyberark.cloud"), .host("my.idaptive.app"), .host("idaptive.app")]),
        (.adfs, [.path("/adfs/services/trust"), .path("/adfs/ls")]),
        (.pingFederate, [.path("/idp/sso.saml2")]),
        (.keycloak, [.path("/realms/"), .path("/protocol/saml")]),
        (.authentik, [.path("/application/saml/")]),
        (.simpleSAMLphp, [.path("/saml2/idp/"), .path("/module.php/saml/idp")]),
        (.lemonLDAP, [.path("/saml/singlesignon")]),
        (.shibboleth, [.path("/idp/profile/saml2/"), .path("/idp/shibboleth")]),
    ]
}

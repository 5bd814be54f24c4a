/// The kind of an identity provider, recognised from its metadata: names for people, guides and quirks.
enum Preset {
    /// "Okta", "Microsoft Entra ID"…; empty: none that is known.
    static func recognize(entityID: String, signOn: [String]) -> String {
        let addresses = ([entityID] + signOn).compactMap { WebAddress($0) }
        func host(_ names: String...) -> Bool {
            addresses.contains { address in names.contains { address.host == $0 || address.host.hasSuffix("." + $0) } }
        }
        func path(_ parts: String...) -> Bool {
            addresses.contains { address in parts.contains { address.path.lowercased().contains($0) } }
        }
        if host("okta.com", "oktapreview.com", "okta-emea.com", "okta-gov.com") { return "Okta" }
        if host("sts.windows.net", "microsoftonline.com", "microsoftonline.us", "partner.microsoftonline.cn") {
            return "Microsoft Entra ID"
        }
        if host("accounts.google.com") { return "Google Workspace" }
        if host("onelogin.com") { return "OneLogin" }
        if host("auth0.com") { return "Auth0" }
        if host("pingone.com", "pingone.eu", "pingone.ca", "pingone.asia", "pingone.com.au", "pingone.sg", "pingidentity.com") {
            return "PingOne"
        }
        if host("jumpcloud.com") { return "JumpCloud" }
        if host("rippling.com") { return "Rippling" }
        if host("duosecurity.com") { return "Duo" }
        if host("cyberark.cloud", "my.idaptive.app") { return "CyberArk" }
        if path("/adfs/services/trust", "/adfs/ls") { return "AD FS" }
        if path("/realms/"), path("/protocol/saml") { return "Keycloak" }
        if path("/application/saml/") { return "authentik" }
        if path("/saml2/idp/", "/module.php/saml/idp") { return "SimpleSAMLphp" }
        if path("/saml/singlesignon") { return "LemonLDAP::NG" }
        if path("/idp/profile/saml2/", "/idp/shibboleth") { return "Shibboleth" }
        return ""
    }
}

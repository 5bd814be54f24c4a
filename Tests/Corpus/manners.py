"""How known identity providers write a response: names, formats, attributes, prefixes. Facts from their documentation."""

EMAIL = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress"
UNSPECIFIED = "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified"
PERSISTENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"
TRANSIENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient"
BASIC = "urn:oasis:names:tc:SAML:2.0:attrname-format:basic"
URI = "urn:oasis:names:tc:SAML:2.0:attrname-format:uri"
CLAIMS = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/"
PASSWORD = "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport"
UNSPECIFIED_CONTEXT = "urn:oasis:names:tc:SAML:2.0:ac:classes:unspecified"

WHO = "ann.example@customer.example"


def attribute(name, *values, form=None, friendly=None, typed=True):
    return {"name": name, "values": values, "format": form, "friendly": friendly, "typed": typed}


# name: prefixes (protocol, assertion, signature); NameID format and value; attributes; what else is peculiar.
MANNERS = {
    "okta": {
        "prefixes": ("saml2p", "saml2", "ds"), "format": EMAIL, "issuer_format": True, "context": PASSWORD, "inclusive": "xs",
        "attributes": [attribute("firstName", "Ann", form=BASIC), attribute("lastName", "Example", form=BASIC), attribute("groups", "Everyone", "Staff", form=BASIC)],
    },
    # As many groups as Entra ID sends at most in full.
    "many-groups": {
        "prefixes": ("samlp", "saml", "ds"), "format": EMAIL, "context": PASSWORD,
        "attributes": [attribute("groups", *(f"00000000-0000-4000-8000-{number:012d} Department of Customer {number}" for number in range(150)), form=BASIC)],
    },
    "entra": {
        "prefixes": ("samlp", "", ""), "format": EMAIL, "context": PASSWORD, "key_info": "x509", "session_end": False,
        "attributes": [
            attribute("http://schemas.microsoft.com/identity/claims/tenantid", "00000000-1111-2222-3333-444444444444", typed=False),
            attribute("http://schemas.microsoft.com/identity/claims/displayname", "Ann Example", typed=False),
            attribute(CLAIMS + "givenname", "Ann", typed=False), attribute(CLAIMS + "surname", "Example", typed=False),
            attribute(CLAIMS + "emailaddress", WHO, typed=False), attribute(CLAIMS + "name", WHO, typed=False),
        ],
    },
    "entra-guest": {
        "prefixes": ("samlp", "", ""), "format": EMAIL, "name_id": "ann_customer.example#EXT#@tenant.onmicrosoft.example", "context": PASSWORD,
        "audience": "spn:", "attributes": [attribute(CLAIMS + "emailaddress", WHO, typed=False)],
    },
    "google": {
        "prefixes": ("saml2p", "saml2", "ds"), "format": UNSPECIFIED, "context": UNSPECIFIED_CONTEXT, "key_info": "subject", "declaration": 'standalone="no"',
        "attributes": [attribute("first", "Ann"), attribute("last", "Example")],
    },
    "onelogin": {
        "prefixes": ("samlp", "saml", "ds"), "format": EMAIL, "session_end": True, "context": PASSWORD,
        "attributes": [
            attribute("User.email", WHO, form=BASIC), attribute("User.FirstName", "Ann", form=BASIC), attribute("User.LastName", "Example", form=BASIC),
            attribute("memberOf", "", form=BASIC), attribute("PersonImmutableID", form=BASIC),
        ],
    },
    "auth0": {
        "prefixes": ("samlp", "saml", ""), "format": UNSPECIFIED, "name_id": "auth0|0123456789", "context": UNSPECIFIED_CONTEXT, "session_end": False,
        "attributes": [
            attribute(CLAIMS + "nameidentifier", "auth0|0123456789", form=URI), attribute(CLAIMS + "emailaddress", WHO, form=URI),
            attribute(CLAIMS + "name", "Ann Example", form=URI), attribute("http://schemas.auth0.com/email_verified", "true", form=URI),
        ],
    },
    "adfs": {
        "prefixes": ("samlp", "", "ds"), "format": None, "issuer_format": False, "consent": True, "session_end": False, "context": PASSWORD,
        "attributes": [attribute(CLAIMS + "emailaddress", WHO, typed=False), attribute("http://schemas.xmlsoap.org/claims/Group", "Domain Users", "Staff", typed=False)],
    },
    "keycloak": {
        "prefixes": ("samlp", "saml", "dsig"), "format": EMAIL, "key_info": "keyname", "session_end": True, "context": UNSPECIFIED_CONTEXT,
        "attributes": [attribute("Role", "offline_access", form=BASIC), attribute("Role", "uma_authorization", form=BASIC), attribute("email", WHO, form=BASIC, friendly="email")],
    },
    "pingone": {
        "prefixes": ("samlp", "saml", "ds"), "format": UNSPECIFIED, "name_id": "6f2c1b7e-0000-4000-8000-0123456789ab", "context": UNSPECIFIED_CONTEXT,
        "attributes": [attribute("email", WHO, form=UNSPECIFIED_CONTEXT)],
    },
    "pingfederate": {"prefixes": ("samlp", "saml", "ds"), "format": UNSPECIFIED, "context": UNSPECIFIED_CONTEXT, "attributes": [attribute("mail", WHO, form=BASIC)]},
    "jumpcloud": {
        "prefixes": ("saml2p", "saml2", "ds"), "format": EMAIL, "context": PASSWORD, "attributes": [attribute("firstname", "Ann", form=BASIC), attribute("memberOf", "Staff", form=BASIC)],
    },
    "shibboleth": {
        "prefixes": ("saml2p", "saml2", "ds"), "format": TRANSIENT, "name_id": "_a1b2c3d4e5f6", "qualifiers": True, "address": True, "context": PASSWORD,
        "attributes": [
            attribute("urn:oid:0.9.2342.19200300.100.1.3", WHO, form=URI, friendly="mail"), attribute("urn:oid:2.5.4.42", "Ann", form=URI, friendly="givenName"),
            attribute("urn:oid:2.5.4.4", "Example", form=URI, friendly="sn"), attribute("urn:oid:1.3.6.1.4.1.5923.1.1.1.7", "urn:mace:dir:entitlement:common-lib-terms", form=URI),
        ],
    },
    "simplesamlphp": {
        "prefixes": ("samlp", "saml", "ds"), "format": PERSISTENT, "name_id": "8a4f0b2d6c", "qualifiers": True, "session_end": True, "context": PASSWORD, "authority": True,
        "attributes": [attribute("mail", WHO, form=URI), attribute("eduPersonAffiliation", "member", "staff", form=URI)],
    },
    "lemonldap": {"prefixes": ("samlp", "saml", ""), "format": EMAIL, "session_end": True, "one_time": True, "context": PASSWORD, "attributes": [attribute("cn", "Ann Example", form=BASIC)]},
    "duo": {"prefixes": ("ns0", "ns1", "ns2"), "format": EMAIL, "context": PASSWORD, "attributes": [attribute("Email", WHO, form=UNSPECIFIED_CONTEXT)]},
    "cyberark": {"prefixes": ("", "", ""), "format": EMAIL, "context": UNSPECIFIED_CONTEXT, "attributes": [attribute("LoginName", WHO, form=BASIC)]},
    "rippling": {"prefixes": ("saml2p", "saml2", "ds"), "format": EMAIL, "context": UNSPECIFIED_CONTEXT, "attributes": []},
    "authentik": {
        "prefixes": ("ns0", "ns1", "ds"), "format": EMAIL, "context": PASSWORD,
        "attributes": [attribute(CLAIMS + "emailaddress", WHO, typed=False), attribute("http://schemas.goauthentik.io/2021/02/saml/username", "ann", typed=False)],
    },
}

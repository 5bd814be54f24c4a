/// What attributes are usually called: asked in this order where the mapping names none.
enum AttributeNames {
    /// The contract's list, in its order.
    static let email = [
        "email", "mail", "emailaddress", "Email", "User.email", "urn:oid:0.9.2342.19200300.100.1.3",
        "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress",
    ]
    static let name = [
        "displayName", "name", "cn", "http://schemas.microsoft.com/identity/claims/displayname",
        "urn:oid:2.16.840.1.113730.3.1.241", "urn:oid:2.5.4.3",
    ]
    static let firstName = [
        "firstName", "givenName", "first_name", "FirstName", "User.FirstName", "urn:oid:2.5.4.42",
        "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/givenname",
    ]
    static let lastName = [
        "lastName", "surname", "sn", "last_name", "LastName", "User.LastName", "urn:oid:2.5.4.4",
        "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/surname",
    ]
    static let groups = [
        "groups", "memberOf", "group", "http://schemas.microsoft.com/ws/2008/06/identity/claims/groups",
        "http://schemas.xmlsoap.org/claims/Group",
    ]
}

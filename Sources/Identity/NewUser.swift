public import Events

#if canImport(FoundationEssentials)
    import struct FoundationEssentials.Data
#else
    import struct Foundation.Data
#endif

/// A user to bring in, checked: what a line of an import file or a member of the API's array says.
public struct NewUser: Sendable, Hashable {
    /// The address, as given.
    public var email: EmailAddress
    /// The name to show; empty: none.
    public var name: String
    /// How the person signs in until converted.
    public var signInMethod: SignInMethod
    /// At most one role an account.
    public var roles: [AccountRole]

    /// A user of these members.
    public init(email: EmailAddress, name: String, signInMethod: SignInMethod, roles: [AccountRole]) {
        self.email = email
        self.name = name
        self.signInMethod = signInMethod
        self.roles = roles
    }

    /// What is to be sealed.
    public var personal: PersonalData {
        var personal = PersonalData()
        personal.email = email.text
        personal.name = name
        return personal
    }
}

extension NewUser {
    /// Reads `{"email","name","signInMethod","roles":{ACCOUNT_ID:ROLE}}`; unknown members are refused by name.
    public init(_ json: JSON, in organization: Organization) throws(RuleError) {
        guard let members = json.members else { throw RuleError(.invalidRequest, "A user is an object; this is none.") }
        for member in members where !["email", "name", "signInMethod", "roles"].contains(member.name) {
            throw RuleError(.invalidRequest, "A user has no member “\(member.name)”.", remedy: "Leave it out.")
        }
        guard let text = json["email"]?.stringValue else {
            throw RuleError(.invalidRequest, "“email” must be an e-mail address; there is none.")
        }
        guard let email = EmailAddress(text) else {
            throw RuleError(.invalidRequest, "“email” must be an e-mail address; “\(text.prefix(100))” is none.")
        }
        let name = try Self.name(json["name"])
        var method = SignInMethod.password
        if let value = json["signInMethod"], !value.isNull {
            guard let text = value.stringValue, let named = SignInMethod(name: text) else {
                throw RuleError(.invalidRequest, "“signInMethod” must be “password” or “sso”.")
            }
            method = named
        }
        var roles: [AccountRole] = []
        if let value = json["roles"], !value.isNull {
            guard let entries = value.members else {
                throw RuleError(.invalidRequest, "“roles” must be an object of account IDs and roles.")
            }
            for entry in entries { roles.append(try Self.role(entry, in: organization)) }
        }
        self.init(email: email, name: name, signInMethod: method, roles: roles)
    }

    private static func name(_ value: JSON?) throws(RuleError) -> String {
        guard let value, !value.isNull, value != "" else { return "" }
        guard let name = value.stringValue else { throw RuleError(.invalidRequest, "“name” must be a string.") }
        try checkName(name)
        return name
    }

    private static func role(_ entry: JSON.Member, in organization: Organization) throws(RuleError) -> AccountRole {
        guard let id = Identifier(entry.name), organization.account(id) != nil else {
            throw RuleError(.invalidRequest, "“roles” names “\(entry.name)”, which is no account of this organization.")
        }
        guard let text = entry.value.stringValue, let role = Role(name: text), role != .none else {
            throw RuleError(.invalidRequest, "A role must be “member”, “administrator” or “owner”.")
        }
        var accountRole = AccountRole()
        accountRole.account = id.data
        accountRole.role = role
        return accountRole
    }
}

/// An existing user is brought in. An address that the organization knows already is a conflict.
///
/// - Parameters:
///   - existing: The user who has this address now, if any.
///   - addressHash: The keyed hash of the normalized address.
///   - personal: ``NewUser/personal``, sealed with this user's own key.
public func decideImport(
    _ user: NewUser, existing: User?, id: Identifier, addressHash: [UInt8], personal: Sealed
) throws(RuleError) -> [EventBody] {
    guard existing == nil else {
        throw RuleError(
            .conflict, "This organization has a user with the address “\(user.email.text)” already.",
            remedy: "Change that user, or leave this one out.")
    }
    var imported = UserImported()
    imported.user = id.data
    imported.addressHash = Data(addressHash)
    imported.personal = personal
    imported.signInMethod = user.signInMethod
    imported.roles = user.roles.sorted { $0.account.lexicographicallyPrecedes($1.account) }
    return [.userImported(imported)]
}

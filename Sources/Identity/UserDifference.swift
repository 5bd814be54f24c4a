public import Events

extension User {
    /// How this user is otherwise than a file has them, a few words each; what the file leaves open is no difference.
    ///
    /// - Parameters:
    ///   - personal: What is sealed; nil: it can't be read.
    ///   - organization: Whose accounts the roles are in.
    public func differences(from wanted: NewUser, personal: PersonalData?, in organization: Organization) -> [String] {
        var words: [String] = []
        if !active { words.append("is deactivated") }
        if let personal, !wanted.name.isEmpty, personal.name != wanted.name { words.append("has another name") }
        if signInMethod != wanted.signInMethod { words.append("signs in by \(signInMethod.name)") }
        for entry in wanted.roles {
            guard let account = Identifier(bytes: entry.account), role(in: account) != entry.role else { continue }
            let name = organization.account(account)?.name ?? account.description
            words.append("is \(role(in: account).relation) “\(name)”")
        }
        return words
    }
}

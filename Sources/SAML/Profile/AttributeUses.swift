public import Events

/// What a part of an assertion is used for.
public enum AttributeUse: String, Sendable, Hashable, CaseIterable {
    case email, name, firstName, lastName, groups
}

/// Which parts of an assertion became what: the same choice that ``Claims`` are made by.
public struct AttributeUses: Sendable, Hashable {
    /// Whether the NameID is the e-mail address.
    public let nameIDIsEmail: Bool
    private let byName: [String: AttributeUse]

    /// - Parameters:
    ///   - nameID: As received.
    ///   - attributes: As received.
    public init(nameID: String?, _ attributes: [Attribute], _ mapping: AttributeMapping) {
        func isThere(_ name: String) -> Bool { attributes.contains { $0.name == name && !$0.values.isEmpty } }
        func hasText(_ name: String) -> Bool { attributes.contains { $0.name == name && $0.values.first?.isEmpty == false } }
        // A mapped attribute counts alone; else the first of the usual ones.
        func chosen(_ mapped: String, _ usual: [String], where holds: (String) -> Bool) -> String? {
            (mapped.isEmpty ? usual : [mapped]).first(where: holds)
        }
        var uses: [String: AttributeUse] = [:]
        func use(_ name: String?, as use: AttributeUse) { if let name, uses[name] == nil { uses[name] = use } }
        nameIDIsEmail = mapping.email.isEmpty && nameID.map { EmailAddress($0) != nil } ?? false
        if !nameIDIsEmail { use(chosen(mapping.email, AttributeNames.email, where: isThere), as: .email) }
        if let name = chosen(mapping.name, AttributeNames.name, where: hasText) {
            use(name, as: .name)
        } else {
            use(chosen(mapping.firstName, AttributeNames.firstName, where: hasText), as: .firstName)
            use(chosen(mapping.lastName, AttributeNames.lastName, where: hasText), as: .lastName)
        }
        use(chosen(mapping.groups, AttributeNames.groups, where: isThere), as: .groups)
        byName = uses
    }

    /// nil: it is kept with the user, and nothing reads it here.
    public func use(of name: String) -> AttributeUse? { byName[name] }
}

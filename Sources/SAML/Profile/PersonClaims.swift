public import Events

/// The e-mail address (contract, "Which e-mail address"). No sentence here carries an address: they are recorded.
func selectEmail(_ assertion: Assertion, _ mapping: AttributeMapping) throws(Refusal) -> EmailAddress {
    if !mapping.email.isEmpty {
        let values = try assertion.values(mapping.email)
        guard !values.isEmpty else {
            throw Refusal(
                .emailMissing, "The attribute \(quoted(mapping.email)) must hold the e-mail address; it is not there.",
                remedy:
                    "At the identity provider, send the e-mail address as the attribute \(quoted(mapping.email)), or change the attribute mapping here."
            )
        }
        return try address(values, "The attribute \(quoted(mapping.email))")
    }
    if let email = assertion.nameID.flatMap({ EmailAddress($0) }) { return email }
    for name in AttributeNames.email {
        let values = try assertion.values(name)
        if !values.isEmpty { return try address(values, "The attribute \(quoted(name))") }
    }
    throw Refusal(
        .emailMissing, "The NameID or an e-mail attribute must be an e-mail address; the NameID is none, and there is no such attribute.",
        remedy: "At the identity provider, set the NameID to the e-mail address (format emailAddress), or send an attribute “email”.")
}

private func address(_ values: [String], _ place: String) throws(Refusal) -> EmailAddress {
    guard values.count == 1, let value = values.first else {
        throw Refusal(
            .emailNotAnAddress, "\(place) must hold one e-mail address; it holds \(values.count) values.",
            remedy: "At the identity provider, let \(place) hold the primary address only.")
    }
    guard let email = EmailAddress(value) else {
        throw Refusal(
            .emailNotAnAddress, "\(place) must hold an e-mail address; it holds something else.",
            remedy: "At the identity provider, let \(place) hold the person's e-mail address.")
    }
    return email
}

/// The mapped display name, or first and last name.
func displayName(_ assertion: Assertion, _ mapping: AttributeMapping) throws(Refusal) -> String? {
    if let name = try first(assertion, mapping.name, else: AttributeNames.name) { return name }
    let parts = [
        try first(assertion, mapping.firstName, else: AttributeNames.firstName),
        try first(assertion, mapping.lastName, else: AttributeNames.lastName),
    ].compactMap { $0 }
    return parts.isEmpty ? nil : parts.joined(separator: " ")
}

/// The values of the attribute mapped as groups.
func groups(_ assertion: Assertion, _ mapping: AttributeMapping) throws(Refusal) -> [String] {
    if !mapping.groups.isEmpty { return try assertion.values(mapping.groups) }
    return groupValues(of: assertion.attributes, mapping)
}

/// The same of attributes that were read before.
public func groupValues(of attributes: [Attribute], _ mapping: AttributeMapping) -> [String] {
    let names = mapping.groups.isEmpty ? AttributeNames.groups : [mapping.groups]
    let name = names.first { name in attributes.contains { $0.name == name && !$0.values.isEmpty } }
    return attributes.filter { $0.name == name }.flatMap(\.values)
}

// A mapped attribute must be text (C8); of the usual ones, one that is none is passed over.
private func first(_ assertion: Assertion, _ mapped: String, else usual: [String]) throws(Refusal) -> String? {
    if !mapped.isEmpty { return try assertion.values(mapped).first.flatMap { $0.isEmpty ? nil : $0 } }
    for name in usual {
        if let value = assertion.texts(name).first, !value.isEmpty { return value }
    }
    return nil
}

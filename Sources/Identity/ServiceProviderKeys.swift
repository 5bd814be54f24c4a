public import Events

/// A key is no longer used nor published. One of each use stays: identity providers that encrypt fail without one.
public func decideRetirement(of key: Identifier, in organization: Organization) throws(RuleError) -> [EventBody] {
    guard let found = organization.keys.first(where: { $0.keyID == key.data }) else {
        throw RuleError(.notFound, "This organization has no key \(key).", remedy: "List its keys.")
    }
    guard !found.retired else { return [] }
    guard organization.activeKeys(found.use).count > 1 else {
        throw RuleError(
            .conflict, "This is the organization's only key for \(found.use.name).",
            remedy: "Add another, let the identity provider take our metadata again, then retire this one.")
    }
    var retired = ServiceProviderKeyRetired()
    retired.keyID = key.data
    return [.serviceProviderKeyRetired(retired)]
}

/// At most two keys of a use hold at once: the current and the next (C55).
public func checkAddition(of use: KeyUse, to organization: Organization) throws(RuleError) {
    guard organization.activeKeys(use).count < 2 else {
        throw RuleError(
            .conflict, "Two keys for \(use.name) are in use already: the current one and the next.", remedy: "Retire the older one first.")
    }
}

public import Events

/// A new organization and its first account, of the same name.
public func decideCreation(name: String, account: Identifier) throws(RuleError) -> [EventBody] {
    try checkName(name)
    var created = OrganizationCreated()
    created.name = name
    return [.organizationCreated(created), accountAdded(name, account)]
}

/// Another name; the same again is no event.
public func decideRenaming(of organization: Organization, to name: String) throws(RuleError) -> [EventBody] {
    try checkName(name)
    guard organization.name != name else { return [] }
    var renamed = OrganizationRenamed()
    renamed.name = name
    return [.organizationRenamed(renamed)]
}

/// A new user is a member of every account, which one event says.
private let maximumAccounts = 1000

/// One more account under the organization; names are different within it.
public func decideAccount(
    name: String, id: Identifier, in organization: Organization
) throws(RuleError) -> [EventBody] {
    try checkName(name)
    return try decideCheckedAccount(name: name, id: id, in: organization)
}

/// The same of a name that was checked before, by the rules of then or of now.
func decideCheckedAccount(name: String, id: Identifier, in organization: Organization) throws(RuleError) -> [EventBody] {
    guard organization.accounts.count < maximumAccounts else {
        throw RuleError(
            .conflict, "An organization has at most \(maximumAccounts) accounts.", remedy: "Make another organization.")
    }
    guard !organization.accounts.contains(where: { $0.name == name }) else {
        throw RuleError(
            .conflict, "This organization has an account named “\(name)” already.", remedy: "Choose another name.")
    }
    return [accountAdded(name, id)]
}

/// Metadata that was read becomes the configuration; the same document from the same source again is no event.
public func decideConfiguration(
    _ configuration: IdentityProviderConfigured, of organization: Organization
) -> [EventBody] {
    let isSame =
        organization.isConfigured && organization.heldRefresh == 0 && organization.identityProvider == configuration
    return isSame ? [] : [.identityProviderConfigured(configuration)]
}

/// Metadata that was fetched again (C39): new keys of the same entity at the same hosts are taken; anything else waits for a person.
///
/// - Parameters:
///   - lastUsedCertificate: The fingerprint that the newest accepted login was verified with; nil: none yet.
///   - fingerprint: SHA-256 of a certificate's DER.
///   - describe: A certificate in a few words.
public func decideRefresh(
    _ configuration: IdentityProviderConfigured, of organization: Organization, lastUsedCertificate: [UInt8]?,
    fingerprint: ([UInt8]) -> [UInt8], describe: ([UInt8]) -> String
) -> [EventBody] {
    let current = organization.identityProvider
    guard organization.isConfigured, current.metadataDigest != configuration.metadataDigest else { return [] }
    let differences = ConfigurationDifference.sentences(from: current, to: configuration, describe: describe)
    guard !differences.isEmpty else { return [] }
    var refreshed = IdentityProviderRefreshed()
    refreshed.configuration = configuration
    refreshed.held = waitsForAPerson(current, configuration, lastUsedCertificate, fingerprint)
    refreshed.changes = differences
    return [.identityProviderRefreshed(refreshed)]
}

private func waitsForAPerson(
    _ current: IdentityProviderConfigured, _ configuration: IdentityProviderConfigured, _ lastUsedCertificate: [UInt8]?,
    _ fingerprint: ([UInt8]) -> [UInt8]
) -> Bool {
    if current.entityID != configuration.entityID { return true }
    func hosts(_ endpoints: [Endpoint]) -> Set<String?> { Set(endpoints.map { Origin(of: $0.location)?.host }) }
    if !hosts(configuration.singleSignOnServices).isSubset(of: hosts(current.singleSignOnServices)) { return true }
    guard current.signingCertificates != configuration.signingCertificates else { return false }
    let remaining = configuration.signingCertificates.map { fingerprint(Array($0)) }
    if let lastUsedCertificate, !remaining.contains(lastUsedCertificate) { return true }
    // Without a login to go by, losing every known key is as good as another identity provider.
    return Set(current.signingCertificates).isDisjoint(with: configuration.signingCertificates)
}

/// What waits for a person is approved: it becomes the configuration.
///
/// - Parameter held: The refresh of the sequence that the organization holds.
public func decideApproval(of held: IdentityProviderRefreshed?, in organization: Organization) throws(RuleError) -> [EventBody] {
    guard organization.heldRefresh != 0, let held else {
        throw RuleError(.notFound, "No change of the identity provider's metadata waits to be approved.")
    }
    return [.identityProviderConfigured(held.configuration)]
}

private func accountAdded(_ name: String, _ id: Identifier) -> EventBody {
    var added = AccountAdded()
    added.account = id.data
    added.name = name
    return .accountAdded(added)
}

public import Events

/// An e-mail domain whose TXT record was found is the organization's; no other can have it. The same again is no event.
///
/// - Parameter holders: The organizations that proved it before.
public func decideDomain(_ domain: String, of organization: Organization, holders: [Identifier]) throws(RuleError) -> [EventBody] {
    guard !organization.verifiedDomains.contains(domain) else { return [] }
    try checkFree(domain, of: organization, holders: holders)
    guard organization.verifiedDomains.count < 1000 else {
        throw RuleError(.conflict, "An organization has at most 1000 proved domains.", remedy: "Remove one that isn't used.")
    }
    var verified = DomainVerified()
    verified.domain = domain
    return [.domainVerified(verified)]
}

/// Refuses a domain that another organization proved.
public func checkFree(_ domain: String, of organization: Organization, holders: [Identifier]) throws(RuleError) {
    guard holders.allSatisfy({ $0 == organization.identifier }) else {
        throw RuleError(
            .conflict, "Another organization has proved the domain “\(domain)”.",
            remedy: "Let an operator remove it there, if it moved.")
    }
}

/// The domain is no longer the organization's; where it isn't, that is no event.
public func decideDomainRemoval(_ domain: String, of organization: Organization) -> [EventBody] {
    guard organization.verifiedDomains.contains(domain) else { return [] }
    var removed = DomainRemoved()
    removed.domain = domain
    return [.domainRemoved(removed)]
}

public import Events
import Identity
import Ledger
import Projections

/// An e-mail domain of an organization's, and the DNS record that proves it.
public struct DomainView: JSONView, Hashable {
    /// In ASCII lower case.
    public let domain: String
    /// Whether the record was found.
    public let isVerified: Bool
    /// The record's name.
    public let recordName: String
    /// Its value.
    public let recordValue: String
    /// The sequences of the events that the change appended which this is the answer to; not part of the JSON.
    public var recorded: [UInt64] = []

    /// `{"domain","verified","record":{"name","type","value"}}`
    public var json: JSON {
        [
            "domain": .string(domain), "verified": .bool(isVerified),
            "record": ["name": .string(recordName), "type": "TXT", "value": .string(recordValue)],
        ]
    }
}

extension IdentityLedger {
    /// The domains that the organization proved, by name.
    public func domains(
        _ organization: Identifier, page: PageRequest = PageRequest(), by caller: Caller
    ) throws(ServiceError) -> ListView<DomainView> {
        try answering {
            let state = try ledger.snapshot().organization(organization)
            try caller.authority.check(.read, state)
            let domains = (state?.verifiedDomains ?? []).sorted()
            let start = page.cursor.map { cursor in domains.firstIndex { $0 > cursor } ?? domains.endIndex } ?? 0
            let shown = domains[start...].prefix(page.limit)
            return ListView(
                items: try shown.map { try view($0, organization, isVerified: true) },
                next: shown.endIndex < domains.endIndex ? shown.last : nil)
        }
    }

    /// A domain and the record that proves it: nothing is recorded before that is found.
    public func domain(_ domain: String, _ organization: Identifier, by caller: Caller) throws(ServiceError) -> DomainView {
        try answering {
            let snapshot = try ledger.snapshot()
            let state = try snapshot.organization(organization)
            try caller.authority.check(.configure, state)
            guard let state else { throw Authority.organizationUnknown }
            let name = try Self.checked(domain)
            try checkFree(name, of: state, holders: try snapshot.holders(of: name))
            return try view(name, organization, isVerified: state.verifiedDomains.contains(name))
        }
    }

    /// Records that a domain is proved, where one of the TXT records found for it is the organization's.
    ///
    /// - Parameter records: What DNS has at ``DomainView/recordName``.
    public func verifyDomain(
        _ domain: String, _ organization: Identifier, records: [String], by caller: Caller
    ) async throws(ServiceError) -> DomainView {
        let wanted = try self.domain(domain, organization, by: caller)
        guard wanted.isVerified || records.contains(wanted.recordValue) else {
            throw ServiceError(
                RuleError(
                    .domainNotProved,
                    "The TXT record of \(wanted.recordName) must be “\(wanted.recordValue)”; \(records.isEmpty ? "there is none" : "it is something else").",
                    remedy: "Set the record at whoever runs the domain's DNS, wait until it is known, and try again."))
        }
        let submission = try await recordEvents { context in
            let state = try context.organization(organization)
            try caller.authority.check(.configure, state)
            guard let state else { throw Authority.organizationUnknown }
            let bodies = try decideDomain(wanted.domain, of: state, holders: try context.holders(of: wanted.domain))
            try context.append(bodies, organization: organization, by: caller)
        }
        var verified = try answering { try view(wanted.domain, organization, isVerified: true) }
        verified.recorded = submission.events.map(\.sequence)
        return verified
    }

    /// The domain is no longer the organization's.
    ///
    /// - Returns: The sequences of the events that this appended.
    @discardableResult
    public func removeDomain(_ domain: String, _ organization: Identifier, by caller: Caller) async throws(ServiceError) -> [UInt64] {
        let name = try answering { try Self.checked(domain) }
        return try await change(organization, .configure, by: caller) { state in decideDomainRemoval(name, of: state) }
    }

    private func view(_ domain: String, _ organization: Identifier, isVerified: Bool) throws -> DomainView {
        DomainView(
            domain: domain, isVerified: isVerified, recordName: "_identity-ledger.\(domain)",
            recordValue: "identity-ledger-verification=\(try secrets.domainProof(domain, organization))")
    }

    private static func checked(_ domain: String) throws -> String {
        guard let name = EmailAddress.domain(domain) else {
            throw RuleError(
                .invalidRequest, "“\(domain)” is no e-mail domain.", remedy: "Give one such as example.com, international ones as xn--….")
        }
        return name
    }
}

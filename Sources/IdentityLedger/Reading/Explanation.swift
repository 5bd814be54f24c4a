public import Events
import Identity
import Ledger
import Projections
import SAML

/// The story of one event, of a login above all: what arrived, each check of it made again, what it rested on, what it caused, and that it is
/// in the log.
public struct Explanation: JSONView {
    /// The event, in the contract's shape.
    public let event: JSON
    /// A login proved again on the spot; nil: the event is no login.
    public let report: JudgmentReport?
    /// The certificate whose key verified; nil: none did, or the configuration doesn't have it.
    public let certificate: CertificateView?
    /// Sequence and instant of the configuration that judged it; nil: none did.
    public let configuration: JSON
    /// The same of the policy; nil: the defaults.
    public let policy: JSON
    /// What caused it; nil: nothing that was recorded.
    public let cause: JSON
    /// What it caused, in order: each `sequence`, `type`, `recordedAt` and, in words, `what`.
    public let caused: [JSON]
    /// The tree that the proof leads to.
    public let treeSize: UInt64
    /// Of that tree.
    public let root: String
    /// From the leaf's sibling upwards (RFC 6962 §2.1.1).
    public let inclusion: [String]

    // What a request of a person causes is appended with it.
    private static let mostCaused = 64

    /// - Throws: `not_found` where there is no such event, `forbidden` where the caller may not read it.
    public init(_ service: IdentityLedger, _ sequence: UInt64, by caller: Caller) throws {
        guard let event = try service.event(sequence, by: caller) else {
            throw ServiceError(
                code: "not_found", status: 404, detail: "There is no event \(sequence).",
                remedy: "Name a sequence that “events” or a refusal's reference gave.")
        }
        self.event = event
        let snapshot = try service.ledger.snapshot()
        let recorded = try snapshot.event(sequence)
        let organization = recorded?.organizationID
        var (configuration, policy): (UInt64, UInt64) = (0, 0)
        if case .assertionReceived(let received)? = recorded?.body, let organization {
            report = try service.report(organization, login: sequence, by: caller)
            (configuration, policy) = (received.facts.configurationRevision, received.facts.policyRevision)
            let signer = received.certificateSha256.hexadecimal
            certificate = try IdentityLedger.configuration(configuration, in: snapshot)?.signingCertificates
                .compactMap { CertificateView(der: Array($0)) }.first { $0.sha256 == signer }
        } else {
            report = nil
            certificate = nil
        }
        self.configuration = try Self.named(configuration, in: snapshot)
        self.policy = try Self.named(policy, in: snapshot)
        cause = try Self.named(recorded?.causedBy ?? 0, in: snapshot)
        caused = try organization.map { try Self.caused(by: sequence, of: $0, in: snapshot) } ?? []
        treeSize = snapshot.head
        root = try snapshot.root().hexadecimal
        inclusion = try snapshot.inclusionProof(sequence: sequence, size: snapshot.head).map(\.hexadecimal)
    }

    /// The same of one organization's login.
    ///
    /// - Throws: `not_found` for what is no login, or another organization's (C48).
    public init(_ service: IdentityLedger, login sequence: UInt64, of organization: Identifier, by caller: Caller) throws {
        try service.check(.read, organization, by: caller)
        guard let event = try service.ledger.snapshot().event(sequence), event.organizationID == organization,
            case .assertionReceived = event.body
        else { throw RuleError(.notFound, "This organization has no login recorded as \(sequence).") }
        try self.init(service, sequence, by: caller)
    }

    private static func named(_ sequence: UInt64, in snapshot: Snapshot) throws -> JSON {
        guard sequence > 0, let event = try snapshot.event(sequence), let body = event.body else { return .null }
        return ["sequence": JSON(sequence), "type": .string(body.name), "recordedAt": JSON(event.recordedInstant)]
    }

    private static func caused(by sequence: UInt64, of organization: Identifier, in snapshot: Snapshot) throws -> [JSON] {
        let words = ChangeWords(try snapshot.organization(organization))
        return try snapshot.events(organization, from: sequence + 1, limit: mostCaused).compactMap { later -> JSON? in
            guard let event = try snapshot.event(later), event.causedBy == sequence, let body = event.body else { return nil }
            return .object((try named(later, in: snapshot).members ?? []) + [.init("what", JSON(what(body, words)))])
        }
    }

    // Beside changes of access, a login causes what only matters in its own story.
    private static func what(_ body: EventBody, _ words: ChangeWords) -> String? {
        switch body {
        case .sessionEnded: "An earlier session of the same browser ended."
        default: words.sentence(body)
        }
    }

    /// `event`, `judgment` (as `inspect` gives it), `certificate`, `configuration`, `policy`, `cause`, `caused`, `proof`.
    public var json: JSON {
        [
            "event": event, "judgment": report?.json ?? .null, "certificate": certificate?.json ?? .null,
            "configuration": configuration, "policy": policy, "cause": cause, "caused": .array(caused),
            "proof": ["treeSize": JSON(treeSize), "root": .string(root), "hashes": .array(inclusion.map(JSON.string))],
        ]
    }
}

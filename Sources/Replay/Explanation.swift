public import Events
public import IdentityLedger
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
    /// Sequence and instant of the configuration that judged it; nil: none did.
    public let configuration: JSON
    /// The same of the policy; nil: the defaults.
    public let policy: JSON
    /// What caused it; nil: nothing that was recorded.
    public let cause: JSON
    /// What it caused, in order: each `sequence` and `type`.
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
        var (configuration, policy): (UInt64, UInt64) = (0, 0)
        if case .assertionReceived(let received)? = recorded?.body, let organization = recorded?.organizationID {
            report = try service.report(organization, login: sequence, by: caller)
            (configuration, policy) = (received.facts.configurationRevision, received.facts.policyRevision)
        } else {
            report = nil
        }
        self.configuration = try Self.named(configuration, in: snapshot)
        self.policy = try Self.named(policy, in: snapshot)
        cause = try Self.named(recorded?.causedBy ?? 0, in: snapshot)
        caused =
            try recorded?.organizationID.map { organization in
                try snapshot.events(organization, from: sequence + 1, limit: Self.mostCaused)
                    .filter { try snapshot.event($0)?.causedBy == sequence }.map { try Self.named($0, in: snapshot) }
            } ?? []
        treeSize = snapshot.head
        root = try snapshot.root().hexadecimal
        inclusion = try snapshot.inclusionProof(sequence: sequence, size: snapshot.head).map(\.hexadecimal)
    }

    private static func named(_ sequence: UInt64, in snapshot: Snapshot) throws -> JSON {
        guard sequence > 0, let event = try snapshot.event(sequence), let body = event.body else { return .null }
        return ["sequence": JSON(sequence), "type": .string(body.name), "recordedAt": JSON(event.recordedInstant)]
    }

    /// `event`, `judgment` (as `inspect` gives it), `configuration`, `policy`, `cause`, `caused`, `proof`.
    public var json: JSON {
        [
            "event": event, "judgment": report?.json ?? .null, "configuration": configuration, "policy": policy, "cause": cause,
            "caused": .array(caused),
            "proof": ["treeSize": JSON(treeSize), "root": .string(root), "hashes": .array(inclusion.map(JSON.string))],
        ]
    }

    /// The same for people, a line a fact.
    public var lines: [String] {
        var lines = ["Event \(text(event["sequence"])), \(text(event["type"])), recorded \(text(event["recordedAt"]))."]
        if cause != .null { lines.append("Caused by \(name(cause)).") }
        if let report {
            let verdict = report.isAccepted ? "Accepted" : "Refused: \(report.refusal?.code.rawValue ?? "")"
            lines.append("\(verdict)\(report.email.map { ", for \($0)" } ?? "").")
            lines.append("Judged by \(configuration == .null ? "no configuration" : name(configuration)), and by")
            lines[lines.count - 1] += " \(policy == .null ? "the default policy" : name(policy))."
            lines.append("Each check, made again:")
            lines += report.steps.map { "  \($0.ok ? "holds" : "FAILS")  \($0.name) (\($0.section)): \($0.detail)" }
            if let remedy = report.refusal?.remedy { lines.append("What helps: \(remedy)") }
        }
        if !caused.isEmpty {
            lines.append("It caused:")
            lines += caused.map { "  \(name($0))" }
        }
        lines.append("Leaf hash \(text(event["leafHash"])); \(inclusion.count) hashes lead from it to the root")
        lines[lines.count - 1] += " \(root) of the tree of \(treeSize) events."
        return lines
    }

    private func name(_ event: JSON) -> String {
        "event \(text(event["sequence"])) (\(text(event["type"])), \(text(event["recordedAt"])))"
    }

    private func text(_ value: JSON?) -> String { value?.stringValue ?? value?.text ?? "-" }
}

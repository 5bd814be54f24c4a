import Cryptography
import Events
public import IdentityLedger
import Ledger
import Projections
import SAML

/// An event with everything that shows it, as one file that an outsider verifies offline, with tools that are not ours.
///
/// It holds personal data: the response as it came.
public struct Bundle: Sendable {
    /// The event's sequence.
    public let sequence: UInt64
    /// Whether the response that was judged is in it.
    public let hasResponse: Bool
    let archive: Archive
    private let seconds: UInt64

    /// Gathers what shows an event.
    ///
    /// - Throws: `not_found`, `forbidden`; `invalid_request` where the log has no name or key yet, without which no checkpoint can be signed.
    public init(_ service: IdentityLedger, _ sequence: UInt64, by caller: Caller) throws {
        // Whether the caller may read it is decided where all reading is.
        guard try service.event(sequence, by: caller) != nil else {
            throw ServiceError(
                code: "not_found", status: 404, detail: "There is no event \(sequence).",
                remedy: "Name a sequence that “events” or a refusal's reference gave.")
        }
        let snapshot = try service.ledger.snapshot()
        guard let event = try snapshot.event(sequence), let note = try service.checkpoint(of: snapshot), let key = try service.verifierKey()
        else {
            throw ServiceError(
                code: "invalid_request", status: 409, detail: "The log has no name yet, or its key is not here: nothing can sign for it.",
                remedy: "Give --public-url once, or restore the keys.")
        }
        var contents = BundleContents(event)
        try contents.add(leaf: .event, sequence, in: snapshot, note)
        contents.add(.checkpoint, note)
        contents.add(.logKey, key.text + "\n")
        contents.addWords(contents[.event] ?? [])
        if case .assertionReceived(let received)? = event.body {
            let redecider = Redecider(service, in: snapshot)
            if let response = try redecider.evidence(of: event) { contents.add(.response, response) }
            if let part = try redecider.signedPart(of: event) { contents.add(part) }
            if received.facts.configurationRevision > 0 {
                try contents.add(configuration: received.facts.configurationRevision, of: received, in: snapshot, note)
            }
            if received.facts.policyRevision > 0 { try contents.add(leaf: .policy, received.facts.policyRevision, in: snapshot, note) }
            if let (configuration, policy) = try redecider.inForce(at: event) { contents.addJudgment(configuration, policy) }
        }
        hasResponse = contents[.response] != nil
        self.sequence = sequence
        seconds = event.recordedAt / 1_000_000_000
        archive = Archive(folder: contents.folder, files: contents.finished())
    }

    /// The file.
    public var bytes: [UInt8] { archive.bytes(at: seconds) }

    /// The files' names, in their order.
    public var names: [String] { archive.files.map(\.name) }
}

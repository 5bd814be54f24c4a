public import Events
public import IdentityLedger
import Ledger
public import SAML

/// Recorded verdicts made again from their evidence, with the configuration and the clock as they were.
public struct Reproof: JSONView {
    /// A verdict that is another one now.
    public struct Finding: Sendable, Hashable {
        /// The login's event.
        public let sequence: UInt64
        /// `accepted`, or the refusal's code, as recorded.
        public let recorded: String
        /// The same, as it is now.
        public let now: String
        /// The version of the program that recorded it.
        public let recordedBy: String
        /// Why it was refused then; nil: it was accepted.
        public let recordedDetail: String?
        /// The check that doesn't hold now; nil: all hold.
        public let step: Step?

        fileprivate var json: JSON {
            [
                "sequence": JSON(sequence), "recorded": .string(recorded), "now": .string(now), "step": JSON(step?.name),
                "recordedDetail": JSON(recordedDetail), "nowDetail": JSON(step?.detail), "recordedVersion": .string(recordedBy),
                "nowVersion": .string(ProgramVersion.text),
            ]
        }
    }

    /// Logins that were looked at.
    public private(set) var checked: UInt64 = 0
    /// Logins whose verdict is the recorded one.
    public private(set) var same: UInt64 = 0
    /// Evidence erased or never kept: never counted as proved.
    public private(set) var unprovable: UInt64 = 0
    /// Logins whose verdict is another one.
    public private(set) var different: UInt64 = 0
    /// The first of them, as many as were asked for.
    public private(set) var findings: [Finding] = []

    private let limit: Int

    /// Judges and decides recorded logins again, on all processors, in bounded memory.
    ///
    /// - Parameters:
    ///   - limit: How many ``findings`` are kept; all are counted.
    ///   - progress: Told the sequence of the last login that was decided.
    public init(
        _ service: IdentityLedger, _ selection: LoginSelection = .init(), limit: Int = 10_000, progress: (UInt64) -> Void = { _ in }
    ) throws {
        self.limit = limit
        let snapshot = try service.ledger.snapshot()
        let redecider = Redecider(service, in: snapshot)
        try selection.forEachBatch(of: Self.atOnce, service, in: snapshot) { logins in
            let again = concurrently(logins) { login in Result { try redecider.decide(login) } }
            for (login, again) in zip(logins, again) { try count(login, again.get()) }
            if let last = logins.last { progress(last.sequence) }
        }
    }

    private static let atOnce = 1024

    private mutating func count(_ login: Event, _ again: Redecision?) throws {
        guard case .assertionReceived(let received)? = login.body else { return }
        checked += 1
        guard let again else {
            unprovable += 1
            return
        }
        let recorded = IdentityLedger.recordedCode(received)
        guard recorded != again.code else {
            same += 1
            return
        }
        different += 1
        guard findings.count < limit else { return }
        findings.append(
            Finding(
                sequence: login.sequence, recorded: recorded, now: again.code, recordedBy: received.programVersion,
                recordedDetail: received.detail.isEmpty ? nil : received.detail,
                step: again.report(reference: login.sequence).steps.last { !$0.ok }))
    }

    /// The contract's shape.
    public var json: JSON {
        [
            "checked": JSON(checked), "same": JSON(same), "different": JSON(different), "unprovable": JSON(unprovable),
            "unlisted": JSON(different - UInt64(findings.count)), "findings": .array(findings.map(\.json)),
        ]
    }
}

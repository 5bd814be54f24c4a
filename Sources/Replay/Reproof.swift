public import Events
public import IdentityLedger
import Ledger

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
    }

    /// Logins that were looked at.
    public private(set) var checked: UInt64 = 0
    /// Logins whose verdict is the recorded one.
    public private(set) var same: UInt64 = 0
    /// Evidence erased or never kept: never counted as proved.
    public private(set) var unprovable: UInt64 = 0
    /// Logins whose verdict is another one.
    public private(set) var findings: [Finding] = []

    /// How many findings there are.
    public var different: UInt64 { UInt64(findings.count) }

    /// Judges and decides every recorded login again.
    ///
    /// - Parameters:
    ///   - organization: Only this one's logins; nil: all.
    ///   - since: Only logins recorded from then on.
    public init(
        _ service: IdentityLedger, organization: Identifier? = nil, since: Instant? = nil, progress: (UInt64) -> Void = { _ in }
    ) throws {
        let snapshot = try service.ledger.snapshot()
        try snapshot.forEachEvent { sequence, bytes in
            let event = try Event(decoding: bytes)
            guard case .assertionReceived(let received) = event.body else { return true }
            if let organization, event.organizationID != organization { return true }
            if let since, event.recordedInstant < since { return true }
            checked += 1
            guard let evidence = try service.evidence(of: sequence, in: snapshot),
                let again = try service.redecide(event, bytes: evidence, in: snapshot)
            else {
                unprovable += 1
                return true
            }
            let recorded = IdentityLedger.recordedCode(received)
            if recorded == again.code {
                same += 1
            } else {
                findings.append(Finding(sequence: sequence, recorded: recorded, now: again.code))
            }
            progress(sequence)
            return true
        }
    }

    /// The contract's shape.
    public var json: JSON {
        [
            "checked": JSON(checked), "same": JSON(same), "different": JSON(different), "unprovable": JSON(unprovable),
            "findings": .array(
                findings.map { ["sequence": JSON($0.sequence), "recorded": .string($0.recorded), "now": .string($0.now)] }),
        ]
    }
}

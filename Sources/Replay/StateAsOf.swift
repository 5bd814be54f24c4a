public import Events
public import IdentityLedger
import Projections

/// The whole state at a moment, one JSON object a row in a canonical order: two of them are compared byte by byte.
public enum StateAsOf {
    /// - Parameter moment: nil: now.
    public static func text(_ service: IdentityLedger, at moment: Moment?, organization: Identifier?) throws -> String {
        let state = try service.state(at: moment ?? .sequence(try service.eventCount()), onAllProcessors: true)
        return try StateDump.text(state, organization: organization)
    }
}

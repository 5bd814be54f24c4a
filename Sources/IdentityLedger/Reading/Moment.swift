public import Events

/// A moment of the ledger's history: after an event, or at an instant (contract: `at`).
public enum Moment: Sendable, Hashable {
    case sequence(UInt64)
    case instant(Instant)

    /// Reads a sequence number or RFC 3339; nil for anything else.
    public init?(_ text: String) {
        if let sequence = UInt64(text) {
            self = .sequence(sequence)
        } else if let instant = Instant(rfc3339: text) {
            self = .instant(instant)
        } else {
            return nil
        }
    }
}

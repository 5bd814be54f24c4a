import Events

/// Refused logins that come in bursts. Pure.
struct RefusalRun: Sendable {
    private static let least: UInt64 = 10
    private static let windowNanoseconds: UInt64 = 600 * 1_000_000_000

    private struct Refusal {
        let sequence: UInt64
        let at: UInt64
        let code: String
        let count: UInt64
    }

    // The newest ones within the window, no more than it takes for a burst.
    private var recent: [Refusal] = []
    private var sequences: [UInt64] = []
    private var codes: [String: UInt64] = [:]
    private var count: UInt64 = 0
    private var last: Refusal?

    /// Takes a refusal, or a summary of so many.
    ///
    /// - Returns: The burst that was over before; nil: none was.
    mutating func take(_ sequence: UInt64, at: UInt64, code: String, count added: UInt64 = 1) -> Anomaly? {
        let over = last.flatMap { at - min(at, $0.at) > Self.windowNanoseconds ? finish() : nil }
        let refusal = Refusal(sequence: sequence, at: at, code: code, count: added)
        if last != nil {
            add(refusal)
            return over
        }
        recent.append(refusal)
        recent.removeAll { at - min(at, $0.at) > Self.windowNanoseconds }
        guard recent.reduce(0, { $0 + $1.count }) >= Self.least else { return over }
        for refusal in recent { add(refusal) }
        recent = []
        return over
    }

    /// The burst that goes on; nil: none does.
    mutating func finish() -> Anomaly? {
        defer { self = RefusalRun() }
        guard let last else { return nil }
        let usual = codes.max { ($0.value, $1.key) < ($1.value, $0.key) }
        let reason = usual.map { $0.key.isEmpty ? "" : ", \($0.value) of them “\($0.key)”" } ?? ""
        return Anomaly(
            .refusalBurst, .warning, sequences, count: count, last: last.sequence, at: Instant(nanoseconds: last.at),
            "\(count) logins were refused in a burst\(reason).")
    }

    private mutating func add(_ refusal: Refusal) {
        if sequences.count < 10 { sequences.append(refusal.sequence) }
        codes[refusal.code, default: 0] += refusal.count
        count += refusal.count
        last = refusal
    }
}

import Events
import Identity
import Ledger
import Projections

extension WriteContext {
    /// A user's sessions. They are looked for no further back than any may last in that organization, whatever others allow.
    ///
    /// - Parameter now: The clock's time: sessions hold by it, and the newest event may be of later, where a clock ran ahead.
    func sessions(of user: Identifier, in organization: Organization, now: Instant) throws -> [Session] {
        guard let id = organization.identifier else { return [] }
        return try sessions(id, of: user, since: try firstEvent(withSessionsOf: organization, now))
    }

    /// The sessions that were started with a NameID of this keyed hash.
    func sessions(nameIDHash: [UInt8], in organization: Organization, now: Instant) throws -> [Session] {
        guard let id = organization.identifier else { return [] }
        let found = try sessions(id, nameIDHash: nameIDHash, since: try firstEvent(withSessionsOf: organization, now))
        // Whoever once had the name may have another one by now, and somebody else this one.
        return try found.filter { session in
            guard let start = UInt64(bigEndianBytes: session.id.prefix(8)), case .sessionStarted(let started)? = try event(start)?.body
            else {
                return false
            }
            return started.nameIDHash.prefix(16).elementsEqual(nameIDHash.prefix(16))
        }
    }

    // Instants never go backwards in the log. Where one can't be read, more is looked at, not less.
    private func firstEvent(withSessionsOf organization: Organization, _ now: Instant) throws -> UInt64 {
        let longest = max(organization.longestSessionSeconds, Policy.defaults.sessionSeconds)
        let start = min(instant, now).adding(seconds: -Int64(longest) - Self.clockMargin)
        var (low, high) = (UInt64(1), head + 1)
        while low < high {
            let middle = low + (high - low) / 2
            if let envelope = try envelope(middle), envelope.recordedAt < start.nanoseconds { low = middle + 1 } else { high = middle }
        }
        return low
    }

    // Seconds that a clock may be set back between two readings.
    private static let clockMargin: Int64 = 600
}

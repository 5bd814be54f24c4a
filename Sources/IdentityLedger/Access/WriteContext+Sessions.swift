import Events
import Identity
import Ledger
import Projections

extension WriteContext {
    /// A user's sessions. They are looked for no further back than any may last in that organization, whatever others allow.
    func sessions(of user: Identifier, in organization: Organization) throws -> [Session] {
        guard let id = organization.identifier else { return [] }
        return try sessions(id, of: user, since: try firstEvent(withSessionsOf: organization))
    }

    /// The sessions of whom an identity provider names so.
    func sessions(nameIDHash: [UInt8], in organization: Organization) throws -> [Session] {
        guard let id = organization.identifier else { return [] }
        return try sessions(id, nameIDHash: nameIDHash, since: try firstEvent(withSessionsOf: organization))
    }

    // Instants never go backwards.
    private func firstEvent(withSessionsOf organization: Organization) throws -> UInt64 {
        let longest = max(organization.longestSessionSeconds, Policy.defaults.sessionSeconds)
        let start = instant.adding(seconds: -Int64(longest))
        var (low, high) = (UInt64(1), head + 1)
        while low < high {
            let middle = low + (high - low) / 2
            if let event = try event(middle), event.recordedInstant < start { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

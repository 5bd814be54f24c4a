import Events
import Identity
import Ledger
import Projections

/// Addresses by which an organization knew people whom it doesn't know by them any more: whoever is brought in by one of these would
/// be there twice, or come back after an erasure.
struct FormerAddresses {
    private var users: [[UInt8]: Identifier] = [:]

    /// Goes through the organization's events: an address that somebody has now is none of these.
    init(_ organization: Identifier, in snapshot: Snapshot) throws {
        guard try !snapshot.users(organization, limit: 1).isEmpty else { return }
        var next: UInt64 = 1
        while true {
            let page = try snapshot.otherEvents(organization, from: next, limit: 10_000)
            for sequence in page {
                guard let body = try snapshot.event(sequence)?.body, let hash = body.addressHash, let user = body.user,
                    try snapshot.user(organization, addressHash: hash) == nil
                else { continue }
                users[hash] = user
            }
            guard page.count == 10_000, let last = page.last else { return }
            next = last + 1
        }
    }

    /// Who had the address of this keyed hash.
    subscript(hash: [UInt8]) -> Identifier? { users[hash] }
}

extension EventBody {
    fileprivate var addressHash: [UInt8]? {
        switch self {
        case .userImported(let body): Array(body.addressHash)
        case .userProvisioned(let body): Array(body.addressHash)
        case .userEmailChanged(let body): Array(body.addressHash)
        default: nil
        }
    }
}

import Events
import Identity
import Ledger
import Projections

/// The names that a report gives to those whom events know by ID; what is known already isn't read again.
struct ReportNames {
    private static let mostKnown = 4096

    let snapshot: Snapshot
    let ring: KeyRing
    private var addresses: [Identifier: String?] = [:]

    init(_ snapshot: Snapshot, _ ring: KeyRing) {
        self.snapshot = snapshot
        self.ring = ring
    }

    /// A user's address as it is now; nil: it can't be read any more.
    mutating func email(_ user: Identifier, of organization: Identifier) throws -> String? {
        if let known = addresses[user] { return known }
        let email = try snapshot.user(organization, user).flatMap { try ring.personalData($0, organization)?.email }
        if addresses.count >= Self.mostKnown { addresses.removeAll() }
        addresses[user] = .some(email)
        return email
    }

    /// Who caused an event, in words.
    mutating func words(_ actor: Actor, of organization: Identifier?) throws -> String {
        let id = Identifier(bytes: actor.id)
        let short = id.map { "\($0.description.prefix(8))…" } ?? "unknown"
        switch actor.kind {
        case .user:
            guard let id, let organization, let email = try email(id, of: organization) else { return "user \(short)" }
            return email
        case .token:
            let role = try id.flatMap { try snapshot.credential(id: $0)?.role }
            return "token \(short)\(role.map { " (\($0))" } ?? "")"
        case .setupLink: return "setup link \(short)"
        case .commandLine: return "the command line"
        case .system: return "this program, by itself"
        case .identityProvider: return "a login through the identity provider"
        case .anonymous: return "anyone"
        case .unspecified, .UNRECOGNIZED: return "unknown"
        }
    }
}

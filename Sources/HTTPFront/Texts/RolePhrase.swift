import Events
import Identity

/// Roles. Their English words are the contract's names, which forms send, too.
enum RolePhrase: String, Phrase {
    case none, member, administrator, owner

    static let subject = "role"

    /// A role as it is said; one that a newer program knows stays as it is written.
    static func of(_ role: Role) -> any Said { named(role.name) }

    static func named(_ name: String) -> any Said { RolePhrase(rawValue: name) ?? name as any Said }
}

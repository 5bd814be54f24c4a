import Events
import Identity

/// Roles by their names.
enum RolePhrase: String, Phrase {
    case none, member, administrator, owner

    static let subject = "role"

    /// A role as it is said; one that a newer program knows stays as it is written.
    static func of(_ role: Role) -> any Said { RolePhrase(rawValue: role.name) ?? role.name as any Said }
}

import Events
import Identity
import IdentityLedger

/// What whoever would take rights from themselves is asked first: nobody gives them back to themselves.
struct OwnRightsFacts {
    /// The field that says that it was asked.
    static let answer = "sure"

    private let form: Fields
    private let roles: [AccountRole]

    /// - Returns: nil where the form is about somebody else.
    init?(_ caller: Caller, _ user: Identifier, _ form: Fields) {
        guard case .user(_, user, let roles) = caller.authority else { return nil }
        self.form = form
        self.roles = roles
    }

    /// nil: the form gives as much as there is, or takes what lets nobody administer.
    func lowering() throws -> [String: Any]? {
        guard let account = try form.one("account"), let next = try form.one("role").flatMap({ Role(name: $0) }),
            let own = roles.first(where: { Identifier(bytes: $0.account) == Identifier(account) })?.role,
            own.rawValue >= Role.administrator.rawValue, next.rawValue < own.rawValue
        else { return nil }
        return [
            "question": UserPhrase.lowerYourself, "button": UserPhrase.yesLowerMe, "to": "role",
            "consequence": UserPhrase.lowerYourselfMeans(["role": RolePhrase.of(own), "next": RolePhrase.of(next)]),
            "fields": [["name": "account", "value": account], ["name": "role", "value": next.name]],
        ]
    }

    /// nil: the form reactivates.
    func deactivating() throws -> [String: Any]? {
        guard try form.one("active") == "false" else { return nil }
        return [
            "question": UserPhrase.deactivateYourself, "button": UserPhrase.yesDeactivateMe, "to": "active",
            "consequence": UserPhrase.deactivateYourselfMeans, "fields": [["name": "active", "value": "false"]],
        ]
    }
}

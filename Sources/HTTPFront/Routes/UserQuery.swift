import Events
import Identity
import IdentityLedger

/// Which users a page's address asks for.
struct UserQuery: Sendable {
    let selection: UserSelection
    let page: Int
    let listing: Listing

    /// - Parameters:
    ///   - address: The list's own.
    ///   - text: The name of the member that is searched for.
    init(_ query: Fields, _ address: String, text: String = "email") throws {
        let names = [text, "method", "active", "role", "account"]
        let values = try names.map { try query.typed($0) }
        listing = Listing(address: address, filters: Array(zip(names, values)).map { ($0, $1) })
        page = try Self.read(try query.text("page"), "page") { Int($0).flatMap { $0 > 0 ? $0 : nil } } ?? 1
        var selection = UserSelection()
        selection.text = values[0]
        selection.signInMethod = try Self.read(values[1], "method") { SignInMethod(name: $0) }
        selection.isActive = try Self.read(values[2], "active") { ["yes": true, "no": false][$0] }
        selection.role = try Self.read(values[3], "role") { Role(name: $0) }
        selection.account = try Self.read(values[4], "account") { Identifier($0) }
        self.selection = selection
    }

    /// What can be chosen, for the template.
    func choices(_ accounts: [AccountView]) -> [[String: Any]] {
        var choices = [
            methods,
            listing.choice("active", FilterPhrase.maySignIn, [("yes", FilterPhrase.yes), ("no", FilterPhrase.noDeactivated)]),
            listing.choice("role", FilterPhrase.role, UserWords.roles.map { ($0.name, RolePhrase.of($0)) }),
        ]
        if accounts.count > 1 {
            choices.append(listing.choice("account", FilterPhrase.account, accounts.map { ($0.id.description, $0.name) }))
        }
        return choices
    }

    var methods: [String: Any] {
        listing.choice("method", FilterPhrase.signInMethod, [SignInMethod.password, .sso].map { ($0.name, UserWords.name($0)) })
    }

    private static func read<Value>(_ text: String?, _ name: String, _ read: (String) -> Value?) throws -> Value? {
        guard let text else { return nil }
        guard let value = read(text) else { throw Problem.invalid("“\(text)” is not what “\(name)” can be.") }
        return value
    }
}

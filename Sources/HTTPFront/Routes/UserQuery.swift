import Events
import Identity
import IdentityLedger

/// Which users a page's address asks for.
struct UserQuery: Sendable {
    let selection: UserSelection
    let page: Int
    let listing: Listing
    /// What could not be used, first of all; the list is as if it were not there.
    let problem: Problem?

    /// - Parameters:
    ///   - address: The list's own.
    ///   - text: The name of the member that is searched for.
    init(_ query: Fields, _ address: String, text: String = "email") throws {
        var reader = Reader(query: query)
        var selection = UserSelection()
        selection.text = try query.typed(text)
        selection.signInMethod = try reader.choice("method") { SignInMethod(name: $0) }
        selection.isActive = try reader.choice("active") { ["yes": true, "no": false][$0] }
        selection.role = try reader.choice("role") { Role(name: $0) }
        selection.account = try reader.choice("account") { Identifier($0) }
        page = try reader.page()
        listing = Listing(address: address, filters: [(text, selection.text)] + reader.used)
        problem = reader.problem
        self.selection = selection
    }

    private struct Reader {
        let query: Fields
        var used: [(name: String, value: String?)] = []
        var problem: Problem?

        mutating func choice<Value>(_ name: String, _ read: (String) -> Value?) throws -> Value? {
            guard let text = try query.typed(name) else { return nil }
            guard let value = read(text) else {
                problem =
                    problem ?? .invalid("“\(text)” is not what “\(name)” can be.", in: .init(name: name, phrase: .choice))
                return nil
            }
            used.append((name, text))
            return value
        }

        mutating func page() throws -> Int {
            guard let text = try query.typed("page") else { return 1 }
            guard let page = Int(text), page > 0 else {
                problem = problem ?? .invalid("This is no page's number: they begin with 1.")
                return 1
            }
            return page
        }
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
}

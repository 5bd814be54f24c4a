public import Events
import Identity

/// What another configuration or policy would do to people, by the newest of each one's last logins that either of both accepts.
public struct Consequence: JSONView, Hashable {
    /// Somebody whose login would be judged otherwise.
    public struct Person: Sendable, Hashable {
        /// The address as received; nil: it can't be read any more.
        public let email: String?
        /// The user; nil: there is none of that address yet.
        public let user: Identifier?
        /// The login.
        public let sequence: UInt64
    }

    /// The people whom one refusal concerns.
    public struct Group: Sendable, Hashable {
        /// The refusal: that would come, or that would go.
        public let code: String
        /// In the order of their logins.
        public let people: [Person]
    }

    /// Who could sign in and would be refused, the largest group first.
    public let lockedOut: [Group]
    /// Who was refused and would be accepted, the largest group first.
    public let letIn: [Group]

    /// Whether somebody would be refused who could sign in.
    public var locksOut: Bool { !lockedOut.isEmpty }

    /// Of verdicts in the order of the ledger.
    ///
    /// - Parameter user: The user of an address; nil: none.
    init(_ verdicts: [LoginVerdict], user: (String) throws -> Identifier?) rethrows {
        enum Key: Hashable {
            case user(Identifier)
            case address(String)
            case login(UInt64)
        }
        var newest: [Key: (verdict: LoginVerdict, person: Person)] = [:]
        for verdict in verdicts where verdict.before == Self.accepted || verdict.after == Self.accepted {
            let id = try verdict.user ?? verdict.email.flatMap { try user($0) }
            let address = verdict.email.flatMap { EmailAddress($0)?.normalized }
            let key = id.map(Key.user) ?? address.map(Key.address) ?? .login(verdict.sequence)
            newest[key] = (verdict, Person(email: verdict.email, user: id, sequence: verdict.sequence))
        }
        let changed = newest.values.filter { $0.verdict.before != $0.verdict.after }
        lockedOut = Self.groups(changed.filter { $0.verdict.before == Self.accepted }.map { ($0.verdict.after, $0.person) })
        letIn = Self.groups(changed.filter { $0.verdict.after == Self.accepted }.map { ($0.verdict.before, $0.person) })
    }

    private static let accepted = "accepted"

    private static func groups(_ people: [(code: String, person: Person)]) -> [Group] {
        Dictionary(grouping: people, by: \.code)
            .map { code, people in Group(code: code, people: people.map(\.person).sorted { $0.sequence < $1.sequence }) }
            .sorted { ($1.people.count, $0.code) < ($0.people.count, $1.code) }
    }

    /// `{"lockedOut","letIn"}`, each an array of `{"code","people":[{"email","user","sequence"}]}`.
    public var json: JSON { ["lockedOut": .array(lockedOut.map(\.json)), "letIn": .array(letIn.map(\.json))] }
}

extension Consequence.Group {
    /// `{"code","people":[{"email","user","sequence"}]}`
    public var json: JSON {
        [
            "code": .string(code),
            "people": .array(people.map { ["email": JSON($0.email), "user": JSON($0.user), "sequence": JSON($0.sequence)] }),
        ]
    }
}

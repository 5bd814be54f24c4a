public import Events

/// What becomes, or became, of one thing that is brought over from another system.
public struct MigrationItem: JSONView, Hashable {
    /// What becomes of it.
    public enum Outcome: String, Sendable, CaseIterable {
        /// A new organization.
        case created
        /// An organization that is there gets its identity provider.
        case configured
        /// A new user.
        case broughtIn
        /// It is here already, as it comes.
        case unchanged
        /// It is here already, and otherwise than it comes: it stays as it is here.
        case kept
        /// It can't be taken.
        case refused
    }

    /// Where it comes from: a file's name, or `line 12`, or an ID in another ledger.
    public let place: String
    /// Which organization it is, or belongs to; nil: it has none yet.
    public let organization: Identifier?
    /// What becomes of it.
    public let outcome: Outcome
    /// A sentence about what it is, and why.
    public let detail: String

    /// Of these.
    public init(_ place: String, _ organization: Identifier?, _ outcome: Outcome, _ detail: String) {
        self.place = place
        self.organization = organization
        self.outcome = outcome
        self.detail = detail
    }

    /// `{"place","organization","outcome","detail"}`
    public var json: JSON {
        [
            "place": .string(place), "organization": JSON(organization), "outcome": .string(outcome.rawValue),
            "detail": .string(detail),
        ]
    }
}

/// How a migration is done.
public struct MigrationMode: Sendable, Hashable {
    /// Only told: nothing is written.
    public static let dryRun = MigrationMode(applies: false, skipsRefused: false)
    /// Written if nothing is refused.
    public static let whole = MigrationMode(applies: true, skipsRefused: false)
    /// What isn't refused is written.
    public static let skippingRefused = MigrationMode(applies: true, skipsRefused: true)

    let applies: Bool
    let skipsRefused: Bool

    /// Whether anything is written where so many are refused.
    func writes(refused count: Int) -> Bool { applies && (skipsRefused || count == 0) }
}

/// What a migration comes to.
public struct MigrationTotals: JSONView, Hashable {
    /// Whether it was written; else it was only told.
    public let applied: Bool
    private var counts: [MigrationItem.Outcome: Int] = [:]

    /// Of nothing yet.
    public init(applied: Bool) { self.applied = applied }

    /// How many had this outcome.
    public subscript(outcome: MigrationItem.Outcome) -> Int { counts[outcome] ?? 0 }

    /// Counts one, or as many.
    public mutating func count(_ outcome: MigrationItem.Outcome, _ count: Int = 1) { counts[outcome, default: 0] += count }

    /// Whether anything is written, or would be.
    public var changesSomething: Bool { self[.created] + self[.configured] + self[.broughtIn] > 0 }

    /// `{"applied","created","configured","broughtIn","unchanged","kept","refused"}`
    public var json: JSON {
        .object(
            [JSON.Member("applied", .bool(applied))]
                + MigrationItem.Outcome.allCases.map { JSON.Member($0.rawValue, JSON(UInt64(self[$0]))) })
    }
}

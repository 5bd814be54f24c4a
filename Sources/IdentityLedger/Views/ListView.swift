public import Events

/// One page of a list: `{"items","next"}` (contract, shapes).
public struct ListView<Item: JSONView>: JSONView {
    /// In ascending order.
    public var items: [Item]
    /// What to ask for the next page with; nil: this was the last.
    public var next: String?

    /// A page.
    public init(items: [Item], next: String? = nil) {
        self.items = items
        self.next = next
    }

    /// The contract's shape.
    public var json: JSON { ["items": .array(items.map(\.json)), "next": JSON(next)] }
}

/// Which page of a list is asked for.
public struct PageRequest: Sendable, Hashable {
    /// What a list gives where nothing else is asked for.
    public static let defaultLimit = 100
    /// The most that one page gives.
    public static let maximumLimit = 1000

    /// At most so many items.
    public let limit: Int
    /// The page before said so; nil: from the start.
    public let cursor: String?

    /// A page; the limit is brought into 1 to 1000.
    public init(limit: Int = Self.defaultLimit, cursor: String? = nil) {
        self.limit = min(max(limit, 1), Self.maximumLimit)
        self.cursor = cursor
    }

    /// Everything at once: for programs on this machine.
    public static let all = PageRequest(unlimited: ())

    private init(unlimited: Void) {
        limit = .max
        cursor = nil
    }
}

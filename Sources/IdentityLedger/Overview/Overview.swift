public import Events

/// Which organizations an operator wants to see.
public struct OverviewRequest: Sendable, Hashable {
    /// A part of the name, or the beginning of the Organization ID; nil: all.
    public var search: String?
    /// Only those that somebody should look at.
    public var needsAttention: Bool
    /// The page before said so; nil: from the start.
    public var cursor: Identifier?
    /// At most so many, 1 to 100.
    public var limit: Int

    /// What isn't given isn't asked for.
    public init(search: String? = nil, needsAttention: Bool = false, cursor: Identifier? = nil, limit: Int = 50) {
        self.search = search
        self.needsAttention = needsAttention
        self.cursor = cursor
        self.limit = min(max(limit, 1), 100)
    }
}

/// One page of all organizations, by name.
public struct Overview: Sendable, Hashable {
    /// In the order of their names.
    public let items: [OrganizationHealth]
    /// What to ask for the next page with; nil: this was the last.
    public let next: Identifier?
    /// How many organizations there are that the search finds, on all pages.
    public let count: Int
    /// How many of them this page looked at: it ends early where the work of one page is done.
    public let lookedAt: Int
}

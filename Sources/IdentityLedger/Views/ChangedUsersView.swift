public import Events

/// Several users to whom something was done, by their IDs.
public struct ChangedUsers: Sendable, Hashable {
    /// Those named, or all that changed.
    public var users: [Identifier]
    /// How many of them this changed.
    public var changed: Int
    /// The sequences of the events that say so.
    public var recorded: [UInt64]
}

/// Users after something was done to several of them: `{"items":[user…],"changed":COUNT}`.
public struct ChangedUsersView: JSONView {
    /// Those named, or all that changed, as they are now.
    public var users: [UserView]
    /// How many of them this changed.
    public var changed: Int
    /// The sequences of the events that say so; not part of the JSON.
    public var recorded: [UInt64] = []

    /// Of views that were made of the users that changed.
    public init(users: [UserView], changed: Int, recorded: [UInt64] = []) {
        self.users = users
        self.changed = changed
        self.recorded = recorded
    }

    /// `items`, `next` and `changed`.
    public var json: JSON {
        ["items": .array(users.map(\.json)), "next": nil, "changed": .integer(Int64(changed))]
    }
}

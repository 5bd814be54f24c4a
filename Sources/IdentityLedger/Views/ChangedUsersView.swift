public import Events

/// Users after something was done to several of them: `{"items":[user…],"changed":COUNT}`.
public struct ChangedUsersView: JSONView {
    /// Those named, or all that changed, as they are now.
    public var users: [UserView]
    /// How many of them this changed.
    public var changed: Int
    /// The sequences of the events that say so; not part of the JSON.
    public var recorded: [UInt64] = []

    /// `items`, `next` and `changed`.
    public var json: JSON {
        ["items": .array(users.map(\.json)), "next": nil, "changed": .integer(Int64(changed))]
    }
}

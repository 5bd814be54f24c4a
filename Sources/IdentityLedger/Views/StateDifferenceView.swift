public import Events
public import Identity

/// What is otherwise in an organization at a later moment than at an earlier one.
public struct StateDifferenceView: JSONView {
    /// The organization.
    public let organization: Identifier
    /// The sequence of the last event at the earlier moment.
    public let from: UInt64
    /// The sequence of the last event at the later one.
    public let to: UInt64
    /// The organization's own, then each user's in the order in which their events came.
    public let differences: [StateDifference]
    /// Of whom the differences were too many to be told.
    public let peopleLeftOut: UInt64

    /// `{"organization","from","to","differences","peopleLeftOut"}`; a difference is `{"what","user","before","after","detail"}`.
    public var json: JSON {
        [
            "organization": .string(organization.description), "from": JSON(from), "to": JSON(to),
            "differences": .array(
                differences.map {
                    [
                        "what": .string($0.what), "user": JSON($0.user?.description), "before": $0.before, "after": $0.after,
                        "detail": .string($0.detail),
                    ]
                }),
            "peopleLeftOut": JSON(peopleLeftOut),
        ]
    }
}

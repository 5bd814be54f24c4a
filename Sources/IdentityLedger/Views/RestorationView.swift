public import Events
public import Identity

/// How an organization differs from what it was, and whether it was brought back.
public struct RestorationView: JSONView {
    /// The organization.
    public let organization: Identifier
    /// The sequence of the last event at that moment.
    public let at: UInt64
    /// What is another now.
    public let differences: [Restoration.Difference]
    /// What stays as it is, a sentence each.
    public let kept: [String]
    /// Why it may not be brought back; nil: it may, or was.
    public let refusal: ServiceError?
    /// The events that brought it back; none where nothing was to do, or it was only looked at.
    public let events: [UInt64]

    /// `{"organization","at","differences","kept","refusal","applied","events"}`; a refusal is `{"code","detail","remedy"}`.
    public var json: JSON {
        [
            "organization": .string(organization.description), "at": JSON(at),
            "differences": .array(
                differences.map {
                    ["what": .string($0.what), "before": $0.before, "after": $0.after, "detail": .string($0.detail)]
                }),
            "kept": .array(kept.map(JSON.string)),
            "refusal": refusal.map { ["code": .string($0.code), "detail": .string($0.detail), "remedy": JSON($0.remedy)] } ?? .null,
            "applied": .bool(!events.isEmpty), "events": .array(events.map { JSON($0) }),
        ]
    }
}

public import Events

/// Which of an organization's events are asked for; nothing given is all of them.
public struct HistoryFilter: Sendable, Hashable {
    /// An event's name; nil: any.
    public var type: String?
    /// Without logins and sessions, of which there are many.
    public var onlyChanges = false
    /// Only those about this user: an ID or an address. nil: about anyone or no one.
    public var person: String?
    /// Only those recorded from then on.
    public var since: Instant?
    /// Only those recorded before then.
    public var until: Instant?

    /// All events.
    public init() {}
}

/// An event as people read it.
public struct HistoryEntry: Sendable, Hashable {
    /// Its sequence.
    public let sequence: UInt64
    /// When it was recorded.
    public let recordedAt: Instant
    /// Its name.
    public let type: String
    /// Whom it is about; nil: no one.
    public let user: Identifier?
    /// That person's address; nil: it can't be read, or there is no person.
    public let email: String?
    /// A sentence.
    public let what: String
    /// Who caused it, in words.
    public let by: String
    /// What it was taken from, `{"kind","digest","place"}`; null: it happened here.
    public let origin: JSON
}

extension HistoryEntry {
    /// The columns of ``csv``.
    public static let columns = ["sequence", "recordedAt", "event", "user", "email", "what", "by"]

    /// One row, in the order of ``columns``.
    public var csv: String {
        CSV.row([String(sequence), recordedAt.rfc3339, type, user?.description ?? "", email ?? "", what, by])
    }
}

/// Some of the events that a filter finds, the newest first.
public struct HistoryPage: Sendable {
    /// In descending order.
    public let entries: [HistoryEntry]
    /// What to go on before; nil: there are no older ones.
    public let next: UInt64?
    /// Where so much was looked through that it ended there, not because the page was full: when the last one looked at was recorded.
    public let lookedThroughUntil: Instant?
}

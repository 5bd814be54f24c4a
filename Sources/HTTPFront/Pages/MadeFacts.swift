import Events
import Identity
import IdentityLedger

/// What a change that was made on a page appended: its notice names the event, in the ledger's own words.
struct MadeFacts {
    let services: Services
    let organization: Identifier
    let caller: Caller

    /// How the address of the page that follows a change says which events it made: `57`, `57-60`, or `0` where nothing was to do.
    static func query(_ events: [UInt64]) -> String {
        guard let first = events.first, let last = events.last else { return "done=0" }
        return first == last ? "done=\(first)" : "done=\(first)-\(last)"
    }

    // An address that is opened later, or was made up, tells of nothing that was just done.
    private static let freshSeconds: Int64 = 600

    /// nil: the address says nothing, or nothing that is so.
    func facts(_ query: Fields) throws -> [String: Any]? {
        guard let done = try query.text("done") else { return nil }
        if done == "0" { return ["madeNothing": true] }
        let parts = done.split(separator: "-", omittingEmptySubsequences: false).map { UInt64($0) }
        guard (1...2).contains(parts.count), let first = parts[0], let last = parts[parts.count - 1], first <= last,
            let entry = try services.core.historyEntry(first, of: organization, by: caller),
            try first == last || services.core.historyEntry(last, of: organization, by: caller) != nil,
            entry.recordedAt.adding(seconds: Self.freshSeconds) > services.core.now()
        else { return nil }
        var facts: [String: Any] = ["madeFirst": String(first), "madeWhat": entry.what]
        if let person = PersonName.said(email: entry.email, user: entry.user) { facts["madePerson"] = person }
        if last > first { facts["madeLast"] = String(last) }
        if (try? services.core.check(.read, organization, by: caller)) != nil {
            facts["madeHref"] = services.url.address("/organizations/\(organization)/history/\(first)")
        }
        return facts
    }
}

import Events
import IdentityLedger

/// The ways to a list's other pages, for the template `pages`.
enum PageFacts {
    /// Of a list whose pages are counted.
    static func facts(_ page: UserPage, _ listing: Listing, size: Int = 25, anchor: String = "") -> [String: Any] {
        let start = (page.number - 1) * size + 1
        let values: [String: any Said] = [
            "first": Numbers.text(UInt(start)), "last": Numbers.text(UInt(start + page.users.count - 1)),
            "found": Numbers.text(UInt(page.found)), "all": Numbers.text(UInt(page.total)),
        ]
        guard page.found > 0 else { return ["empty": page.total == 0 ? ListPhrase.noUsers : .nobody] }
        var facts: [String: Any] = ["range": (page.found == page.total ? ListPhrase.range : .rangeFound)(values)]
        let href = { (number: Int) in listing.href(("page", String(number))) + anchor }
        if page.number > 1 { (facts["first"], facts["previous"]) = (href(1), href(page.number - 1)) }
        if page.number < page.count { (facts["next"], facts["last"]) = (href(page.number + 1), href(page.count)) }
        return facts
    }

    /// Of a list that is read backwards from its newest event.
    ///
    /// - Parameters:
    ///   - before: Where this page began; nil: at the newest.
    ///   - next: Where the next one begins; nil: there is none.
    ///   - until: Where so much was looked through that it ended there: how far it got.
    static func facts(_ listing: Listing, before: UInt64?, next: UInt64?, lookedThroughUntil until: Instant?) -> [String: Any] {
        var facts: [String: Any] = [:]
        if let until { facts["range"] = ListPhrase.lookedBack(["instant": until.rfc3339Seconds]) }
        if before != nil { facts["first"] = listing.href() }
        if let next { facts["next"] = listing.href(("before", String(next))) }
        return facts
    }
}

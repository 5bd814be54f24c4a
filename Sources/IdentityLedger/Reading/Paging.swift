import Events
import Identity

/// Pages of lists that are sorted by a name. The cursor is the ID of the page's last item, so that no name or address is in a URL.
enum Paging {
    static func page<Row, Item: JSONView>(
        _ rows: [Row], _ page: PageRequest, key: (Row) -> String, id: (Row) -> Identifier?,
        _ item: (Row) throws -> Item?
    ) throws -> ListView<Item> {
        let sorted = rows.compactMap { row in id(row).map { (key: key(row), id: $0, row: row) } }
            .sorted { ($0.key, $0.id) < ($1.key, $1.id) }
        return try Self.page(sorted, page, id: \.id) { try item($0.row) }
    }

    /// A page of what is sorted already.
    static func page<Row, Item: JSONView>(
        _ sorted: [Row], _ page: PageRequest, id: (Row) -> Identifier, _ item: (Row) throws -> Item?
    ) throws -> ListView<Item> {
        var start = 0
        if let cursor = page.cursor {
            guard let wanted = Identifier(cursor), let last = sorted.firstIndex(where: { id($0) == wanted }) else {
                throw RuleError(
                    .invalidRequest, "This cursor is none that a page gave.", remedy: "Start without one.")
            }
            start = last + 1
        }
        let rest = sorted[start...]
        let shown = rest.prefix(page.limit)
        let next = shown.count < rest.count ? shown.last.map { id($0).description } : nil
        return ListView(items: try shown.compactMap(item), next: next)
    }
}

import Events
import Hummingbird
import IdentityLedger

/// A piece of a spreadsheet of events.
struct EventRows: Sendable {
    /// Of CSV.
    let rows: [String]
    /// Before which event the next piece begins; nil: this was the last one.
    let next: UInt64?
}

extension Services {
    /// Events as a spreadsheet, the newest first, as far as ``BoundedRows`` lets it go on.
    ///
    /// - Parameter read: A piece, for whoever it is that the request comes from by then: sessions end, and rights are taken away.
    func eventTable(
        _ name: String, columns: [String], of organization: Identifier, for request: FrontRequest,
        _ read: @escaping @Sendable (_ before: UInt64?, _ caller: Caller) async throws -> EventRows
    ) async throws -> Response {
        let piece = { @Sendable (before: UInt64?) async throws -> EventRows in
            try await read(before, try await visitor(request, of: organization).caller)
        }
        let bound = BoundedRows()
        return .spreadsheet(
            fileName(name, of: organization), columns: columns, first: try await piece(nil), rows: { $0.rows.joined() },
            next: { last in
                guard let next = last.next, bound.goOn(after: last.rows.count) else { return nil }
                return try await piece(next)
            })
    }

    /// What a spreadsheet is saved as, without its ending: whose it is, in letters and digits that any system takes.
    func fileName(_ name: String, of organization: Identifier) -> String {
        let said = (try? core.organizationName(organization)) ?? nil
        let words = (said ?? "").lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
        let whose = String(words.joined(separator: "-").prefix(40))
        return "\(name)-\(whose.isEmpty ? String(organization.description.prefix(8)) : whose)"
    }
}

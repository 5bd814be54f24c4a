import HTTPTypes
import Hummingbird
import IdentityLedger
import NIOCore

extension Response {
    /// Rows for a spreadsheet (RFC 4180), to be saved as a file.
    static func spreadsheet(_ name: String, _ body: ResponseBody) -> Response {
        var response = Response(status: .ok, headers: [.contentType: "text/csv; charset=utf-8; header=present"], body: body)
        response.headers[.contentDisposition] = "attachment; filename=\"\(name).csv\""
        return response
    }

    /// The same a piece at a time; memory holds one piece.
    ///
    /// - Parameters:
    ///   - first: Was read before the answer began, so that a refusal is one, and doesn't come in the middle of the rows.
    ///   - next: The piece after one; nil: that was the last.
    static func spreadsheet<Piece: Sendable>(
        _ name: String, columns: [String], first: Piece, rows: @escaping @Sendable (Piece) -> String,
        next: @escaping @Sendable (Piece) async throws -> Piece?
    ) -> Response {
        spreadsheet(
            name,
            ResponseBody { writer in
                try await writer.write(ByteBuffer(string: CSV.row(columns)))
                var piece = first
                while true {
                    try await writer.write(ByteBuffer(string: rows(piece)))
                    guard let later = try await next(piece) else { break }
                    piece = later
                }
                try await writer.finish(nil)
            })
    }
}

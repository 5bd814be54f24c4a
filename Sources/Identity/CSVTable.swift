/// Comma-separated values (RFC 4180, with LF taken for CRLF as well) whose first line names the columns; read a line at a time.
struct CSVTable {
    /// A line, by the names of its columns.
    struct Line {
        private let fields: [String]
        private let columns: [String: Int]

        fileprivate init(fields: [String], columns: [String: Int]) {
            self.fields = fields
            self.columns = columns
        }

        /// What stands in that column; empty where there is none of that name.
        subscript(column: String) -> String { columns[column].map { fields[$0] } ?? "" }
    }

    private let columns: [String: Int]
    private var rows: CSVRows

    /// - Parameter required: The columns that must be there; beside these only `optional` ones may be, in any order.
    init(_ bytes: [UInt8], required: [String], optional: [String], maximumByteCount: Int) throws(ImportFileError) {
        guard bytes.count <= maximumByteCount else { throw Self.refused("The file has more than \(maximumByteCount >> 20) MiB.") }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw Self.refused("The file is not UTF-8.") }
        rows = CSVRows(text)
        guard let header = try rows.next() else { throw Self.refused("The file is empty; its first line names the columns.") }
        for name in header.fields where !required.contains(name) && !optional.contains(name) {
            throw Self.refused("There is no column “\(name)”.")
        }
        guard Set(header.fields).count == header.fields.count else { throw Self.refused("A column is named twice.") }
        for name in required where !header.fields.contains(name) { throw Self.refused("The column “\(name)” is missing.") }
        columns = Dictionary(uniqueKeysWithValues: header.fields.enumerated().map { ($1, $0) })
    }

    /// The next line that says something; nil at the end. One that has other than the header's columns is a refusal of its own.
    mutating func next() throws(ImportFileError) -> (number: Int, line: Result<Line, RuleError>)? {
        guard let row = try rows.next() else { return nil }
        guard row.fields.count == columns.count else {
            return (
                row.line,
                .failure(
                    RuleError(.invalidRequest, "The line has \(row.fields.count) fields; there are \(columns.count) columns."))
            )
        }
        return (row.line, .success(Line(fields: row.fields, columns: columns)))
    }

    private static func refused(_ detail: String) -> ImportFileError { ImportFileError(line: 1, detail) }
}

/// The rows themselves.
private struct CSVRows {
    struct Row {
        let line: Int
        let fields: [String]
    }

    private enum End { case comma, line, file }

    private var bytes: ArraySlice<UInt8>
    private var line = 1
    private var isAtEnd = false

    init(_ text: String) {
        bytes = Array(text.utf8)[...]
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
    }

    mutating func next() throws(ImportFileError) -> Row? {
        while !isAtEnd {
            let start = line
            var fields: [String] = []
            var end = End.comma
            while end == .comma {
                let (field, next) = try self.field()
                fields.append(field)
                end = next
            }
            isAtEnd = end == .file
            if fields != [""] { return Row(line: start, fields: fields) }  // an empty line says nothing
        }
        return nil
    }

    private mutating func field() throws(ImportFileError) -> (String, End) {
        var field: [UInt8] = []
        if bytes.first == UInt8(ascii: "\"") {
            let opened = line
            bytes.removeFirst()
            while true {
                guard let byte = bytes.popFirst() else { throw Self.refused(opened, "A quoted field does not end.") }
                if byte == UInt8(ascii: "\"") {
                    guard bytes.first == UInt8(ascii: "\"") else { break }
                    bytes.removeFirst()
                } else if byte == 0x0A {
                    line += 1
                }
                field.append(byte)
            }
        } else {
            while let byte = bytes.first, byte != UInt8(ascii: ","), byte != 0x0A, byte != 0x0D {
                guard byte != UInt8(ascii: "\"") else { throw Self.refused(line, "A quote stands inside an unquoted field.") }
                field.append(byte)
                bytes.removeFirst()
            }
        }
        let text = String(decoding: field, as: UTF8.self)
        switch bytes.popFirst() {
        case nil: return (text, .file)
        case UInt8(ascii: ","): return (text, .comma)
        case 0x0D where bytes.first == 0x0A:
            bytes.removeFirst()
            line += 1
            return (text, .line)
        case 0x0A, 0x0D:
            line += 1
            return (text, .line)
        default: throw Self.refused(line, "Text follows a quoted field.")
        }
    }

    private static func refused(_ line: Int, _ detail: String) -> ImportFileError {
        ImportFileError(line: line, detail)
    }
}

/// The parts of a `multipart/form-data` body (RFC 7578), as browsers send a form with a file.
struct Multipart: Sendable {
    struct Part: Sendable {
        let name: String
        let fileName: String?
        let bytes: [UInt8]
    }

    let parts: [Part]

    /// - Throws: `request_malformed` where the boundaries or a part's head are not as RFC 7578 has them, or there are more than 32 parts.
    init(_ body: [UInt8], contentType: String) throws(Problem) {
        guard let boundary = Self.parameter("boundary", of: contentType), (1...70).contains(boundary.utf8.count) else {
            throw .malformed("The form's boundary is missing.")
        }
        let delimiter = Array("\r\n--\(boundary)".utf8)
        // The first delimiter may stand at the very start, without a line end before it.
        let bytes = [0x0D, 0x0A] + body
        var parts: [Part] = []
        guard var start = Self.find(delimiter, in: bytes, from: 0) else { throw .malformed("The form has no parts.") }
        while true {
            let afterDelimiter = start + delimiter.count
            if bytes[afterDelimiter...].starts(with: "--".utf8) { break }
            guard bytes[afterDelimiter...].starts(with: "\r\n".utf8), parts.count < 32,
                let end = Self.find(delimiter, in: bytes, from: afterDelimiter),
                let headEnd = Self.find(Array("\r\n\r\n".utf8), in: bytes, from: afterDelimiter), headEnd + 4 <= end
            else { throw .malformed("The form's parts are malformed.") }
            let head = String(decoding: bytes[(afterDelimiter + 2)..<max(headEnd, afterDelimiter + 2)], as: UTF8.self)
            let disposition = head.split(separator: "\r\n").first { $0.lowercased().hasPrefix("content-disposition:") }
            guard let disposition, let name = Self.parameter("name", of: String(disposition)) else {
                throw .malformed("A part of the form has no name.")
            }
            let fileName = Self.parameter("filename", of: String(disposition))
            parts.append(Part(name: name, fileName: fileName, bytes: Array(bytes[(headEnd + 4)..<end])))
            start = end
        }
        self.parts = parts
    }

    /// The parts that are no files, as fields.
    var fields: Fields {
        Fields(
            parts.filter { $0.fileName == nil }.map {
                .init(name: $0.name, value: String(decoding: $0.bytes, as: UTF8.self))
            })
    }

    /// The file of that name, which may be empty; nil where none was chosen: browsers then send one without a name (HTML, "Constructing the entry list").
    func file(_ name: String) -> [UInt8]? {
        parts.first { $0.name == name && $0.fileName != nil && !($0.bytes.isEmpty && $0.fileName == "") }?.bytes
    }

    private static func parameter(_ name: String, of header: String) -> String? {
        for part in header.split(separator: ";").dropFirst() {
            let pair = part.split(separator: "=", maxSplits: 1)
            guard pair.count == 2, pair[0].filter({ $0 != " " }).lowercased() == name else { continue }
            let value = pair[1].drop { $0 == " " }
            if value.hasPrefix("\"") { return String(value.dropFirst().prefix { $0 != "\"" }) }
            return String(value.prefix { $0 != " " })
        }
        return nil
    }

    private static func find(_ wanted: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
        guard let first = wanted.first, bytes.count >= wanted.count else { return nil }
        var index = start
        while index <= bytes.count - wanted.count {
            guard let next = bytes[index...].firstIndex(of: first), next <= bytes.count - wanted.count else {
                return nil
            }
            if bytes[next..<next + wanted.count].elementsEqual(wanted) { return next }
            index = next + 1
        }
        return nil
    }
}

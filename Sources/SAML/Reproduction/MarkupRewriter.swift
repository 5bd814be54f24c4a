/// Goes through the text of a well-formed document and lets values be replaced; all else stays, byte for byte.
struct MarkupRewriter {
    /// What a value is.
    enum Place {
        /// Of this element, by its local name; the count tells elements of one name apart, from 0 on.
        case text(element: String, count: Int)
        /// Of this element's attribute, by its name as written.
        case attribute(name: String, element: String)
        /// Of a comment, a CDATA section or a processing instruction.
        case other
    }

    private let bytes: [UInt8]
    private var index = 0
    private var result: [UInt8] = []
    private var open: [(name: String, count: Int)] = []
    private var counts: [String: Int] = [:]
    private var attributeName = ""

    private init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The document with its values replaced.
    ///
    /// - Parameters:
    ///   - bytes: A document that was parsed: anything else gives anything.
    ///   - replace: Gets and gives a value as it is written, with its references.
    static func rewritten(_ bytes: [UInt8], _ replace: (_ value: String, _ place: Place) -> String) -> [UInt8] {
        var rewriter = MarkupRewriter(bytes)
        rewriter.run(replace)
        return rewriter.result
    }

    private mutating func run(_ replace: (String, Place) -> String) {
        while index < bytes.count {
            guard bytes[index] == UInt8(ascii: "<") else {
                let text = take { $0 != UInt8(ascii: "<") }
                let place = open.last.map { Place.text(element: $0.name, count: $0.count) } ?? .other
                put(text.allSatisfy(\.isWhitespace) ? text : replace(text, place))
                continue
            }
            if starts("<!--") {
                wrapped("<!--", "-->", replace)
            } else if starts("<![CDATA[") {
                wrapped("<![CDATA[", "]]>", replace)
            } else if starts("<?") {
                if starts("<?xml ") { put(take(past: "?>")) } else { wrapped("<?", "?>", replace) }
            } else if starts("</") {
                put(take(past: ">"))
                if !open.isEmpty { open.removeLast() }
            } else {
                startTag(replace)
            }
        }
    }

    private mutating func wrapped(_ start: String, _ end: String, _ replace: (String, Place) -> String) {
        let content = take(past: end).dropFirst(start.count).dropLast(end.count)
        put(start + replace(String(content), .other) + end)
    }

    private mutating func startTag(_ replace: (String, Place) -> String) {
        let name = take { !" \t\r\n/>".utf8.contains($0) }
        put(name)
        let local = Self.local(String(name.dropFirst()))
        let count = counts[local, default: 0]
        counts[local] = count + 1
        while index < bytes.count, bytes[index] != UInt8(ascii: ">") {
            if starts("/>") {
                put("/>")
                index += 2
                return
            }
            put(take { " \t\r\n=".utf8.contains($0) })
            if index < bytes.count, bytes[index] == UInt8(ascii: "\"") || bytes[index] == UInt8(ascii: "'") {
                let quote = bytes[index]
                index += 1
                let value = take { $0 != quote }
                index += 1
                put([quote])
                put(replace(value, .attribute(name: attributeName, element: local)))
                put([quote])
            } else {
                let before = index
                attributeName = take { !" \t\r\n=/>\"'".utf8.contains($0) }
                put(attributeName)
                // A stray slash: it was no document.
                if index == before {
                    put([bytes[index]])
                    index += 1
                }
            }
        }
        if index < bytes.count {
            put(">")
            index += 1
        }
        open.append((local, count))
    }

    static func local(_ name: String) -> String { name.split(separator: ":").last.map(String.init) ?? name }

    private func starts(_ text: String) -> Bool { bytes[index...].starts(with: text.utf8) }

    private mutating func take(_ isPart: (UInt8) -> Bool) -> String {
        let start = index
        while index < bytes.count, isPart(bytes[index]) { index += 1 }
        return String(decoding: bytes[start..<index], as: UTF8.self)
    }

    private mutating func take(past end: String) -> String {
        let start = index
        index = bytes[index...].firstRange(of: Array(end.utf8))?.upperBound ?? bytes.count
        return String(decoding: bytes[start..<index], as: UTF8.self)
    }

    private mutating func put(_ text: String) { result += text.utf8 }
    private mutating func put(_ bytes: [UInt8]) { result += bytes }
}

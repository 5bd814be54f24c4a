/// Canonical XML (exclusive C14N) as people read it: an element a line, indented by depth; text stands where it stood.
///
/// Only white space between elements is changed. No markup is understood beyond what canonical XML can have, so what comes out is to be escaped.
struct IndentedXML {
    /// At most as long as asked for; cut at a line's end.
    private(set) var text = ""
    /// The whole lines that were left out.
    private(set) var linesLeftOut = 0
    private let limit: Int

    /// - Parameter limit: In bytes.
    init(_ canonical: [UInt8], limit: Int) {
        self.limit = limit
        var (depth, line, space) = (0, "", "")
        var isOpen = false
        var rest = canonical[...]
        while !rest.isEmpty {
            guard rest.first == UInt8(ascii: "<") else {
                let words = rest.prefix { $0 != UInt8(ascii: "<") }
                rest = rest.dropFirst(words.count)
                let isSpace = words.allSatisfy { $0 == 0x20 || $0 == 0x0A || $0 == 0x0D || $0 == 0x09 }
                // White space alone is text where an end follows, and else only layout.
                if isSpace { space = String(decoding: words, as: UTF8.self) } else { line += String(decoding: words, as: UTF8.self) }
                continue
            }
            let tag = Self.tag(rest)
            rest = rest.dropFirst(tag.count)
            let isEnd = tag.dropFirst().first == UInt8(ascii: "/")
            if isEnd { depth = max(depth - 1, 0) }
            if isEnd && isOpen {
                line += space
            } else {
                end(line)
                line = String(repeating: "  ", count: min(depth, 32))
            }
            space = ""
            line += String(decoding: tag, as: UTF8.self)
            if !isEnd { depth += 1 }
            isOpen = !isEnd
        }
        end(line)
    }

    private mutating func end(_ line: String) {
        guard !line.allSatisfy(\.isWhitespace) else { return }
        guard linesLeftOut == 0, text.utf8.count + line.utf8.count < limit else { return linesLeftOut += 1 }
        text += text.isEmpty ? line : "\n" + line
    }

    // C14N 1.0 §1.1: values stand between quotation marks, and may hold “>”.
    private static func tag(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var isQuoted = false
        for (index, byte) in zip(bytes.indices, bytes) {
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            if byte == UInt8(ascii: ">"), !isQuoted { return bytes[...index] }
        }
        return bytes
    }
}

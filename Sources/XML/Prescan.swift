import CLibXML2

/// The linear look at the bytes before libxml2 sees them: its handling of attributes is quadratic, so tags are bounded
/// here (C2), and so are encodings (C3).
struct Prescan {
    private let bytes: [UInt8]
    private let limits: XMLLimits
    private var index: Int
    private var hasRoot = false

    /// Refuses what libxml2 must not see.
    ///
    /// - Returns: Where the document begins, after a byte order mark.
    static func check(_ bytes: [UInt8], _ limits: XMLLimits) throws(XMLError) -> Int {
        guard bytes.count <= limits.totalBytes else {
            throw XMLError(.tooLarge, "At most \(limits.totalBytes) bytes of XML are read; there are \(bytes.count).")
        }
        guard String(validating: bytes, as: UTF8.self) != nil, Self.next(0, in: bytes, from: 0) == nil else {
            throw XMLError(.malformed, "The document must be UTF-8; it has bytes that are not.")
        }
        let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        var scan = Prescan(bytes: bytes, limits: limits, index: start)
        try scan.declaration()
        try scan.markup()
        return start
    }

    private init(bytes: [UInt8], limits: XMLLimits, index: Int) {
        self.bytes = bytes
        self.limits = limits
        self.index = index
    }

    // XML 1.0 §2.8: the XML declaration, which alone may name an encoding.
    private mutating func declaration() throws(XMLError) {
        guard starts("<?xml"), index + 5 < bytes.count, Self.isSpace(bytes[index + 5]) else { return }
        guard let end = find("?>"), end - index <= 256 else {
            throw XMLError(.malformed, "The XML declaration does not end.")
        }
        // Byte by byte: to a String, a sign with an accent on it is another one.
        let text = Array(String(decoding: bytes[index..<end], as: UTF8.self).lowercased().utf8)
        let compact = text.filter { !Self.isSpace($0) }.map { $0 == UInt8(ascii: "'") ? UInt8(ascii: "\"") : $0 }
        guard let encoding = compact.firstRange(of: Array("encoding=\"".utf8)) else { return }
        guard compact[encoding.upperBound...].starts(with: Array("utf-8\"".utf8)) else {
            throw XMLError(.malformed, "The encoding must be UTF-8; the document declares another one.")
        }
    }

    private mutating func markup() throws(XMLError) {
        while let tag = next(UInt8(ascii: "<"), from: index) {
            index = tag
            switch tag + 1 < bytes.count ? bytes[tag + 1] : 0 {
            case UInt8(ascii: "/"): try skip(past: ">", "An end tag")
            case UInt8(ascii: "?"): try skip(past: "?>", "A processing instruction")
            case UInt8(ascii: "!"): try declared()
            default:
                hasRoot = true
                try startTag()
            }
        }
    }

    private mutating func declared() throws(XMLError) {
        if starts("<!--") {
            index += 4
            try skip(past: "-->", "A comment")
        } else if starts("<![CDATA["), hasRoot {
            try skip(past: "]]>", "A CDATA section")
        } else {
            // C4: only a document type declaration may stand here, and none may.
            guard !hasRoot, starts("<!DOCTYPE") else {
                throw XMLError(.malformed, "Markup that begins with “<!” stands where it may not.")
            }
            throw XMLError(.doctype, "A document type declaration (DOCTYPE) is not allowed.")
        }
    }

    private mutating func startTag() throws(XMLError) {
        let start = index
        var attributes = 0
        var name = start + 1  // where the attribute's name may have begun
        index += 1
        while index < bytes.count {
            guard index - start <= limits.startTagBytes else {
                throw XMLError(.malformed, "A start tag may have \(limits.startTagBytes) bytes; one has more.")
            }
            switch bytes[index] {
            case UInt8(ascii: ">"):
                index += 1
                return
            case UInt8(ascii: "<"):
                throw XMLError(.malformed, "A “<” stands inside a start tag.")
            case UInt8(ascii: "\""), UInt8(ascii: "'"):
                attributes += 1
                guard attributes <= limits.attributes else {
                    throw XMLError(.malformed, "A start tag may have \(limits.attributes) attributes; one has more.")
                }
                try attributeValue(start: start, name: name)
                name = index
            case let byte where Self.isSpace(byte):
                index += 1
                if index < bytes.count, !Self.isSpace(bytes[index]), bytes[index] != UInt8(ascii: "=") {
                    if bytes[..<index].lastNonSpace != UInt8(ascii: "=") { name = index }
                }
            default: index += 1
            }
        }
        throw XMLError(.malformed, "A start tag does not end.")
    }

    private mutating func attributeValue(start: Int, name: Int) throws(XMLError) {
        let quote = bytes[index]
        let first = index + 1
        let end = next(quote, from: first)
        guard (end ?? bytes.count) - start <= limits.startTagBytes else {
            throw XMLError(.malformed, "A start tag may have \(limits.startTagBytes) bytes; one has more.")
        }
        guard let end else { throw XMLError(.malformed, "An attribute's value does not end.") }
        index = end
        // C6: Namespaces in XML 1.0 §5 has no empty name for a prefix; libxml2 would call it malformed only.
        if index == first, bytes[name...].starts(with: "xmlns:".utf8) {
            throw XMLError(.notCanonicalizable, "A namespace's name must be absolute; one is empty.")
        }
        index += 1
    }

    private func starts(_ text: StaticString) -> Bool {
        text.withUTF8Buffer { unsafe bytes[index...].starts(with: $0) }
    }

    private func find(_ text: StaticString) -> Int? {
        text.withUTF8Buffer { wanted in
            var place = index
            while let first = unsafe next(wanted[0], from: place) {
                if unsafe bytes[first...].starts(with: wanted) { return first }
                place = first + 1
            }
            return nil
        }
    }

    private func next(_ byte: UInt8, from place: Int) -> Int? { Self.next(byte, in: bytes, from: place) }

    private static func next(_ byte: UInt8, in bytes: [UInt8], from place: Int) -> Int? {
        unsafe bytes.withUnsafeBytes { buffer in
            guard place < buffer.count, let base = buffer.baseAddress,
                let found = unsafe memchr(base + place, Int32(byte), buffer.count - place)
            else { return nil }
            return unsafe UnsafeRawPointer(found) - base
        }
    }

    private mutating func skip(past text: StaticString, _ what: String) throws(XMLError) {
        guard let place = find(text) else { throw XMLError(.malformed, "\(what) does not end.") }
        index = place + text.utf8CodeUnitCount
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }
}

extension ArraySlice<UInt8> {
    fileprivate var lastNonSpace: UInt8? { last { $0 != 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D } }
}

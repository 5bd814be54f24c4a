import Mustache

/// How a template's `{{value}}` becomes text of a page (C52): byte by byte. The library's own way looks at whole characters, and a `<` that a combining
/// mark stands on, or a `"` behind a prepended sign, is another character than `<` and `"` to it; a browser sees the markup in them all the same.
struct PageContent: MustacheContentType {
    /// Before each template's text, so that it holds for partials too.
    static let pragma: String = {
        MustacheContentTypes.register(PageContent(), named: "PAGE")
        return "{{% CONTENT_TYPE:PAGE}}"
    }()

    func escapeText(_ text: String) -> String { Self.escaped(text) }

    static func escaped(_ text: String) -> String {
        guard text.utf8.contains(where: { entity($0) != nil }) else { return text }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count + 32)
        for byte in text.utf8 {
            if let entity = entity(byte) { bytes += entity.utf8 } else { bytes.append(byte) }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func entity(_ byte: UInt8) -> String? {
        switch byte {
        case UInt8(ascii: "&"): "&amp;"
        case UInt8(ascii: "<"): "&lt;"
        case UInt8(ascii: ">"): "&gt;"
        case UInt8(ascii: "\""): "&quot;"
        case UInt8(ascii: "'"): "&#39;"
        default: nil
        }
    }
}

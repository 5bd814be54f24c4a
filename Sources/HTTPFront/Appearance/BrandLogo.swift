/// A vendor's logo: an image whose kind its bytes tell, whatever its file is called.
struct BrandLogo: Sendable {
    let bytes: [UInt8]
    let contentType: String

    /// Runs no script, loads nothing, and is nobody's origin, also where it is opened by itself: an SVG is a document.
    static let policy = "default-src 'none'; style-src 'unsafe-inline'; sandbox"

    init(_ bytes: [UInt8], file: String) throws(AppearanceError) {
        guard bytes.count <= Appearance.logoBytes else {
            throw AppearanceError(
                "The logo \(file) is larger than \(Appearance.logoBytes) bytes.", remedy: "Make it smaller: it is shown 40 pixels high.")
        }
        guard let type = Self.type(of: bytes) else {
            throw AppearanceError("The logo \(file) is no SVG, PNG, JPEG or WebP image.", remedy: "Give one of these with --brand-logo.")
        }
        self.bytes = bytes
        contentType = type
    }

    private static func type(of bytes: [UInt8]) -> String? {
        if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) { return "image/png" }
        if bytes.starts(with: [0xFF, 0xD8, 0xFF]) { return "image/jpeg" }
        if bytes.starts(with: "RIFF".utf8), bytes.dropFirst(8).starts(with: "WEBP".utf8) { return "image/webp" }
        return isSVG(bytes) ? "image/svg+xml" : nil
    }

    // Text whose first element is svg. A DOCTYPE could name entities, which no logo needs.
    private static func isSVG(_ bytes: [UInt8]) -> Bool {
        guard let text = String(validating: bytes, as: UTF8.self), !text.utf8.contains(0) else { return false }
        var rest = text.drop { $0.isWhitespace || $0 == "\u{FEFF}" }
        while rest.hasPrefix("<?") || rest.hasPrefix("<!--") {
            let end = rest.hasPrefix("<?") ? "?>" : "-->"
            guard let range = rest.firstRange(of: end) else { return false }
            rest = rest[range.upperBound...].drop(while: \.isWhitespace)
        }
        guard rest.hasPrefix("<svg"), let next = rest.dropFirst(4).first else { return false }
        return (next.isWhitespace || next == ">") && !text.contains("<!DOCTYPE") && !text.contains("<!ENTITY")
    }
}

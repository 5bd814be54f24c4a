/// What people send where metadata is asked for.
enum MistakenMetadata: CaseIterable {
    case webPage, certificate, json, address, archive, nothing, utf16, otherEncoding, noText

    /// nil: nothing that is known; the parser's own words must do.
    init?(_ bytes: [UInt8]) {
        if Self.isUTF16(bytes) {
            self = .utf16
            return
        }
        let start = bytes.drop { $0 <= 0x20 || $0 == 0xEF || $0 == 0xBB || $0 == 0xBF }
        let head = String(decoding: start.prefix(64), as: UTF8.self).lowercased()
        if let found = Self.allCases.first(where: { kind in kind.signs.contains { head.hasPrefix($0) } }) {
            self = found
        } else if start.isEmpty {
            self = .nothing
        } else if String(validating: bytes, as: UTF8.self) == nil || bytes.contains(0) {
            self = start.first == UInt8(ascii: "<") && !bytes.contains(0) ? .otherEncoding : .noText
        } else if head.hasPrefix("<?xml"), head.contains("encoding="), !head.contains("utf-8") {
            self = .otherEncoding
        } else {
            return nil
        }
    }

    // XML 1.0 appendix F: by its byte order mark, or by how its first sign is written.
    private static func isUTF16(_ bytes: [UInt8]) -> Bool {
        let starts: [[UInt8]] = [[0xFF, 0xFE], [0xFE, 0xFF], [0x3C, 0], [0, 0x3C]]
        return starts.contains { bytes.starts(with: $0) }
    }

    private var signs: [String] {
        switch self {
        case .webPage: ["<!doctype html", "<html"]
        // Base64 of a DER sequence of usual length begins so.
        case .certificate: ["-----begin ", "mii"]
        case .json: ["{", "["]
        case .address: ["https://", "http://"]
        case .archive: ["pk\u{3}\u{4}"]
        case .nothing, .utf16, .otherEncoding, .noText: []
        }
    }

    /// Where it says more than the parser's words.
    var detail: String? {
        switch self {
        case .utf16: "Metadata must be UTF-8; this is UTF-16, which Windows calls Unicode."
        case .noText: "Metadata must be XML; this is no text."
        case .webPage, .certificate, .json, .address, .archive, .nothing, .otherEncoding: nil
        }
    }

    var remedy: String {
        switch self {
        case .webPage:
            "This is a web page, perhaps one that asks for a sign-in. Sign in at the identity provider, download its metadata there (XML), and save that file."
        case .certificate:
            "This is a certificate or a key alone. Download the metadata (XML) from the identity provider: it holds the certificate and the addresses."
        case .json: "This is JSON, as OpenID Connect has it. Take the SAML 2.0 metadata, which is XML that begins with EntityDescriptor."
        case .address: "This is an address: save it as Metadata URL."
        case .archive: "This is a ZIP archive: unpack it, and save the XML file in it."
        case .nothing: "It is empty: download the metadata from the identity provider again."
        case .utf16: "Open the file in an editor and save it with the encoding UTF-8, or take it as it was downloaded."
        case .otherEncoding:
            "Open the file in an editor and save it with the encoding UTF-8; where its first line names another encoding, let it say UTF-8."
        case .noText: "It may be a picture or a program: choose the XML file that the identity provider calls its metadata."
        }
    }
}

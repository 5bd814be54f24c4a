/// What people send where metadata is asked for.
enum MistakenMetadata: CaseIterable {
    case webPage, certificate, json, address, archive, nothing

    /// nil: nothing that is known; the parser's own words must do.
    init?(_ bytes: [UInt8]) {
        let head = String(decoding: bytes.drop { $0 <= 0x20 || $0 == 0xEF || $0 == 0xBB || $0 == 0xBF }.prefix(64), as: UTF8.self)
            .lowercased()
        guard let found = Self.allCases.first(where: { kind in kind.signs.contains { head.hasPrefix($0) } }) else {
            guard head.isEmpty else { return nil }
            self = .nothing
            return
        }
        self = found
    }

    private var signs: [String] {
        switch self {
        case .webPage: ["<!doctype html", "<html"]
        // Base64 of a DER sequence of usual length begins so.
        case .certificate: ["-----begin ", "mii"]
        case .json: ["{", "["]
        case .address: ["https://", "http://"]
        case .archive: ["pk\u{3}\u{4}"]
        case .nothing: []
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
        }
    }
}

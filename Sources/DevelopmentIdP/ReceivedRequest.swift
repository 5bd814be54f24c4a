import Compression
import FoundationEssentials
import XML

/// What an AuthnRequest asks for (core §3.4.1).
struct ReceivedRequest: Sendable {
    let id: String
    let issuer: String
    let acsURL: String?

    /// - Parameter isDeflated: As the redirect binding sends it.
    init?(base64: String, isDeflated: Bool) {
        guard let data = Data(base64Encoded: base64, options: .ignoreUnknownCharacters) else { return nil }
        var bytes = Array(data)
        if isDeflated {
            guard let inflated = try? Deflate.decompress(bytes, limit: 256 * 1024) else { return nil }
            bytes = inflated
        }
        let assertion: StaticString = "urn:oasis:names:tc:SAML:2.0:assertion"
        guard let document = try? XMLDocument(parsing: bytes),
            document.root.matches("AuthnRequest", in: "urn:oasis:names:tc:SAML:2.0:protocol"),
            let id = document.root.attribute("ID"), let issuer = document.root.children("Issuer", in: assertion).first?.text
        else { return nil }
        self.id = id
        self.issuer = issuer
        acsURL = document.root.attribute("AssertionConsumerServiceURL")
    }
}

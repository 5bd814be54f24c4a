import Compression

/// A message in a query as it was received (bindings §3.4.4.1; C36): each parameter once, and the octets that are signed.
struct SignedQuery {
    /// `SAMLRequest` or `SAMLResponse`, `RelayState` and `SigAlg`, in this order, encoded as they came.
    let octets: [UInt8]
    let relayState: String?
    let signatureAlgorithm: String?
    let signature: [UInt8]?
    private let message: [UInt8]

    init(reading query: String) throws(Refusal) {
        var raw: [String: Substring] = [:]
        for part in query.split(separator: "&") {
            let name = part.prefix { $0 != "=" }
            let known = Self.names.contains(String(name))
            // A name that is only encoded otherwise would be read as the same by others.
            guard known || !Self.names.contains(percentDecoded(name) ?? "") else { throw Self.malformed }
            guard known else { continue }
            guard part.count > name.count, raw.updateValue(part.dropFirst(name.count + 1), forKey: String(name)) == nil else {
                throw Self.malformed
            }
        }
        guard (raw["SAMLRequest"] == nil) != (raw["SAMLResponse"] == nil),
            let name = ["SAMLRequest", "SAMLResponse"].first(where: { raw[$0] != nil }),
            let field = raw[name].flatMap(percentDecoded)
        else { throw Self.malformed }
        if let encoding = raw["SAMLEncoding"].flatMap(percentDecoded),
            encoding != "urn:oasis:names:tc:SAML:2.0:bindings:URL-Encoding:DEFLATE"
        {
            throw Self.malformed
        }
        guard let bytes = Base64Field.decode(field.utf8) else {
            throw Refusal(.base64Malformed, "The message in the query must be base64; it is not.")
        }
        message = bytes
        relayState = raw["RelayState"].flatMap(percentDecoded)
        signatureAlgorithm = raw["SigAlg"].flatMap(percentDecoded)
        if let text = raw["Signature"].flatMap(percentDecoded) {
            guard let bytes = Base64Field.decode(text.utf8), !bytes.isEmpty else {
                throw Refusal(.signatureMalformed, "The query's Signature must be base64; it is not.")
            }
            signature = bytes
        } else {
            signature = nil
        }
        octets = Array(
            [name, "RelayState", "SigAlg"].compactMap { name in raw[name].map { "\(name)=\($0)" } }.joined(separator: "&").utf8)
    }

    /// The message; inflating stops at 64 KiB.
    func inflated() throws(Refusal) -> [UInt8] {
        do throws(CompressionError) {
            return try Deflate.decompress(message, limit: 64 * 1024)
        } catch {
            throw error.code == .tooLarge
                ? Refusal(.tooLarge, "A message in a query may have 65536 bytes; this one has more.")
                : Refusal(.requestMalformed, "The message in the query must be deflated; it cannot be inflated.")
        }
    }

    private static let names: Set<String> = ["SAMLRequest", "SAMLResponse", "RelayState", "SigAlg", "Signature", "SAMLEncoding"]
    private static let malformed = Refusal(
        .requestMalformed, "The query must carry one SAMLRequest or SAMLResponse, and each parameter once; it does not.")
}

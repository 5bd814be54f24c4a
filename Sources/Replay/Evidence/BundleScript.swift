import Cryptography
import Events
import SAML

/// `verify.sh`: the steps of a bundle's README for a shell, with openssl, xmlsec1 and what every system has. Nothing of ours is called.
struct BundleScript {
    let text: String

    init(_ contents: BundleContents) {
        // In the order of the sums.
        let names = (contents.files.keys + [.readme, .script]).map(\.rawValue).sorted()
        text =
            Self.beginning + "\nsums \(names.joined(separator: " "))\n" + Self.log + Self.steps(contents).joined()
            + "\necho \"All of it holds.\"\n"
    }

    // MARK: - What is said of this event alone

    private static func steps(_ contents: BundleContents) -> [String] {
        var steps = BundleFile.Leaf.allCases.filter { contents[$0.bytes] != nil }.map { "leaf \($0.rawValue)\n" }
        guard let bytes = contents[.event], let received = contents.received else { return steps }
        steps.append(verdict(received, in: bytes))
        if contents[.response] != nil {
            steps.append(
                digest(
                    "2a20", of: BundleFile.response.rawValue, [31, 5], in: bytes, .event,
                    "\(BundleFile.response.rawValue) is the response that the event speaks of"))
        }
        steps += trust(contents)
        if let part = contents.signed { steps.append(signature(part)) }
        return steps
    }

    // Only words of the contract go into the script.
    private static func verdict(_ received: AssertionReceived, in bytes: [UInt8]) -> String {
        guard received.accepted || RefusalCode(rawValue: received.code) != nil else { return "" }
        let (path, tag): ([UInt64], [UInt8]) = received.accepted ? ([31, 1], [0x08]) : ([31, 2], [0x12, UInt8(received.code.utf8.count)])
        guard let field = WireField(path, in: bytes) else { return "" }
        let words = received.accepted ? "accepted" : "refused: \(received.code)"
        let value = (tag + bytes[field.range]).hexadecimal
        return "holds event.bin \(field.range.lowerBound - tag.count) \(value) \"the event says “\(words)”\"\n"
    }

    // A digest of 32 bytes, with the two bytes before it: the field's number and its length.
    private static func digest(
        _ tag: String, of file: String, _ path: [UInt64], in bytes: [UInt8], _ leaf: BundleFile, _ words: String
    ) -> String {
        guard let field = WireField(path, in: bytes), field.range.count == 32 else { return "" }
        return "holds \(leaf.rawValue) \(field.range.lowerBound - 2) \"\(tag)$(digest \(file))\" \"\(words)\"\n"
    }

    private static func trust(_ contents: BundleContents) -> [String] {
        var steps: [String] = []
        let event = contents[.event] ?? []
        guard let configuration = contents[.configuration], let body = configurationField(configuration) else { return steps }
        if contents[.metadata] != nil {
            steps.append(
                digest(
                    "0a20", of: BundleFile.metadata.rawValue, body + [1], in: configuration, .configuration,
                    "the metadata is the document that the configuration rests on"))
        }
        guard let pem = contents[.certificate], let field = WireField([31, 11], in: event), field.range.count == 32,
            let message = WireField(body, in: configuration),
            let place = WireField.all(6, of: configuration, in: message.range).first(where: { range in
                DigestAlgorithm.sha256.digest(Array(configuration[range])).elementsEqual(event[field.range])
            }), !pem.isEmpty
        else { return steps }
        steps.append(
            "openssl x509 -in certificate.pem -outform DER -out \"$work/certificate\" || fail \"certificate.pem is no certificate\"\n")
        steps.append(
            "holds event.bin \(field.range.lowerBound - 2) \"5a20$(digest \"$work/certificate\")\" \"the event names this certificate\"\n")
        steps.append(
            "holds configuration.bin \(place.lowerBound) \"$(hex <\"$work/certificate\")\" \"it is one that the organization had configured\"\n"
        )
        if contents[.metadata] != nil { steps.append("stands_in_metadata\n") }
        return steps
    }

    // IdentityProviderConfigured, or the configuration within IdentityProviderRefreshed.
    private static func configurationField(_ bytes: [UInt8]) -> [UInt64]? {
        [[26], [27, 1]].first { WireField($0, in: bytes) != nil }
    }

    private static func signature(_ part: SignedPart) -> String {
        let file = part.decrypted == nil ? BundleFile.response : .decrypted
        let parent = part.element == .assertion ? "/*/*[local-name()='Assertion']" : "/*"
        let digest = part.digest.rawValue
        return "signed \(file.rawValue) \"\(parent)/*[local-name()='Signature']\"\n"
            + "digested \(digest) \(BundleFile.signed(part.element).rawValue) \(file.rawValue)\n"
    }
}

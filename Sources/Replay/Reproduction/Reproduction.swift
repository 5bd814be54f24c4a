import Cryptography
import Events
import Identity
public import IdentityLedger
import Ledger
import SAML

/// A recorded login, made into one that may be shown to anyone: blanked, signed anew by a test key, with the verdict that it had.
public struct Reproduction: Sendable {
    /// What is judged, and by what.
    public let reproducer: Reproducer
    /// The test key's metadata; nil: no identity provider was configured.
    public let metadata: [UInt8]?

    /// Blanks a login and signs it anew, until its verdict is the recorded one.
    ///
    /// - Throws: `not_found`, `forbidden`; `invalid_request` where the response is not to be had, can't be blanked, or the verdict can't be kept.
    public init(_ service: IdentityLedger, _ sequence: UInt64, by caller: Caller) throws {
        guard try service.event(sequence, by: caller) != nil, let event = try service.ledger.snapshot().event(sequence),
            case .assertionReceived(let received) = event.body
        else { throw ServiceError(code: "not_found", status: 404, detail: "There is no login recorded as \(sequence).") }
        let redecider = Redecider(service, in: try service.ledger.snapshot())
        guard let original = try redecider.evidence(of: event), let (facts, policy) = try redecider.grounds(of: event) else {
            throw Self.impossible("its response is erased, past its retention, or was never kept.")
        }
        var standIns = StandIns(seed: randomBytes(32))
        guard let blank = blanked(original, &standIns) else {
            throw Self.impossible(
                "its response is encrypted, or no XML that may be read: what is personal in it can't be told from the rest.")
        }
        let signer = try Self.signer(like: facts.identityProvider?.certificates ?? [])
        let provider = facts.identityProvider.map { provider in
            TrustedIdentityProvider(entityID: standIns.text(provider.entityID), certificates: signer.trusted)
        }
        var made = Self.reproducer(received, facts, policy, &standIns)
        let count = min(signatureCount(of: blank), Self.mostSignatures)
        for manners in Self.manners(count) {
            made.response = try resigned(
                blank, original: original, trusting: facts.identityProvider?.certificates ?? [], by: signer.signer, manners)
            // What is judged is what will lie in the file.
            guard let written = Reproducer(made.bytes), written.verdict(trusting: provider) == made.expected else { continue }
            let metadata = provider.map { Self.metadata(of: $0) }
            try Self.refusePersonal(made.bytes + (metadata ?? []), of: redecider.decide(event)?.judgment, original)
            reproducer = made
            self.metadata = metadata
            return
        }
        throw Self.impossible(
            "blanked and signed anew it is “\(made.verdict(trusting: provider))”, and it was “\(made.expected)”.")
    }

    // C11: a third signature is refused before it is verified.
    private static let mostSignatures = 2

    private static func manners(_ count: Int) -> [[SigningManner]] {
        (0..<count).reduce([[]]) { found, _ in found.flatMap { manners in SigningManner.allCases.map { manners + [$0] } } }
    }

    private static func impossible(_ why: String) -> ServiceError {
        ServiceError(
            code: "invalid_request", status: 422, detail: "The login can't be made into one that may be shown: \(why)",
            remedy: "An evidence bundle has it as it was, for those who may see it.")
    }

    // MARK: - Stand-ins

    private static func reproducer(
        _ received: AssertionReceived, _ facts: JudgmentFacts, _ policy: Policy, _ standIns: inout StandIns
    ) -> Reproducer {
        var blankPolicy = policy
        blankPolicy.allowedEmailDomains = policy.allowedEmailDomains.map { standIns.text($0) }
        let mapped: [WritableKeyPath<AttributeMapping, String>] = [\.email, \.name, \.firstName, \.lastName, \.groups]
        for member in mapped {
            blankPolicy.attributeMapping[keyPath: member] = attributeStandIn(policy.attributeMapping[keyPath: member], &standIns)
        }
        var signOn = received.facts
        signOn.verifiedDomains = signOn.verifiedDomains.map { standIns.text($0) }
        let recorded = IdentityLedger.recordedCode(received)
        return Reproducer(
            expected: recorded, story: "a recorded login, blanked and signed anew by a test key",
            facts: Reproducer.facts(
                acsURLs: facts.acsURLs.map { standIns.text($0) }, audience: standIns.text(facts.serviceProviderEntityID), blankPolicy,
                at: facts.instant),
            signOn: signOn, policy: blankPolicy, response: [])
    }

    // The last look: neither whom it was about nor an address of the response is in the files.
    private static func refusePersonal(_ files: [UInt8], of judgment: Judgment?, _ original: [UInt8]) throws {
        let verified = judgment?.verified
        var personal = [verified?.email, verified?.nameID, verified?.sessionIndex, verified?.assertionID].compactMap { $0 }
        let text = String(decoding: original, as: UTF8.self)
        personal += Set(text.matches(of: /[^\s<>"'&;:=]+@[^\s<>"'&;:=]+/).map { String($0.0) })
        let lower = String(decoding: files, as: UTF8.self).lowercased()
        guard !personal.contains(where: { $0.count > 3 && lower.contains($0.lowercased()) }) else {
            throw impossible("something personal stayed in it.")
        }
    }

    // MARK: - The test key

    private static func signer(like certificates: [Certificate]) throws -> (signer: TestSigner, trusted: [Certificate]) {
        // As long valid as the one that was believed, so that its end counts for as much.
        let notBefore = certificates.first?.notBeforeSeconds ?? 1_577_836_800
        let notAfter = certificates.first?.notAfterSeconds ?? 4_102_444_800
        func pair(_ kind: PrivateKey.Kind, _ name: String) throws -> TestSigner.Pair {
            let key = try PrivateKey.generate(kind)
            return TestSigner.Pair(
                key: key, certificate: try key.selfSignedCertificate(commonName: name, notBefore: notBefore, notAfter: notAfter))
        }
        let (rsa, elliptic) = (try pair(.rsa(bits: 2048), "test key"), try pair(.ec(.p256), "test key"))
        let stranger = (rsa: try pair(.rsa(bits: 2048), "another key"), elliptic: try pair(.ec(.p256), "another key"))
        return (TestSigner(rsa: rsa, elliptic: elliptic, stranger: stranger), [rsa.certificate, elliptic.certificate])
    }

    private static func metadata(of provider: TrustedIdentityProvider) -> [UInt8] {
        var text = """
            <?xml version="1.0" encoding="UTF-8"?>
            <md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="\(escaped(provider.entityID))">
              <md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">

            """
        for certificate in provider.certificates {
            let base64 = certificate.pem.split(separator: "\n").filter { !$0.hasPrefix("-----") }.joined()
            text += "    <md:KeyDescriptor use=\"signing\"><ds:KeyInfo xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"><ds:X509Data>"
            text += "<ds:X509Certificate>\(base64)</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>\n"
        }
        text += "    <md:SingleSignOnService Binding=\"\(SAMLBinding.redirect)\" Location=\"https://idp.example/sso\"/>\n"
        return Array((text + "  </md:IDPSSODescriptor>\n</md:EntityDescriptor>\n").utf8)
    }

    private static func escaped(_ text: String) -> String {
        let entities: [Unicode.Scalar: String] = ["&": "&amp;", "<": "&lt;", "\"": "&quot;"]
        return text.unicodeScalars.map { entities[$0] ?? String($0) }.joined()
    }
}

public import Cryptography
public import Events
import FoundationEssentials
import XML

/// What an identity provider's metadata document says (metadata §2.4.3; C37).
public struct IdentityProviderMetadata: Sendable {
    /// An address of a service and how messages get there.
    public struct Endpoint: Sendable, Hashable {
        /// The binding's URN.
        public let binding: String
        /// The URL.
        public let location: String
        /// Where responses go, if it is another URL.
        public let responseLocation: String?
    }

    /// The document's exact bytes.
    public let document: [UInt8]
    /// The identity provider's name.
    public let entityID: String
    /// Single sign-on services by HTTP-Redirect or HTTP-POST, in the document's order.
    public let singleSignOnServices: [Endpoint]
    /// Single logout services by HTTP-Redirect or HTTP-POST, in the document's order.
    public let singleLogoutServices: [Endpoint]
    /// Every signing certificate, in the document's order, each once.
    public let signingCertificates: [Certificate]
    /// Until when the document holds, if it says so.
    public let validUntil: Instant?
    /// The kind of identity provider, recognised from its addresses; empty: none that is known.
    public let preset: IdentityProviderPreset?
    /// Whether it asks for signed requests.
    public let wantsSignedRequests: Bool
    /// How many seconds the document may be kept, if it says so (`cacheDuration`).
    public let cacheSeconds: UInt64?
    /// What it says for people.
    public let details: MetadataDetails

    /// Reads a metadata document.
    ///
    /// - Parameters:
    ///   - entityID: Which identity provider, where the document describes several.
    ///   - signer: The certificate whose key must have signed the document, or the identity provider's part of it (metadata §3); then
    ///     only what it signed is read. nil: a signature is not looked at.
    ///   - allowHTTPOnLoopback: Whether addresses on loopback, `localhost` included, may be http.
    /// - Throws: ``MetadataError`` with a sentence for the person who uploads.
    public static func read(
        _ bytes: [UInt8], entityID: String? = nil, signedBy signer: Certificate? = nil, allowHTTPOnLoopback: Bool = true
    ) throws(MetadataError) -> IdentityProviderMetadata {
        var root = try parse(bytes).root
        if let signer { root = try signedPart(of: root, entityID, signer) }
        let (entity, role) = try choose(root, entityID)
        guard let name = entity.attribute("entityID"), !name.isEmpty, name.utf8.count <= 1024 else {
            throw .invalid("The identity provider must have an entityID of at most 1024 bytes; it has not.")
        }
        let signOn = try endpoints(role, "SingleSignOnService", allowHTTPOnLoopback)
        guard !signOn.isEmpty else {
            throw .invalid(
                "The metadata must name a SingleSignOnService by HTTP-Redirect or HTTP-POST; it names none.",
                remedy: "At the identity provider, turn on the redirect or POST endpoint (in JumpCloud: “Declare Redirect Endpoint”).")
        }
        // Metadata §2.3.1: a group's word counts for all in it, as deep as they lie.
        let places = Array(sequence(first: role, next: \.parent))
        var validUntil: Instant?
        for text in places.compactMap({ $0.attribute("validUntil") }) {
            guard let instant = Instant(rfc3339: text) else {
                throw .invalid("validUntil must be an instant in UTC; it is \(quoted(text)).")
            }
            validUntil = validUntil.map { min($0, instant) } ?? instant
        }
        let wants = role.attribute("WantAuthnRequestsSigned")
        return IdentityProviderMetadata(
            document: bytes, entityID: name, singleSignOnServices: signOn,
            singleLogoutServices: try endpoints(role, "SingleLogoutService", allowHTTPOnLoopback),
            signingCertificates: try signingCertificates(role), validUntil: validUntil,
            preset: IdentityProviderPreset(entityID: name, signOn: signOn.map(\.location)),
            wantsSignedRequests: wants == "true" || wants == "1",
            cacheSeconds: places.compactMap { $0.attribute("cacheDuration").flatMap(durationSeconds) }.min(),
            details: MetadataDetails(entity, role))
    }

    // The document's own signature, else that of the identity provider in it: whichever there is must be the signer's.
    private static func signedPart(
        of root: XMLElement, _ entityID: String?, _ signer: Certificate
    ) throws(MetadataError) -> XMLElement {
        let isSigned = !root.children("Signature", in: Names.signature).isEmpty
        let element = isSigned ? root : try choose(root, entityID).entity
        do throws(Refusal) {
            guard let signature = try element.only("Signature", in: Names.signature) else {
                throw Refusal(.signatureMissing, "The metadata must be signed; it is not.")
            }
            let trust = SignatureTrust(certificates: [signer], allowsSHA1: false)
            return try verifySignature(signature, on: element, trusting: trust, limits: .metadata).root
        } catch {
            throw .invalid(
                "The metadata's signature does not hold. \(error.detail)",
                remedy: "Give the certificate that the metadata is signed with, or none.")
        }
    }

    /// The entity IDs of the identity providers that a document describes, in its order: one of them is to be chosen.
    ///
    /// - Parameter limit: More are left out.
    /// - Throws: ``MetadataError`` where it can't be read.
    public static func entityIDs(in bytes: [UInt8], limit: Int) throws(MetadataError) -> [String] {
        try identityProviders(parse(bytes).root).lazy.compactMap { $0.entity.attribute("entityID") }.prefix(limit).map { $0 }
    }

    /// The event that records this configuration.
    public func event(metadataURL: String = "") -> IdentityProviderConfigured {
        var event = IdentityProviderConfigured()
        event.metadataDigest = Data(DigestAlgorithm.sha256.digest(document))
        event.metadataURL = metadataURL
        event.entityID = entityID
        event.singleSignOnServices = singleSignOnServices.map(\.event)
        event.singleLogoutServices = singleLogoutServices.map(\.event)
        event.signingCertificates = signingCertificates.map { Data($0.der) }
        event.validUntil = validUntil?.nanoseconds ?? 0
        event.preset = preset?.rawValue ?? ""
        event.cacheSeconds = cacheSeconds ?? 0
        event.wantsSignedRequests = wantsSignedRequests
        return event
    }

    // C2–C6 with 2 MiB; comments are allowed.
    private static func parse(_ bytes: [UInt8]) throws(MetadataError) -> XMLDocument {
        let document: XMLDocument
        do throws(XMLError) {
            document = try XMLDocument(parsing: bytes, limits: .metadata)
        } catch {
            throw MetadataError(
                error.code == .tooLarge ? .tooLarge : .metadataInvalid, error.message,
                remedy: MistakenMetadata(bytes)?.remedy
                    ?? "Download the metadata (federation metadata XML) from the identity provider again, and change nothing in it.")
        }
        guard document.instructionCount == 0 else {
            throw .invalid("Metadata may have no processing instructions; this document has \(document.instructionCount).")
        }
        guard !document.hasRelativeNamespace else {
            throw .invalid("A namespace's name must be absolute, without an ampersand; one is not.")
        }
        return document
    }

    private static func identityProviders(
        _ root: XMLElement
    ) throws(MetadataError) -> [(entity: XMLElement, role: XMLElement)] {
        var entities: [XMLElement] = []
        if root.matches("EntityDescriptor", in: Names.metadata) {
            entities = [root]
        } else if root.matches("EntitiesDescriptor", in: Names.metadata) {
            collect(root, into: &entities)
        } else {
            throw .invalid(
                "The document must be SAML metadata, an EntityDescriptor; it is \(quoted(root.name)).",
                remedy: root.name.lowercased() == "html"
                    ? MistakenMetadata.webPage.remedy : "Download the metadata (federation metadata XML) from the identity provider.")
        }
        var found: [(entity: XMLElement, role: XMLElement)] = []
        for entity in entities {
            let roles = entity.children("IDPSSODescriptor", in: Names.metadata).filter {
                ($0.attribute("protocolSupportEnumeration") ?? "").split(whereSeparator: \.isWhitespace)
                    .contains { $0 == "\(Names.protocol)" }
            }
            if roles.count > 1 { throw .invalid("An entity must have one IDPSSODescriptor for SAML 2.0; one has \(roles.count).") }
            if let role = roles.first { found.append((entity, role)) }
        }
        return found
    }

    // The one that was asked for, or the only identity provider there is.
    private static func choose(
        _ root: XMLElement, _ entityID: String?
    ) throws(MetadataError) -> (entity: XMLElement, role: XMLElement) {
        var found = try identityProviders(root)
        if let entityID {
            found = found.filter { same($0.entity.attribute("entityID") ?? "", entityID) }
            guard let only = found.first, found.count == 1 else {
                throw .invalid("The metadata must describe the identity provider \(quoted(entityID)); it does so \(found.count) times.")
            }
            return only
        }
        guard let only = found.first else {
            throw .invalid(
                "The metadata must describe an identity provider (IDPSSODescriptor, SAML 2.0); it describes none.",
                remedy: "Take the identity provider's metadata, not that of a service provider.")
        }
        guard found.count == 1 else {
            let names = found.prefix(4).map { quoted($0.entity.attribute("entityID") ?? "") }.joined(separator: ", ")
            throw .invalid(
                "The metadata describes \(found.count) identity providers (\(names)); one must be chosen.", remedy: "Name its entityID.")
        }
        return only
    }

    private static func collect(_ group: XMLElement, into entities: inout [XMLElement]) {
        for child in group.children {
            if child.matches("EntityDescriptor", in: Names.metadata) {
                entities.append(child)
            } else if child.matches("EntitiesDescriptor", in: Names.metadata) {
                collect(child, into: &entities)
            }
        }
    }

    private static func endpoints(
        _ role: XMLElement, _ name: StaticString, _ allowHTTPOnLoopback: Bool
    ) throws(MetadataError) -> [Endpoint] {
        var found: [Endpoint] = []
        for element in role.children(name, in: Names.metadata) {
            let binding = element.attribute("Binding") ?? ""
            guard binding == SAMLBinding.redirect || binding == SAMLBinding.post else { continue }
            let location = element.attribute("Location") ?? ""
            let answer = element.attribute("ResponseLocation")
            for text in [location, answer].compactMap({ $0 }) { try check(text, name, allowHTTPOnLoopback) }
            found.append(Endpoint(binding: binding, location: location, responseLocation: answer))
        }
        return found
    }

    private static func check(_ location: String, _ name: StaticString, _ allowHTTPOnLoopback: Bool) throws(MetadataError) {
        let address = WebAddress(location)
        guard let address, address.scheme == "https" || (allowHTTPOnLoopback && address.isLoopback) else {
            throw .invalid(
                "The \(name) must be an https URL; it is \(quoted(location)).",
                remedy: "At the identity provider, use https.")
        }
    }

    // Every key for signing, inactive ones too: which of them signs next is the identity provider's affair.
    private static func signingCertificates(_ role: XMLElement) throws(MetadataError) -> [Certificate] {
        var seen: Set<[UInt8]> = []
        var certificates: [Certificate] = []
        var unreadable = 0
        for descriptor in role.children("KeyDescriptor", in: Names.metadata) {
            let use = descriptor.attribute("use")
            guard use == nil || use == "signing" else { continue }
            for element in certificateElements(descriptor) {
                guard let der = element.text.flatMap({ Base64Field.decode($0.utf8) }), !der.isEmpty,
                    let certificate = try? Certificate(der: der), certificate.publicKey.isSupported
                else {
                    unreadable += 1
                    continue
                }
                guard seen.insert(der).inserted else { continue }
                guard !certificate.publicKey.isTooWeak else {
                    throw MetadataError(
                        .keyTooWeak, "An RSA key must have 2048 bits; that of \(quoted(certificate.subject)) has fewer.",
                        remedy: "Replace the signing certificate at the identity provider.")
                }
                certificates.append(certificate)
            }
        }
        guard certificates.count <= Limits.certificateCount else {
            throw .invalid("Metadata may have \(Limits.certificateCount) signing certificates; it has \(certificates.count).")
        }
        guard !certificates.isEmpty else {
            throw MetadataError(
                .noSigningKey,
                unreadable == 0
                    ? "The metadata must hold a signing certificate; it holds none."
                    : "The metadata must hold a readable signing certificate; \(unreadable) cannot be read.",
                remedy: "Download the metadata again, with its X.509 certificate.")
        }
        return certificates
    }

    private static func certificateElements(_ descriptor: XMLElement) -> [XMLElement] {
        descriptor.children("KeyInfo", in: Names.signature)
            .flatMap { $0.children("X509Data", in: Names.signature) }
            .flatMap { $0.children("X509Certificate", in: Names.signature) }
    }
}

extension IdentityProviderMetadata.Endpoint {
    fileprivate var event: Events.Endpoint {
        var event = Events.Endpoint()
        event.binding = binding
        event.location = location
        event.responseLocation = responseLocation ?? ""
        return event
    }
}

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
        let name = try name(of: entity)
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
                throw .invalid(
                    "validUntil must be an instant in UTC; it is \(quoted(text)).",
                    remedy: "At the identity provider, let it be written with a Z at its end, such as 2030-01-01T00:00:00Z, or left out.")
            }
            validUntil = validUntil.map { min($0, instant) } ?? instant
        }
        let wants = role.attribute("WantAuthnRequestsSigned")
        return IdentityProviderMetadata(
            document: bytes, entityID: name, singleSignOnServices: signOn,
            singleLogoutServices: try endpoints(role, "SingleLogoutService", allowHTTPOnLoopback),
            signingCertificates: try SigningKeys.certificates(of: role), validUntil: validUntil,
            preset: IdentityProviderPreset(entityID: name, signOn: signOn.map(\.location)),
            wantsSignedRequests: wants == "true" || wants == "1",
            cacheSeconds: places.compactMap { $0.attribute("cacheDuration").flatMap(durationSeconds) }.min(),
            details: MetadataDetails(entity, role))
    }

    // Metadata §2.2.1: a URI of at most 1024 characters.
    private static func name(of entity: XMLElement) throws(MetadataError) -> String {
        guard let name = entity.attribute("entityID"), !name.isEmpty else {
            throw .invalid(
                "The identity provider must have an entityID; it has none.",
                remedy: "Set the entity ID (some call it issuer) at the identity provider, and download its metadata again.")
        }
        guard name.utf8.count <= 1024 else {
            throw .invalid(
                "An entityID may have 1024 bytes; the identity provider's has \(name.utf8.count).",
                remedy: "Set a shorter entity ID at the identity provider, and download its metadata again.")
        }
        return name
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
    /// - Throws: ``MetadataError`` where it can't be read.
    public static func entityIDs(in bytes: [UInt8]) throws(MetadataError) -> [String] {
        try identityProviders(parse(bytes).root).compactMap { $0.entity.attribute("entityID") }
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
            if error.code == .tooLarge {
                throw MetadataError(
                    .tooLarge, error.message,
                    remedy: "Take the metadata of your identity provider alone, not that of a whole federation.")
            }
            let mistaken = MistakenMetadata(bytes)
            throw .invalid(
                mistaken?.detail ?? error.message,
                remedy: mistaken?.remedy
                    ?? "Download the metadata (federation metadata XML) from the identity provider again, and change nothing in it.")
        }
        guard document.instructionCount == 0 else {
            throw .invalid(
                "Metadata may have no processing instructions; this document has \(document.instructionCount).",
                remedy: "Take out what stands between “<?” and “?>”, but for the very first line.")
        }
        guard !document.hasRelativeNamespace else {
            throw .invalid(
                "A namespace's name must be absolute, without an ampersand; one is not.",
                remedy: "Take out the extension of the metadata that declares it (xmlns).")
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
            if roles.count > 1 {
                throw .invalid(
                    "An entity must have one IDPSSODescriptor for SAML 2.0; one has \(roles.count).",
                    remedy: "Take out all but the one that your people sign in with.")
            }
            if let role = roles.first { found.append((entity, role)) }
        }
        return found
    }

    // The one that was asked for, or the only identity provider there is.
    private static func choose(
        _ root: XMLElement, _ entityID: String?
    ) throws(MetadataError) -> (entity: XMLElement, role: XMLElement) {
        let found = try identityProviders(root)
        if let entityID {
            let named = found.filter { same($0.entity.attribute("entityID") ?? "", entityID) }
            guard let only = named.first else { throw notDescribed(entityID, by: found.compactMap { $0.entity.attribute("entityID") }) }
            guard named.count == 1 else {
                throw .invalid(
                    "The metadata must describe the identity provider \(quoted(entityID)) once; it does so \(named.count) times.",
                    remedy: "Take the identity provider's own metadata, not a federation's.")
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

    private static func notDescribed(_ entityID: String, by names: [String]) -> MetadataError {
        let remedy =
            switch names.count {
            case 0: "Take the identity provider's metadata, not that of a service provider."
            case 1: "It describes \(quoted(names[0])): give that entity ID, or none."
            default: "Give one of the \(names.count) entity IDs in it, just as it stands there."
            }
        return .invalid("The metadata must describe the identity provider \(quoted(entityID)); it does not.", remedy: remedy)
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
            // The schema's anyURI collapses white space around it (XML Schema part 2, §3.2.17).
            let location = collapsed(element.attribute("Location") ?? "")
            let answer = element.attribute("ResponseLocation").map(collapsed)
            for text in [location, answer].compactMap({ $0 }) { try check(text, name, allowHTTPOnLoopback) }
            found.append(Endpoint(binding: binding, location: location, responseLocation: answer))
        }
        return found
    }

    private static func check(_ location: String, _ name: StaticString, _ allowHTTPOnLoopback: Bool) throws(MetadataError) {
        let address = WebAddress(location)
        guard let address, address.scheme == "https" || (allowHTTPOnLoopback && address.isLoopback) else {
            let remedy =
                address == nil
                ? "At the identity provider, let it be a whole address such as https://idp.example.com/sso: in ASCII, without spaces and without a user's name."
                : "At the identity provider, use https."
            throw .invalid("The \(name) must be an https URL; it is \(quoted(location)).", remedy: remedy)
        }
    }

    private static func collapsed(_ text: String) -> String {
        let isSpace = { (scalar: Unicode.Scalar) in scalar == " " || scalar == "\t" || scalar == "\n" || scalar == "\r" }
        let start = text.unicodeScalars.drop(while: isSpace)
        guard let last = start.lastIndex(where: { !isSpace($0) }) else { return "" }
        return String(start[...last])
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

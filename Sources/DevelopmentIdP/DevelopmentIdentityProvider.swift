public import Cryptography
import FoundationEssentials
import HTTPTypes
public import Hummingbird
public import Logging
import NIOCore

/// A small identity provider for demonstrations, tests and benchmarks. Whoever asks is whom they choose to be, so it
/// listens on loopback only and answers to loopback or to the services that it was given.
public struct DevelopmentIdentityProvider: Sendable {
    /// Its name: the address of its metadata.
    public let entityID: String
    /// Its metadata document.
    public let metadata: [UInt8]
    /// The people who can be chosen.
    public let users: [SampleUser]
    /// The services that are known by name; the first is the default of `/initiate`.
    public var serviceProviders: [ServiceProvider]

    private let key: PrivateKey
    private let certificate: Certificate
    private let port: Int
    private let logger: Logger
    private let clock: @Sendable () -> Int64

    /// An identity provider with a key of its own.
    ///
    /// - Parameters:
    ///   - baseURL: `http://127.0.0.1:PORT`; PORT is listened on.
    ///   - key: nil: one is made.
    ///   - clock: Seconds since the Unix epoch; nil: the system's.
    public init(
        baseURL: String, users: [SampleUser] = SampleUser.all, serviceProviders: [ServiceProvider] = [],
        key: PrivateKey? = nil, logger: Logger,
        clock: (@Sendable () -> Int64)? = nil
    ) throws(CryptographyError) {
        let clock = clock ?? { Int64(Date().timeIntervalSince1970) }
        let now = clock()
        let base = baseURL.hasSuffix("/") ? String(baseURL.dropLast()) : baseURL
        if let key { self.key = key } else { self.key = try .generate(.rsa(bits: 2048)) }
        certificate = try self.key.selfSignedCertificate(
            commonName: "Development identity provider", notBefore: now - 86400, notAfter: now + 10 * 365 * 86400)
        entityID = base + "/metadata"
        metadata =
            IdentityProviderDescriptor(
                entityID: entityID, singleSignOnURL: base + "/sso", certificates: [certificate]
            ).metadata
        self.users = users
        self.serviceProviders = serviceProviders
        port = URLComponents(string: base)?.port ?? 80
        self.logger = logger
        self.clock = clock
    }

    /// The server as a service: it runs until its service group shuts it down.
    ///
    /// - Parameter onServerRunning: Called with the port that is listened on.
    public func application(
        onServerRunning: @escaping @Sendable (_ port: Int) async -> Void = { _ in }
    ) -> some ApplicationProtocol {
        let port = port
        return Application(
            router: router,
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: port), serverName: nil),
            onServerRunning: { channel in await onServerRunning(channel.localAddress?.port ?? port) }, logger: logger)
    }

    /// The form field `SAMLResponse`, without a browser.
    public func response(
        for user: SampleUser, acsURL: String, audience: String, inResponseTo: String? = nil, misbehaviour: Misbehaviour? = nil
    ) throws(CryptographyError) -> String {
        func id() -> String { "_" + randomBytes(16).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() }
        var builder = ResponseBuilder(
            issuer: entityID, destination: acsURL, audience: audience, nameID: user.email, responseID: id(),
            assertionID: id(), issueInstant: clock(), key: key, certificate: certificate)
        builder.inResponseTo = inResponseTo
        builder.sessionIndex = id()
        builder.attributes = [.init("email", [user.email]), .init("displayName", [user.displayName])]
        if !user.groups.isEmpty { builder.attributes.append(.init("groups", user.groups)) }
        let service = serviceProviders.first { $0.entityID == audience }
        if let encrypting = service?.encryptionCertificate { builder.encryption = .init(for: encrypting.publicKey) }
        if let misbehaviour { builder = builder.misbehaving(misbehaviour) }
        return try builder.base64()
    }

    private var router: Router<BasicRequestContext> {
        let router = Router()
        router.get("metadata") { _, _ in
            Response(
                status: .ok, headers: [.contentType: "application/samlmetadata+xml"],
                body: .init(byteBuffer: ByteBuffer(bytes: metadata)))
        }
        router.get("sso") { request, _ in
            let fields = Fields(request.uri.query ?? "")
            return try answer(ReceivedRequest(base64: fields["SAMLRequest"] ?? "", isDeflated: true), fields)
        }
        router.post("sso") { request, _ in
            let fields = try await form(request)
            return try answer(ReceivedRequest(base64: fields["SAMLRequest"] ?? "", isDeflated: false), fields)
        }
        router.get("initiate") { request, _ in
            let fields = Fields(request.uri.query ?? "")
            let chosen = serviceProviders.first { $0.entityID == fields["sp"] } ?? serviceProviders.first
            guard let acsURL = fields["acs"] ?? chosen?.acsURL, let audience = fields["audience"] ?? chosen?.entityID else {
                return page(ProviderPages.problem("A service must be named: acs and audience."), .badRequest)
            }
            return try answer(
                Errand(acsURL: acsURL, audience: audience, requestID: nil, relayState: fields["RelayState"], known: serviceProviders),
                fields)
        }
        router.post("respond") { request, _ in
            let fields = try await form(request)
            return try answer(
                Errand(
                    acsURL: fields["acs"] ?? "", audience: fields["audience"] ?? "", requestID: fields["request"],
                    relayState: fields["RelayState"], known: serviceProviders),
                fields)
        }
        return router
    }

    private func answer(_ received: ReceivedRequest?, _ fields: Fields) throws -> Response {
        guard let received else { return page(ProviderPages.problem("SAMLRequest must be an AuthnRequest; it is not."), .badRequest) }
        let known = serviceProviders.first { $0.entityID == received.issuer }
        return try answer(
            Errand(
                acsURL: received.acsURL ?? known?.acsURL ?? "", audience: received.issuer, requestID: received.id,
                relayState: fields["RelayState"], known: serviceProviders),
            fields)
    }

    // With a user the answer is the response; without, the choice.
    private func answer(_ errand: Errand?, _ fields: Fields) throws -> Response {
        guard let errand else {
            return page(ProviderPages.problem("Responses go to loopback or to a known service only."), .badRequest)
        }
        guard let email = fields["user"] else { return page(ProviderPages.choice(errand, users: users)) }
        guard let user = users.first(where: { $0.email == email }) else {
            return page(ProviderPages.problem("The user must be one of the sample users."), .badRequest)
        }
        let misbehaviour = fields["misbehaviour"].flatMap(Misbehaviour.init(rawValue:))
        let response = try response(
            for: user, acsURL: errand.acsURL, audience: errand.audience, inResponseTo: errand.requestID, misbehaviour: misbehaviour)
        return page(ProviderPages.post(response, errand))
    }

    private func form(_ request: Request) async throws -> Fields {
        Fields(String(buffer: try await request.body.collect(upTo: 512 * 1024)))
    }

    private func page(_ html: String, _ status: HTTPResponse.Status = .ok) -> Response {
        var headers: HTTPFields = [.contentType: "text/html; charset=utf-8", .cacheControl: "no-store"]
        headers[.contentSecurityPolicy] = "default-src 'none'; script-src 'unsafe-inline'; frame-ancestors 'none'"
        return Response(status: status, headers: headers, body: .init(byteBuffer: ByteBuffer(string: html)))
    }
}

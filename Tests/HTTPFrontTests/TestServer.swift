import Events
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import IdentityLedger
import Logging
import NIOCore
import TestSupport
import Testing

@testable import HTTPFront

/// A server on a real socket, over a ledger of its own that is removed afterwards.
struct TestServer: Sendable {
    static let base = "http://127.0.0.1:8080"

    let ledger: IdentityLedger
    let client: any TestClientProtocol
    var token: String

    static func run(
        base: String = TestServer.base, refusalLimit: Int = 300, bodiesBytes: Int = 64 << 20, dnsServer: String? = nil,
        operatorOrganization: () -> Identifier? = { nil }, appearance: Appearance = Appearance(),
        clock: (@Sendable () -> Instant)? = nil, logger logging: Logger? = nil,
        before prepare: (IdentityLedger) async throws -> Void = { _ in },
        _ body: @escaping @Sendable (TestServer) async throws -> Void
    ) async throws {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("front-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        let ledger = try IdentityLedger.open(.init(directory: directory.path, create: true, clock: clock))
        try await ledger.setPublicURL(base, by: .commandLine())
        let token = try await ledger.issueToken(role: "operator", organization: nil, expiresAt: nil, by: .commandLine())
            .token
        try await prepare(ledger)
        var logger = logging ?? Logger(label: "test")
        if logging == nil { logger.logLevel = .error }
        let front = try HTTPFront(
            ledger: ledger,
            options: FrontOptions(
                publicURL: base, allowPrivateMetadata: true, refusalLimit: refusalLimit, bodiesBytes: bodiesBytes,
                dnsServer: dnsServer.flatMap { DNSServer($0) }, operatorOrganization: operatorOrganization(), appearance: appearance),
            logger: logger)
        try await front.application().test(.live) { client in
            try await body(TestServer(ledger: ledger, client: client, token: token))
        }
    }

    struct Answer: Sendable {
        let status: Int
        let headers: HTTPFields
        let body: [UInt8]

        var text: String { String(decoding: body, as: UTF8.self) }
        var json: JSON { (try? JSON(parsing: body)) ?? .null }
        var code: String? { json["code"]?.stringValue }
        var location: String? { headers[.location] }
    }

    func send(
        _ method: HTTPRequest.Method, _ path: String, headers: HTTPFields = [:], body: [UInt8]? = nil
    ) async throws -> Answer {
        try await client.execute(uri: path, method: method, headers: headers, body: body.map { ByteBuffer(bytes: $0) }) { response in
            Answer(
                status: response.status.code, headers: response.headers, body: Array(response.body.readableBytesView))
        }
    }

    /// The administration API, with the operator's token unless another is given.
    func api(_ method: HTTPRequest.Method, _ path: String, _ body: JSON? = nil, token: String? = nil) async throws
        -> Answer
    {
        var headers: HTTPFields = [.authorization: "Bearer \(token ?? self.token)"]
        if body != nil { headers[.contentType] = "application/json" }
        return try await send(method, path, headers: headers, body: body?.encoded())
    }

    /// A form, as a program posts it that reads JSON.
    func post(_ path: String, _ fields: [(String, String)], headers: HTTPFields = [:]) async throws -> Answer {
        var headers = headers
        headers[.contentType] = "application/x-www-form-urlencoded"
        return try await send(.post, path, headers: headers, body: Array(Self.form(fields).utf8))
    }

    static func form(_ fields: [(String, String)]) -> String {
        fields.map { "\(PercentCoding.encode($0.0))=\(PercentCoding.encode($0.1))" }.joined(separator: "&")
    }

    /// A new organization's ID, configured with the sample identity provider unless told otherwise.
    func organization(_ name: String = "Example", configured: Bool = true) async throws -> String {
        let made = try await api(.post, "/v1/organizations", ["name": .string(name)])
        #expect(made.status == 201)
        let id = try #require(made.json["id"]?.stringValue)
        if configured {
            let answer = try await send(
                .put, "/v1/organizations/\(id)/identity-provider",
                headers: [.authorization: "Bearer \(token)", .contentType: "application/samlmetadata+xml"],
                body: TestIdentityProvider.shared.metadata)
            #expect(answer.status == 200, "\(answer.text)")
        }
        return id
    }
}

extension TestServer {
    /// The cookies of the customer's administrator, who opened a setup link.
    func administrator(_ org: String) async throws -> [String: String] {
        let organization = try #require(Identifier(org))
        let link = try await ledger.issueSetupLink(organization, by: .commandLine())
        let session = try #require(try await ledger.useSetupLink(link.token))
        return [CookieNames(secure: false).setup(organization): session.token]
    }

    /// A login that the identity provider begins, as a program posts it.
    func signIn(_ org: String, _ email: String, by provider: TestIdentityProvider = .shared) async throws -> Answer {
        let addresses = OrganizationAddresses(base: TestServer.base, organization: try #require(Identifier(org)))
        let response = try provider.response(
            to: addresses.acsURL, audience: addresses.audienceURI, at: Int64(ledger.now.nanoseconds / 1_000_000_000), email: email)
        let fields = [("SAMLResponse", String(decoding: response, as: UTF8.self))]
        return try await post("/saml/acs?org=\(org)", fields, headers: [.accept: "application/json"])
    }

    /// A login that this browser begins here, up to its answer.
    func signInFromHere(_ org: String, _ email: String, by provider: TestIdentityProvider = .shared) async throws -> Answer {
        let started = try await send(.get, "/saml/login?org=\(org)")
        let sealer = CookieSealer(secret: try Core(ledger: ledger).cookieSecret())
        let request = try #require(started.cookies.values.compactMap { RequestCookie(sealed: $0, by: sealer, now: ledger.now) }.first)
        let addresses = OrganizationAddresses(base: TestServer.base, organization: try #require(Identifier(org)))
        let response = try provider.response(
            to: addresses.acsURL, audience: addresses.audienceURI, at: Int64(ledger.now.nanoseconds / 1_000_000_000), email: email,
            inResponseTo: request.requestID)
        let fields = [("SAMLResponse", String(decoding: response, as: UTF8.self)), ("RelayState", request.relayKey)]
        var headers = HTTPFields.cookies(started.cookies)
        headers[.accept] = "application/json"
        return try await post("/saml/acs?org=\(org)", fields, headers: headers)
    }

    /// A form with files, as browsers post it.
    func post(
        _ path: String, parts: [(name: String, file: String?, value: String)], cookies: [String: String]
    ) async throws -> Answer {
        var text = ""
        for part in parts {
            let file = part.file.map { "; filename=\"\($0)\"" } ?? ""
            text += "--xyz\r\nContent-Disposition: form-data; name=\"\(part.name)\"\(file)\r\n\r\n\(part.value)\r\n"
        }
        var headers = HTTPFields.cookies(cookies)
        headers[.contentType] = "multipart/form-data; boundary=xyz"
        headers[.origin] = TestServer.base
        return try await send(.post, path, headers: headers, body: Array((text + "--xyz--\r\n").utf8))
    }
}

extension TestServer.Answer {
    /// The cookies that were set, as a browser would send them back; removed ones are left out.
    var cookies: [String: String] {
        var found: [String: String] = [:]
        for header in headers[values: .setCookie] where !header.contains("Max-Age=0") {
            let pair = header.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1)
            if pair.count == 2 { found[String(pair[0])] = String(pair[1]) }
        }
        return found
    }

    /// A hidden field's value on the page.
    func field(_ name: String) -> String? {
        guard let start = text.range(of: "name=\"\(name)\" value=\"") else { return nil }
        return String(text[start.upperBound...].prefix { $0 != "\"" })
    }
}

extension HTTPFields {
    static func cookies(_ cookies: [String: String]) -> HTTPFields {
        [.cookie: cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")]
    }
}

import AsyncHTTPClient
import DevelopmentIdP
import Foundation
import NIOCore
import NIOHTTP1
import TestSupport
import Testing

/// A customer's organization, and clients that sign in there as fast as they can.
struct LoginService: Sendable {
    struct Server: Sendable {
        let process: Process
        let port: Int
    }

    struct Answered: Sendable {
        let email: String
        let assertionID: String
        let response: String
        let cookie: String
    }

    private static let base = "http://127.0.0.1:9"
    private static let client: HTTPClient = {
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }()

    let organization: String
    private let program: Program
    private let acsURL: String
    private let audience: String

    init(_ program: Program) throws {
        self.program = program
        let made = try program("organization", "create", "Example", "--public-url", Self.base, "--json").document()
        organization = try #require(made["id"] as? String)
        acsURL = try #require(made["acsURL"] as? String)
        audience = try #require(made["audienceURI"] as? String)
        let metadata = try program.write(String(decoding: TestIdentityProvider.shared.metadata, as: UTF8.self), to: "metadata.xml")
        let configured = try program("organization", "configure", organization, "--metadata", metadata)
        #expect(configured.status == 0, "\(configured.notes)")
    }

    func start(limits: [String] = []) async throws -> Server {
        let output = "server-\(UUID().uuidString)"
        let process = try program.start(["serve", "--listen", "127.0.0.1:0", "--refusal-limit", "0"], output: output, limits: limits)
        for _ in 0..<400 {
            let text = (try? String(contentsOfFile: program.path(output), encoding: .utf8)) ?? ""
            if let line = text.split(separator: "\n").first(where: { $0.hasPrefix("listening on ") }),
                let port = line.split(separator: ",").first?.split(separator: ":").last.flatMap({ Int($0) })
            {
                return Server(process: process, port: port)
            }
            try await Task.sleep(for: .milliseconds(25))
        }
        process.terminate()
        throw CancellationError()
    }

    /// Eight clients sign in until the server is killed.
    func load(_ server: Server, round: Int, milliseconds: Int) async -> [Answered] {
        await withTaskGroup(of: [Answered].self) { group in
            for client in 0..<8 { group.addTask { await signIn(server, "r\(round)c\(client)") } }
            try? await Task.sleep(for: .milliseconds(milliseconds))
            kill(server.process.processIdentifier, SIGKILL)
            server.process.waitUntilExit()
            return await group.reduce(into: []) { $0 += $1 }
        }
    }

    private func signIn(_ server: Server, _ name: String) async -> [Answered] {
        var answered: [Answered] = []
        for count in 0... {
            // Every other login is of somebody who is there already.
            let email = count % 2 == 0 ? "\(name)n\(count)@example.com" : "somebody\(count % 5)@example.com"
            let id = TestIdentityProvider.newID()
            guard
                let response = try? TestIdentityProvider.shared.response(
                    to: acsURL, audience: audience, at: Int64(Date().timeIntervalSince1970), email: email, id: id),
                let answer = try? await post(String(decoding: response, as: UTF8.self), server)
            else { break }
            guard answer.status == 303, let cookie = answer.cookie else { continue }
            answered.append(
                Answered(
                    email: email, assertionID: "_assertion\(id)", response: String(decoding: response, as: UTF8.self), cookie: cookie))
        }
        return answered
    }

    /// One login of that person: the answer's status.
    func signIn(_ server: Server, email: String) async throws -> Int {
        let response = try TestIdentityProvider.shared.response(
            to: acsURL, audience: audience, at: Int64(Date().timeIntervalSince1970), email: email, id: TestIdentityProvider.newID())
        return try await post(String(decoding: response, as: UTF8.self), server).status
    }

    /// The status of a GET.
    func status(_ path: String, _ server: Server) async throws -> Int {
        let answer = try await Self.client.execute(
            HTTPClientRequest(url: "http://127.0.0.1:\(server.port)\(path)"), timeout: .seconds(10))
        return Int(answer.status.code)
    }

    func post(_ response: String, _ server: Server) async throws -> (status: Int, cookie: String?) {
        var request = HTTPClientRequest(url: "http://127.0.0.1:\(server.port)/saml/acs?org=\(organization)")
        request.method = .POST
        request.headers.add(name: "content-type", value: "application/x-www-form-urlencoded")
        request.headers.add(name: "accept", value: "application/json")
        let field = response.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        request.body = .bytes(ByteBuffer(string: "SAMLResponse=\(field)"))
        let answer = try await Self.client.execute(request, timeout: .seconds(10))
        let cookie = answer.headers["set-cookie"].first { $0.hasPrefix("session=") }?.split(separator: ";").first
        return (Int(answer.status.code), cookie.map(String.init))
    }

    func sessionEmail(_ cookie: String, _ server: Server) async throws -> String? {
        var request = HTTPClientRequest(url: "http://127.0.0.1:\(server.port)/session")
        request.headers.add(name: "cookie", value: cookie)
        let answer = try await Self.client.execute(request, timeout: .seconds(10))
        let body = Data(try await answer.body.collect(upTo: 1 << 16).readableBytesView)
        return (try JSONSerialization.jsonObject(with: body) as? [String: Any])?["email"] as? String
    }
}

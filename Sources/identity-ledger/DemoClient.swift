import AsyncHTTPClient
import Events
import Foundation
import IdentityLedger
import NIOCore
import NIOHTTP1

/// What a browser would do in the demo: follow the login by hand, and keep the cookies that matter.
struct DemoClient {
    let base: String
    let provider: String
    let addresses: OrganizationAddresses

    private static let client: HTTPClient = {
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }()

    func waitUntilReady() async throws {
        for _ in 0..<100 {
            if (try? await get(base + "/healthz").status) == .ok, (try? await get(provider + "/metadata").status) == .ok { return }
            try await Task.sleep(for: .milliseconds(50))
        }
        throw ServiceError(code: "overloaded", status: 503, detail: "The servers did not start within five seconds.")
    }

    /// - Returns: The address that `/session` names.
    func logInFromIdentityProvider(_ email: String) async throws -> String {
        let sp = encoded(addresses.audienceURI)
        let page = try await text(get("\(provider)/initiate?sp=\(sp)&user=\(encoded(email))"))
        return try await finish(page, cookies: [])
    }

    /// - Returns: The address that `/session` names.
    func logInFromService(_ email: String) async throws -> String {
        let answer = try await get(addresses.loginURL)
        let cookies = cookies(of: answer)
        guard let location = answer.headers.first(name: "location") else {
            throw unexpected("The login was not sent to the identity provider.")
        }
        let page = try await text(get("\(location)&user=\(encoded(email))"))
        return try await finish(page, cookies: cookies)
    }

    private func finish(_ page: String, cookies: [String]) async throws -> String {
        guard let response = value(of: "SAMLResponse", in: page) else { throw unexpected("The identity provider sent no response.") }
        var request = HTTPClientRequest(url: addresses.acsURL)
        request.method = .POST
        request.headers.add(name: "content-type", value: "application/x-www-form-urlencoded")
        request.headers.add(name: "accept", value: "application/json")
        if !cookies.isEmpty { request.headers.add(name: "cookie", value: cookies.joined(separator: "; ")) }
        let relay = value(of: "RelayState", in: page).map { "&RelayState=\(encoded($0))" } ?? ""
        request.body = .bytes(ByteBuffer(string: "SAMLResponse=\(encoded(response))\(relay)"))
        let answer = try await Self.client.execute(request, timeout: .seconds(10))
        guard answer.status == .seeOther else { throw unexpected("The login was refused: \(try await text(answer))") }
        let session = try await text(get(base + "/session", cookies: self.cookies(of: answer)))
        guard let range = session.range(of: "\"email\":\""), let end = session[range.upperBound...].firstIndex(of: "\"") else {
            throw unexpected("There is no session: \(session)")
        }
        return String(session[range.upperBound..<end])
    }

    private func get(_ url: String, cookies: [String] = []) async throws -> HTTPClientResponse {
        var request = HTTPClientRequest(url: url)
        if !cookies.isEmpty { request.headers.add(name: "cookie", value: cookies.joined(separator: "; ")) }
        return try await Self.client.execute(request, timeout: .seconds(10))
    }

    private func text(_ answer: HTTPClientResponse) async throws -> String { String(buffer: try await answer.body.collect(upTo: 1 << 20)) }

    private func cookies(of answer: HTTPClientResponse) -> [String] {
        answer.headers["set-cookie"].compactMap { $0.split(separator: ";").first.map(String.init) }
    }

    private func value(of field: String, in page: String) -> String? {
        guard let name = page.range(of: "name=\"\(field)\""), let value = page[name.upperBound...].range(of: "value=\""),
            let end = page[value.upperBound...].firstIndex(of: "\"")
        else { return nil }
        return page[value.upperBound..<end].replacingOccurrences(of: "&#43;", with: "+").replacingOccurrences(of: "&amp;", with: "&")
    }

    private func encoded(_ text: String) -> String {
        text.addingPercentEncoding(
            withAllowedCharacters: CharacterSet(charactersIn: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~")) ?? ""
    }

    private func unexpected(_ detail: String) -> ServiceError { ServiceError(code: "conflict", status: 409, detail: detail) }
}

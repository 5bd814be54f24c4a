import Events
import HTTPTypes
import IdentityLedger
import Logging
import Synchronization
import TestSupport
import Testing

@testable import HTTPFront

@Suite struct `A setup link` {
    /// What was logged, whole.
    private final class Lines: Sendable {
        let text = Mutex("")
    }

    private struct Handler: LogHandler {
        let lines: Lines
        var logLevel = Logger.Level.trace
        var metadata: Logger.Metadata = [:]
        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        init(_ lines: Lines) { self.lines = lines }

        func log(event: LogEvent) {
            lines.text.withLock { $0 += "\(event.message) \(metadata) \(event.metadata ?? [:])\n" }
        }
    }

    private static func link(_ server: TestServer, _ org: String) async throws -> SetupLinkView {
        try await server.ledger.issueSetupLink(try #require(Identifier(org)), by: .commandLine())
    }

    private static func use(_ server: TestServer, _ path: String) async throws -> TestServer.Answer {
        let form = try #require(try await server.send(.get, path).field("form"))
        return try await server.post(path, [("form", form)], headers: [.origin: TestServer.base])
    }

    @Test func `is not spent by whoever only looks, and opens the settings in any one browser`() async throws {
        try await TestServer.run { server in
            let org = try await server.organization("Acme", configured: false)
            let path = "/setup/\(try await Self.link(server, org).token)"
            for method in [.head, .get, .head, .options, .get] as [HTTPRequest.Method] {
                #expect(try await server.send(method, path).status < 300)
            }
            let page = try await server.send(.get, path)
            #expect(page.text.contains("<strong>Acme</strong>") && page.cookies.isEmpty)
            let opened = try await Self.use(server, path)
            #expect(opened.status == 303)
            let settings = try await server.send(.get, "/organizations/\(org)/settings", headers: .cookies(opened.cookies))
            #expect(settings.status == 200)
            #expect(try await server.send(.get, "/organizations/\(org)/settings").status == 401, "another browser has no part in it")
        }
    }

    @Test func `that was used says so, and in the browser that used it leads on to the settings`() async throws {
        try await TestServer.run { server in
            let org = try await server.organization(configured: false)
            let path = "/setup/\(try await Self.link(server, org).token)"
            let opened = try await Self.use(server, path)
            let elsewhere = try await server.send(.get, path)
            #expect(elsewhere.status == 410)
            #expect(elsewhere.text.contains("works once") && elsewhere.text.contains("a new one"))
            #expect(!elsewhere.text.contains("/settings\""))
            let again = try await server.send(.get, path, headers: .cookies(opened.cookies))
            #expect(again.text.contains("href=\"\(TestServer.base)/organizations/\(org)/settings\""))
        }
    }

    @Test func `of a second organization ends nothing in the same browser, and one of the same says beforehand what it ends`() async throws
    {
        try await TestServer.run { server in
            let (one, two) = (
                try await server.organization("One", configured: false), try await server.organization("Two", configured: false)
            )
            let first = try await Self.use(server, "/setup/\(try await Self.link(server, one).token)").cookies
            let path = "/setup/\(try await Self.link(server, two).token)"
            #expect(!(try await server.send(.get, path, headers: .cookies(first)).text.contains("open already")))
            let both = first.merging(try await Self.use(server, path).cookies) { $1 }
            for org in [one, two] {
                let settings = try await server.send(.get, "/organizations/\(org)/settings", headers: .cookies(both))
                #expect(settings.status == 200)
                let saved = try await server.post(
                    "/organizations/\(org)/settings", parts: [("form", nil, try #require(settings.field("form"))), ("do", nil, "save")],
                    cookies: both)
                #expect(saved.status == 422 && saved.text.contains("There is no metadata yet."), "\(saved.text)")
            }
            let again = try await server.send(.get, "/setup/\(try await Self.link(server, one).token)", headers: .cookies(both))
            #expect(again.status == 200 && again.text.contains("open already"))
            #expect(again.text.contains("href=\"\(TestServer.base)/organizations/\(one)/settings\""))
        }
    }

    @Test func `that was revoked, is too old or was cut says what to do`() async throws {
        let start = Instant(seconds: 1_795_000_000)
        let shared = Ahead()
        try await TestServer.run(clock: { start.adding(seconds: Int64(shared.days) * 86_400) }) { server in
            let org = try await server.organization(configured: false)
            let revoked = try await Self.link(server, org)
            try await server.ledger.revokeSetupLink(try #require(Identifier(org)), revoked.id, by: .commandLine())
            let page = try await server.send(.get, "/setup/\(revoked.token)")
            #expect(page.status == 410 && page.text.contains("has revoked it") && page.text.contains("a new one"))
            let old = try await Self.link(server, org)
            let form = try #require(try await server.send(.get, "/setup/\(old.token)").field("form"))
            shared.days = 8
            let late = try await server.send(.get, "/setup/\(old.token)")
            #expect(late.status == 410 && late.text.contains("seven days"), "\(late.text)")
            #expect(try await server.post("/setup/\(old.token)", [("form", form)]).status == 403)
            let cut = try await server.send(.get, "/setup/\(old.token.dropLast(4))")
            #expect(cut.status == 404 && cut.text.contains("Copy the whole link"))
        }
    }

    @Test func `is in no referrer and in no log`() async throws {
        let lines = Lines()
        var logger = Logger(label: "test") { _ in Handler(lines) }
        logger.logLevel = .trace
        try await TestServer.run(logger: logger) { server in
            let org = try await server.organization(configured: false)
            let token = try await Self.link(server, org).token
            let policy = try #require(HTTPField.Name("Referrer-Policy"))
            let page = try await server.send(.get, "/setup/\(token)")
            #expect(page.headers[policy] == "strict-origin")
            let opened = try await Self.use(server, "/setup/\(token)")
            #expect(opened.location?.contains(token) == false)
            #expect(try await server.send(.get, "/setup/\(token)").headers[policy] == "strict-origin")
            let events = try await server.api(.get, "/v1/events")
            #expect(events.status == 200 && !events.text.contains(token))
            let logged = lines.text.withLock { $0 }
            #expect(!logged.contains(token.dropFirst("ilsetup_".count)), "\(logged)")
        }
    }
}

/// How many days the clock is ahead.
private final class Ahead: Sendable {
    private let value = Mutex(0)
    var days: Int {
        get { value.withLock { $0 } }
        set { value.withLock { $0 = newValue } }
    }
}

import Events
import HTTPTypes
import IdentityLedger
import SAML
import TestSupport
import Testing

@testable import HTTPFront

@Suite struct `What identity providers do otherwise` {
    private static let noon = Instant(seconds: 1_795_600_000)

    /// A drift of another certificate and issuer.
    private static let drifts = {
        let usual = ResponseShape(
            certificateSHA256: [1], signatureAlgorithm: "RSA-SHA256", digestAlgorithm: "SHA256", signed: "assertion",
            issuer: "https://idp.example", issuedAt: noon)
        var other = usual
        other.certificateSHA256 = [2]
        other.issuer = "https://other.example/<script>"
        let before = (1...3).map { ObservedResponse(sequence: $0, receivedAt: noon, shape: usual) }
        return DriftComparison(before: before, since: [.init(sequence: 9, receivedAt: noon, shape: other)]).drifts
    }()

    @Test func `is looked for every hour, few organizations at a time, the longest ago first`() throws {
        let board = DriftBoard()
        let organizations = try (1...12).map { number in
            try #require(Identifier(bytes: [UInt8](repeating: UInt8(number), count: 16)))
        }
        let first = board.due(organizations, at: Self.noon)
        #expect(first.count == 10)
        for organization in first { #expect(board.set([], of: organization, at: Self.noon).isEmpty) }
        #expect(Set(board.due(organizations, at: Self.noon.adding(seconds: 60))) == Set(organizations).subtracting(first))
        let later = board.due(organizations, at: Self.noon.adding(seconds: 3600))
        #expect(later.count == 10 && Set(organizations).subtracting(first).isSubset(of: later))
    }

    @Test func `stays as it was seen where one can't be looked at, and lets the others have their turn`() throws {
        let board = DriftBoard()
        let organization = try #require(Identifier(bytes: [UInt8](repeating: 7, count: 16)))
        _ = board.set(Self.drifts, of: organization, at: Self.noon)
        board.couldNotLook(organization, at: Self.noon.adding(seconds: 3600))
        #expect(board.drifts(organization) == Self.drifts)
        #expect(board.due([organization], at: Self.noon.adding(seconds: 3660)).isEmpty)
    }

    @Test func `is told once to the log, and to monitoring as long as it lasts`() async throws {
        let board = DriftBoard()
        let organization = try #require(Identifier(bytes: [UInt8](repeating: 7, count: 16)))
        #expect(board.set(Self.drifts, of: organization, at: Self.noon).count == 2)
        #expect(board.set(Self.drifts, of: organization, at: Self.noon).isEmpty)
        try await TestServer.run { server in
            let figures = await Core(ledger: server.ledger).figures()
            let text = Metrics().text(figures, board)
            #expect(text.contains("identity_ledger_identity_provider_drift{what=\"certificate\"} 1\n"))
            #expect(!text.contains("script") && !text.contains(organization.description), "anyone may read it")
            _ = board.set([], of: organization, at: Self.noon)
            #expect(!Metrics().text(figures, board).contains("what="))
        }
        _ = board.set(Self.drifts, of: organization, at: Self.noon)
        #expect(board.due([], at: Self.noon).isEmpty && board.drifts(organization).isEmpty, "who is gone is forgotten")
    }

    @Test func `stands on the settings page, with the login where it was seen first`() throws {
        let url = try #require(PublicURL("https://sso.example"))
        let organization = try #require(Identifier(bytes: [UInt8](repeating: 7, count: 16)))
        let shown = Self.drifts.map { DriftFacts.facts($0, url, organization) }
        let page = try Pages(base: "").render("settings", title: "Settings", ["configured": ["drift": ["drifts": shown]]])
        #expect(page.contains("What changed in your identity provider's responses"))
        #expect(
            page.contains(
                "<strong>The signing certificate</strong>: it was <span lang=\"en\">01…</span>; now it is <span lang=\"en\">02…</span>."))
        #expect(page.contains("href=\"https://sso.example/organizations/\(organization)/logins/9\">login 9</a>"))
        #expect(page.contains("https://other.example/&lt;script&gt;"))
        #expect(!(try Pages(base: "").render("settings", title: "Settings", ["configured": ["entityID": "x"]]).contains("What changed in")))
    }

    @Test func `is found while the server runs, and stands on the settings page and in the metrics`() async throws {
        try await TestServer.run(before: { ledger in
            let made = try await ledger.createOrganization(name: "Example", by: .commandLine())
            _ = try await ledger.configureIdentityProvider(made.id, metadata: TestIdentityProvider.shared.metadata, by: .commandLine())
            let addresses = try #require(made.addresses)
            let response = try TestIdentityProvider(signer: TestIdentityProvider.stranger).response(
                to: addresses.acsURL, audience: addresses.audienceURI, at: Int64(ledger.now.nanoseconds / 1_000_000_000))
            _ = await ledger.signOn(AssertionPost(organization: made.id, response: response))
        }) { server in
            let gauge = "identity_ledger_identity_provider_drift{what="
            var metrics = ""
            for _ in 0..<100 where !metrics.contains(gauge) {
                metrics = try await server.send(.get, "/metrics").text
                try await Task.sleep(for: .milliseconds(50))
            }
            #expect(metrics.contains("what=\"untrustedCertificate\"} 1\n"))
            let organization = try #require(try server.ledger.organizations(by: .commandLine()).items.first?.id)
            let link = try await server.ledger.issueSetupLink(organization, by: .commandLine())
            let session = try #require(try await server.ledger.useSetupLink(link.token))
            let cookies = [CookieNames(secure: false).setup(organization): session.token]
            let page = try await server.send(.get, "/organizations/\(organization)/settings", headers: .cookies(cookies))
            #expect(page.text.contains("A signing certificate that is refused"), "\(page.text)")
        }
    }
}

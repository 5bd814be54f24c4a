import Events
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import IdentityLedger
import NIOCore
import Synchronization
import TestSupport
import Testing

@testable import HTTPFront

@Suite struct `A small form of the settings page` {
    private static func page(_ server: TestServer, _ org: String, _ cookies: HTTPFields, _ query: String = "") async throws
        -> TestServer.Answer
    {
        try await server.send(.get, "/organizations/\(org)/settings\(query)", headers: cookies)
    }

    /// What follows a form: its answer leads to a page that names the event.
    private static func expectEvent(
        _ event: UInt64, _ done: TestServer.Answer, _ server: TestServer, _ cookies: HTTPFields,
        _ location: SourceLocation = #_sourceLocation
    ) async throws {
        let place = try #require(done.location, "\(done.text)", sourceLocation: location)
        #expect(place.hasSuffix("/settings?saved=1&done=\(event)"), "\(place)", sourceLocation: location)
        let page = try await server.send(.get, String(place.dropFirst(TestServer.base.count)), headers: cookies)
        #expect(page.text.contains("/history/\(event)\">Event \(event)</a>: <span lang=\"en\">"), "\(page.text)", sourceLocation: location)
    }

    @Test func `names the event that proved a domain, and the one that removed it`() async throws {
        let dns = try await DNSStandIn([:])
        try await TestServer.run(dnsServer: dns.address) { server in
            let org = try await server.organization(configured: false)
            let cookies = HTTPFields.cookies(try await server.administrator(org))
            let path = "/organizations/\(org)/settings/domains"
            let asked = try await Self.page(server, org, cookies, "?domain=example.com")
            let form = try #require(asked.field("form"))
            let value = try #require(asked.text.firstMatch(of: /id="record-value" value="([^"]+)"/)?.1)
            dns.set("_identity-ledger.example.com", [String(value)])
            let fields = { (what: String) in [("form", form), ("domain", "example.com"), ("do", what)] }
            let before = try server.ledger.eventCount()
            try await Self.expectEvent(
                before + 1, try await server.post(path, fields("verify"), headers: cookies), server, cookies)
            let again = try await server.post(path, fields("verify"), headers: cookies)
            #expect(again.location?.hasSuffix("/settings?done=0") == true)
            let same = try await Self.page(server, org, cookies, "?done=0").text
            #expect(same.contains("<p class=\"notice\" role=\"status\">Nothing had to be changed: it was so already.</p>"), "\(same)")
            try await Self.expectEvent(
                before + 2, try await server.post(path, fields("remove"), headers: cookies), server, cookies)
        }
        try await dns.close()
    }

    @Test func `names the event of metadata that was fetched again, or waits, or was approved`() async throws {
        let document = Mutex(TestIdentityProvider.shared.metadata)
        let router = Router()
        router.get("metadata") { _, _ in ByteBuffer(bytes: document.withLock { $0 }) }
        try await Application(router: router).test(.live) { provider in
            try await TestServer.run { server in
                let org = try await server.organization(configured: false)
                let url: JSON = ["metadataURL": .string("http://127.0.0.1:\(provider.port ?? 0)/metadata")]
                #expect(try await server.api(.put, "/v1/organizations/\(org)/identity-provider", url).status == 200)
                let cookies = HTTPFields.cookies(try await server.administrator(org))
                let path = "/organizations/\(org)/settings"
                let form = [("form", try #require(try await Self.page(server, org, cookies).field("form")))]
                let same = try await server.post(path + "/refresh", form, headers: cookies)
                #expect(same.location?.hasSuffix("/settings?done=0") == true, "\(same.text)")

                let next = String(decoding: TestIdentityProvider(signer: TestIdentityProvider.stranger).metadata, as: UTF8.self)
                let key = try #require(next.firstMatch(of: /<md:KeyDescriptor[\s\S]*<\/md:KeyDescriptor>/)?.0)
                let now = String(decoding: TestIdentityProvider.shared.metadata, as: UTF8.self)
                document.withLock { $0 = Array(now.replacing("</md:KeyDescriptor>", with: "</md:KeyDescriptor>\(key)").utf8) }
                let before = try server.ledger.eventCount()
                try await Self.expectEvent(
                    before + 1, try await server.post(path + "/refresh", form, headers: cookies), server, cookies)

                let other = TestIdentityProvider(entityID: "https://elsewhere.example", signer: TestIdentityProvider.stranger)
                document.withLock { $0 = other.metadata }
                let held = try await server.post(path + "/refresh", form, headers: cookies)
                #expect(held.status == 409 && held.text.contains("(event \(before + 2))"), "\(held.text)")
                let approval = form + [("event", "\(before + 2)")]
                try await Self.expectEvent(
                    before + 3, try await server.post(path + "/approve", approval, headers: cookies), server, cookies)
            }
        }
    }
}

@Suite struct `The settings page in another language` {
    private static let texts = """
        {"lang": "de", "sentences": {
          "settings.stepOurs": "Machen Sie uns dort bekannt", "settings.doneWith": "erledigt: {product}", "settings.saved": "Gespeichert.",
          "settings.organizationID": "Organisationsnummer", "guide.oktaNameID": "Als Format der Name ID: EmailAddress.",
          "provider.sentByRedirect": "Eine Umleitung führt nach {address}.", "provider.unsigned": "Sie sind nicht unterschrieben.",
          "certificate.ends": "Es endet {when}, am {day}.", "day.inDays": "in {count} Tagen", "day.date": "{day}. {month} {year}",
          "day.january": "Januar", "setup.unknownTitle": "Diesen Link gibt es nicht"}}
        """

    @Test func `says its sentences, steps and dates in it, and keeps the products' names of their fields`() async throws {
        var appearance = Appearance()
        try appearance.set(files: [("texts.json", Array(Self.texts.utf8))])
        try await TestServer.run(appearance: appearance) { server in
            let org = try await server.organization()
            let cookies = HTTPFields.cookies(try await server.administrator(org))
            let page = try await server.send(.get, "/organizations/\(org)/settings?provider=okta&saved=1", headers: cookies)
            for text in [
                "Machen Sie uns dort bekannt", "erledigt: Okta", "Gespeichert.", ">Organisationsnummer</label>",
                "aria-label=\"Copy Organisationsnummer\"", "<p>Als Format der Name ID: EmailAddress.</p>", ">Single sign-on URL</label>",
                "Eine Umleitung führt nach https://idp.example/sso.", "Sie sind nicht unterschrieben.", "Tagen, am 1. Januar 2100.",
            ] { #expect(page.text.contains(text), "\(text) in \(page.text)") }
            let link = try await server.send(.get, "/setup/nothing")
            #expect(link.status == 404 && link.text.contains("<h1>Diesen Link gibt es nicht</h1>"), "\(link.text)")
        }
    }

    @Test func `has a key of its own for every phrase`() {
        let names = Texts.phrases.map(\.name)
        #expect(Set(names).count == names.count)
        #expect(Texts.phrases.allSatisfy { !$0.english.isEmpty && Set($0.places).count == $0.places.count })
    }
}

@Suite struct `A certificate's end` {
    @Test(arguments: [
        (400, "Ends in 400 days", "It ends in 400 days, on 4 February 2034.", false),
        (30, "Ends in 30 days", "It ends in 30 days, on 30 January 2033.", false),
        (29, "Ends in 29 days", "It ends in 29 days, on 29 January 2033.", true),
        (1, "Ends in 1 day", "It ends in 1 day, on 1 January 2033.", true),
        (-1, "Ended 1 day ago", "It ended 1 day ago, on 30 December 2032.", true),
        (-1500, "Ended 1,500 days ago", "It ended 1,500 days ago, on 22 November 2028.", true),
    ])
    func `is told in days, and is near from 30 days on`(_ days: Int64, _ short: String, _ sentence: String, _ isNear: Bool) throws {
        let now = try #require(Instant(rfc3339: "2032-12-31T12:00:00Z"))
        let end = CertificateEnd(end: now.adding(seconds: days * 86_400), now: now)
        #expect(end.short.text(in: Texts()) == short)
        #expect(end.sentence.text(in: Texts()) == sentence)
        #expect(end.isNear == isNear && end.hasEnded == (days < 0))
    }

    @Test func `says within a day on which side of now it lies`() {
        let now = Instant(seconds: 2_000_000_000)
        let ends = [3600, 0, -3600].map { CertificateEnd(end: now.adding(seconds: $0), now: now).short.text(in: Texts()) }
        #expect(ends == ["Ends within a day", "Ended less than a day ago", "Ended less than a day ago"])
    }
}

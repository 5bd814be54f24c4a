import Events
import HTTPTypes
import Hummingbird
import IdentityLedger
import Ledger
import Logging
import NIOCore
import TestSupport
import Testing

@testable import HTTPFront

@Suite struct `Routing` {
    private var table: RouteTable {
        var table = RouteTable()
        table.add(.get, "/v1/organizations/{org}", for: .programs) { _ in Response(status: .ok) }
        table.add(.put, "/v1/organizations/{org}", for: .programs) { _ in Response(status: .ok) }
        table.add(.get, "/log/tile/{path...}", for: .programs) { _ in Response(status: .ok) }
        return table
    }

    @Test func `finds a handler by its pattern, HEAD as GET`() {
        guard case .handler(_, let parameters, _) = table.match(.head, ["v1", "organizations", "x"]) else {
            Issue.record("no handler")
            return
        }
        #expect(parameters == ["org": "x"])
        guard case .handler(_, let rest, _) = table.match(.get, ["log", "tile", "0", "001"]) else {
            Issue.record("no handler")
            return
        }
        #expect(rest == ["path": "0/001"])
    }

    @Test func `tells another method from nothing`() {
        guard case .otherMethods(let methods, _) = table.match(.delete, ["v1", "organizations", "x"]) else {
            Issue.record("not other methods")
            return
        }
        #expect(methods == ["GET", "PUT"])
        guard case .none = table.match(.get, ["v1", "organizations", "x", "y"]) else {
            Issue.record("found something")
            return
        }
    }

    @Test func `reads tile addresses as C2SP writes them`() throws {
        let tile = try #require(TilePath("0/x001/x234/067.p/12"))
        #expect(tile.level == 0)
        #expect(tile.index == 1_234_067)
        #expect(tile.width == 12)
        #expect(TilePath("1/000")?.width == 256)
        for text in ["", "0", "0/1", "64/000", "0/x001", "0/001.p/0", "0/001.p/256", "0/-01", "entries/000"] {
            #expect(TilePath(text) == nil)
        }
    }

    @Test func `believes forwarded addresses from trusted proxies only`() throws {
        let peer = try SocketAddress(ipAddress: "10.0.0.1", port: 1)
        let none = ClientSource(trustedProxies: [])
        #expect(none.source(peer: peer, forwardedFor: ["9.9.9.9"]) == "10.0.0.1")
        let proxy = ClientSource(trustedProxies: [try #require(AddressRange("10.0.0.0/8"))])
        #expect(proxy.source(peer: peer, forwardedFor: ["1.1.1.1, 9.9.9.9, 10.0.0.2"]) == "9.9.9.9")
        #expect(proxy.source(peer: peer, forwardedFor: ["nonsense"]) == "10.0.0.1")
    }

    @Test func `keeps a public URL's path`() {
        #expect(PublicURL("https://a.example/sso/")?.path == "/sso")
        #expect(PublicURL("https://a.example")?.path == "")
        #expect(PublicURL("ftp://a.example") == nil)
    }

    @Test func `counts refusals by source and minute`() {
        let limiter = SourceLimiter(limit: 2)
        limiter.count("a", seconds: 60)
        #expect(!limiter.isExhausted("a", seconds: 61))
        limiter.count("a", seconds: 61)
        #expect(limiter.isExhausted("a", seconds: 62))
        #expect(!limiter.isExhausted("b", seconds: 62))
        #expect(limiter.isExhausted("a", seconds: 59), "what began before counts with what is counted now")
        #expect(!limiter.isExhausted("a", seconds: 120))
        limiter.count("b", seconds: 59)
        #expect(limiter.isExhausted("a", seconds: 62), "an older minute doesn't come back")
    }

    @Test func `forgets no source at its limit, however many others come`() {
        let limiter = SourceLimiter(limit: 2, sources: 10)
        for _ in 0..<2 { limiter.count("a", seconds: 60) }
        for number in 0..<1000 { limiter.count("other \(number)", seconds: 60) }
        #expect(limiter.isExhausted("a", seconds: 60))
    }

    @Test func `has room for bodies again when requests are done with`() {
        let budget = BodyBudget(limit: 40)
        var shares = (0..<4).map { BodyBudget.Share(of: budget, for: "source \($0)") }
        for share in shares { #expect(share.take(4) && share.take(6)) }
        let late = BodyBudget.Share(of: budget, for: "late")
        #expect(!late.take(1))
        shares.removeLast()
        #expect(late.take(10))
        #expect(!late.take(1), "one source has a quarter")
    }

    @Test func `describes itself as OpenAPI`() {
        let document = APIDescription.document(server: "https://a.example")
        #expect(document["openapi"]?.stringValue == "3.1.0")
        #expect(document["paths"]?["/v1/organizations/{org}/users/{user}"]?["delete"] != nil)
        #expect(document["components"]?["schemas"]?["Policy"]?["properties"]?["allowUnsolicited"] != nil)
    }

    @Test(arguments: [("a b", "a b"), ("50%", "50%25"), ("é", "%C3%A9"), ("a\r\nb", "a%0D%0Ab")])
    func `encodes header values`(_ text: String, _ expected: String) {
        #expect(PercentCoding.encodeHeader(text) == expected)
    }
}

@Suite struct `A page` {
    @Test func `escapes what comes from outside`() throws {
        let pages = try Pages(base: "/sso")
        let html = pages.render("signIn", title: "<b>", ["who": "\"><script>"])
        #expect(!html.contains("<script>\""))
        #expect(html.contains("&lt;b&gt;"))
        #expect(html.contains("&quot;&gt;&lt;script&gt;"))
        #expect(html.contains("href=\"/sso/assets/page.css?v="))
    }

    @Test func `has every template`() throws {
        let pages = try Pages(base: "")
        for template in Templates.all { #expect(!pages.render(template.name, title: "x").isEmpty) }
    }
}

@Suite struct `A watch on readers` {
    @Test func `warns once of one that holds the same snapshot at two looks, and of no other`() {
        func reader(_ process: Int, _ transaction: UInt64, behind: UInt64) -> StorageFigures.Reader {
            .init(process: process, transaction: transaction, commitsBehind: behind)
        }
        var watch = ReaderWatch()
        #expect(watch.look([reader(1, 5, behind: 3), reader(2, 5, behind: 3)]).isEmpty)
        #expect(watch.look([reader(1, 5, behind: 9), reader(2, 13, behind: 1)]).map(\.process) == [1])
        #expect(watch.look([reader(1, 5, behind: 20)]).isEmpty, "it was told already")
        #expect(watch.look([reader(1, 30, behind: 1)]).isEmpty, "it has moved on")
        #expect(watch.look([reader(1, 30, behind: 4)]).map(\.process) == [1])
        #expect(watch.look([reader(3, 30, behind: 0)]).isEmpty)
    }
}

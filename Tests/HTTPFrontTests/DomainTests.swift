import Events
import HTTPTypes
import Testing

@testable import HTTPFront

@Suite struct `An e-mail domain` {
    @Test func `is proved by a TXT record, and then leads its people to their organization`() async throws {
        let long = String(repeating: "x", count: 600)
        let dns = try await DNSStandIn(["_identity-ledger.example.com": ["v=spf1 -all", long]])
        try await TestServer.run(dnsServer: dns.address) { server in
            let id = try await server.organization()
            let path = "/v1/organizations/\(id)/domains"
            let named = try await server.api(.post, path, ["domain": "Example.COM"])
            #expect(named.json["domain"] == "example.com")
            #expect(named.json["verified"] == false)
            #expect(named.json["record"]?["type"] == "TXT")
            let missing = try await server.api(.post, path + "/example.com/verify")
            #expect(missing.status == 409)
            #expect(missing.code == "domain_not_proved")
            #expect(try await server.api(.post, path, ["domain": "no domain"]).status == 422)
            #expect(try await server.api(.post, path + "/elsewhere.example/verify").code == "domain_not_proved")

            let value = try #require(named.json["record"]?["value"]?.stringValue)
            dns.set("_identity-ledger.example.com", ["v=spf1 -all", value, long])
            let verified = try await server.api(.post, path + "/example.com/verify")
            #expect(verified.json["verified"] == true, "\(verified.text)")
            #expect(try await server.api(.get, path).json["items"]?.arrayValue?.count == 1)

            let other = try await server.organization("Other")
            let taken = try await server.api(.post, "/v1/organizations/\(other)/domains", ["domain": "example.com"])
            #expect(taken.status == 409)
            #expect(try await server.api(.delete, path + "/example.com").status == 204)
            #expect(try await server.api(.get, path).json["items"]?.arrayValue?.isEmpty == true)
        }
        try await dns.close()
    }

    @Test func `isn't proved where no server answers`() async {
        await #expect(throws: (any Error).self) {
            try await TextRecords(server: DNSServer("127.0.0.1:1")).records(of: "_identity-ledger.example.com")
        }
    }

    @Test(arguments: ["", "name", "1.2.3.4:x", "1.2.3.4:70000", "::1"])
    func `server is an address`(_ text: String) { #expect(DNSServer(text) == nil) }
}

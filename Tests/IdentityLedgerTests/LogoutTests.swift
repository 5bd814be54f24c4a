import Cryptography
import DevelopmentIdP
import Events
import Identity
import IdentityLedger
import Ledger
import SAML
import TestSupport
import Testing

@Suite("Single logout (profiles §4.4; C36)")
struct LogoutTests {
    private static let logoutURL = "https://idp.example/slo"

    private func vendor() async throws -> Vendor {
        let vendor = try await Vendor(isConfigured: false)
        _ = try await vendor.ledger.configureIdentityProvider(
            vendor.organization,
            metadata: IdentityProviderDescriptor(
                entityID: vendor.provider.entityID, singleSignOnURL: vendor.provider.singleSignOnURL,
                singleLogoutURL: Self.logoutURL, certificates: [vendor.provider.signer.certificate]
            ).metadata, by: vendor.operate)
        return vendor
    }

    private func query(_ address: String) throws -> String {
        String(address[try #require(address.firstIndex(of: "?"))...].dropFirst())
    }

    /// As the identity provider asks.
    private func request(
        _ vendor: Vendor, _ nameID: String, sessionIndex: String? = nil, signedBy key: PrivateKey?
    ) throws -> ReceivedLogout {
        let request = LogoutRequest(
            id: "_l\(TestIdentityProvider.newID())", issueInstant: vendor.clock.now,
            destination: try vendor.addresses().logoutURL, issuer: vendor.provider.entityID, nameID: nameID,
            sessionIndex: sessionIndex)
        return .query(try query(request.redirectURL(relayState: "r", signedBy: key)))
    }

    /// What we sent by redirect, read as the identity provider reads it: with the certificate of our metadata.
    private func read(_ way: StartedLogin.Way?, _ vendor: Vendor, _ destination: String) throws -> LogoutMessage {
        guard case .redirect(let address) = way else { throw Unexpected() }
        #expect(address.hasPrefix(destination + "?"))
        let metadata = String(decoding: try vendor.ledger.serviceProviderMetadata(vendor.organization), as: UTF8.self)
        let signing = try #require(metadata.firstRange(of: "use=\"signing\""))
        let rest = metadata[signing.upperBound...]
        let start = try #require(rest.firstRange(of: "<ds:X509Certificate>")).upperBound
        let end = try #require(rest.firstRange(of: "</ds:X509Certificate>")).lowerBound
        let certificate = try Certificate(pem: "-----BEGIN CERTIFICATE-----\n\(rest[start..<end])\n-----END CERTIFICATE-----\n")
        let facts = LogoutFacts(
            logoutURLs: [destination],
            identityProvider: TrustedIdentityProvider(
                entityID: try vendor.addresses().audienceURI, certificates: [certificate]), instant: vendor.clock.now)
        return try readLogout(query: try query(address), facts).message
    }

    @Test("only sessions that were started with the NameID end, not others of the same person")
    func otherNameID() async throws {
        let vendor = try await vendor()
        let byAddress = try #require(try await vendor.signIn("alice@example.com").signedIn)
        let response = try vendor.response("alice@example.com", persistentID: "p1")
        let byPersistentID = try #require(await vendor.post(response).signedIn)
        #expect(try await vendor.ledger.endSessions(vendor.organization, nameID: "alice@example.com") == 1)
        #expect(try vendor.ledger.session(token: byAddress.token) == nil)
        #expect(try vendor.ledger.session(token: byPersistentID.token) != nil)
        #expect(try await vendor.ledger.endSessions(vendor.organization, nameID: "p1") == 1)
        #expect(try vendor.ledger.session(token: byPersistentID.token) == nil)
    }

    @Test("a session ends though the clock ran ahead for a while, and whatever an earlier policy let it last")
    func clocks() async throws {
        let vendor = try await vendor()
        let first = try #require(try await vendor.signIn("alice@example.com").signedIn)
        vendor.clock.advance(seconds: 86_400)
        _ = try await vendor.ledger.renameOrganization(vendor.organization, to: "Ahead", by: vendor.operate)
        vendor.clock.advance(seconds: -86_400)
        #expect(try vendor.ledger.session(token: first.token) != nil)
        #expect(try await vendor.ledger.endSessions(vendor.organization, nameID: "alice@example.com") == 1)
        #expect(try vendor.ledger.session(token: first.token) == nil)

        _ = try await vendor.ledger.changePolicy(vendor.organization, patch: ["sessionSeconds": 864_000], by: vendor.operate)
        vendor.clock.advance(seconds: 86_401)
        let long = try #require(try await vendor.signIn("alice@example.com").signedIn)
        _ = try await vendor.ledger.changePolicy(vendor.organization, patch: ["sessionSeconds": 3600], by: vendor.operate)
        vendor.clock.advance(seconds: 5 * 86_400)
        #expect(try vendor.ledger.session(token: long.token) != nil)
        let alice = try #require(Identifier(try vendor.user("alice@example.com").json["id"]?.stringValue ?? ""))
        _ = try await vendor.ledger.setActive(vendor.organization, alice, false, by: vendor.operate)
        _ = try await vendor.ledger.setActive(vendor.organization, alice, true, by: vendor.operate)
        #expect(try vendor.ledger.session(token: long.token) == nil)
    }

    @Test("a request ends exactly the sessions of that NameID and SessionIndex, and is answered with a signature")
    func fromIdentityProvider() async throws {
        let vendor = try await vendor()
        let first = try #require(try await vendor.signIn("alice@example.com").signedIn)
        let second = try #require(try await vendor.signIn("alice@example.com").signedIn)
        let other = try #require(try await vendor.signIn("bob@example.com").signedIn)
        let event = try #require(try vendor.ledger.event(first.reference, by: vendor.operate))
        let index = try #require(event["data"]?["sessionIndex"]?.stringValue)
        let key = vendor.provider.signer.key

        let answer = try await vendor.ledger.receiveLogout(
            vendor.organization, try request(vendor, "alice@example.com", sessionIndex: index, signedBy: key))
        guard case .ended(1, let next) = answer else { throw Unexpected() }
        guard case .response(_, .complete) = try read(next.way, vendor, Self.logoutURL) else { throw Unexpected() }
        #expect(try vendor.ledger.session(token: first.token) == nil)
        #expect(try vendor.ledger.session(token: second.token) != nil)
        #expect(try vendor.types().last == "SessionEnded")

        _ = try await vendor.ledger.receiveLogout(
            vendor.organization, try request(vendor, "alice@example.com", signedBy: key))
        #expect(try vendor.ledger.session(token: second.token) == nil)
        #expect(try vendor.ledger.session(token: other.token) != nil)
    }

    @Test("a request that isn't signed by the configured key ends nothing")
    func unsigned() async throws {
        let vendor = try await vendor()
        let alice = try #require(try await vendor.signIn("alice@example.com").signedIn)
        for (key, code) in [(nil, "signature_missing"), (TestIdentityProvider.stranger.key, "signature_invalid")] {
            let request = try request(vendor, "alice@example.com", signedBy: key)
            let error = await #expect(throws: ServiceError.self) {
                _ = try await vendor.ledger.receiveLogout(vendor.organization, request)
            }
            #expect(error?.code == code)
        }
        #expect(try vendor.ledger.session(token: alice.token) != nil)
    }

    @Test("another organization's identity provider ends nothing here, though it names the same person")
    func foreign() async throws {
        let vendor = try await vendor()
        let alice = try #require(try await vendor.signIn("alice@example.com").signedIn)
        let other = try await vendor.ledger.createOrganization(name: "Other", by: vendor.operate).id
        _ = try await vendor.ledger.configureIdentityProvider(other, metadata: vendor.provider.metadata, by: vendor.operate)
        let address = OrganizationAddresses(base: Vendor.base, organization: other).logoutURL
        let request = LogoutRequest(
            id: "_l", issueInstant: vendor.clock.now, destination: address, issuer: vendor.provider.entityID,
            nameID: "alice@example.com")
        let query = try query(request.redirectURL(signedBy: vendor.provider.signer.key))
        guard case .ended(0, _) = try await vendor.ledger.receiveLogout(other, .query(query)) else { throw Unexpected() }
        await #expect(throws: ServiceError.self) { try await vendor.ledger.receiveLogout(vendor.organization, .query(query)) }
        #expect(try vendor.ledger.session(token: alice.token) != nil)
    }

    @Test("a person who logs out is sent to the identity provider with a signed request, whose answer is told as it is")
    func fromHere() async throws {
        let vendor = try await vendor()
        let alice = try #require(try await vendor.signIn("alice@example.com").signedIn)
        let way = try await vendor.ledger.startLogout(vendor.organization, token: alice.token).way
        #expect(try vendor.ledger.session(token: alice.token) == nil)
        guard case .request(let id, "alice@example.com", let indexes) = try read(way, vendor, Self.logoutURL) else { throw Unexpected() }
        #expect(indexes.count == 1)
        func answer(to id: String) throws -> ReceivedLogout {
            let response = LogoutResponse(
                id: "_a", issueInstant: vendor.clock.now, destination: try vendor.addresses().logoutURL,
                issuer: vendor.provider.entityID, inResponseTo: id)
            return .query(try query(response.redirectURL(signedBy: vendor.provider.signer.key)))
        }
        guard case .answered(.complete) = try await vendor.ledger.receiveLogout(vendor.organization, try answer(to: id)) else {
            throw Unexpected()
        }
        let invented = try answer(to: "_invented")
        let error = await #expect(throws: ServiceError.self) {
            _ = try await vendor.ledger.receiveLogout(vendor.organization, invented)
        }
        #expect(error?.code == "request_unknown")
        #expect(try await vendor.ledger.startLogout(vendor.organization, token: alice.token).way == nil)
    }

    @Test("where the identity provider offers none, only the session here ends")
    func notOffered() async throws {
        let vendor = try await Vendor()
        let alice = try #require(try await vendor.signIn("alice@example.com").signedIn)
        #expect(try await vendor.ledger.startLogout(vendor.organization, token: alice.token).way == nil)
        #expect(try vendor.ledger.session(token: alice.token) == nil)
    }

    @Test("sessions end also where our signing key can't be used, and nothing is sent unsigned")
    func withoutSigningKey() async throws {
        let vendor = try await vendor()
        let alice = try #require(try await vendor.signIn("alice@example.com").signedIn)
        let bob = try #require(try await vendor.signIn("bob@example.com").signedIn)
        for key in try vendor.ledger.serviceProviderKeys(vendor.organization, by: vendor.operate) where key.use == "signing" {
            try vendor.ledger.ledger.keyRing.storePrivateKey(key.id, der: [1, 2, 3])
        }
        let next = try await vendor.ledger.startLogout(vendor.organization, token: alice.token)
        #expect(next.way == nil && next.fault?.code == "ledger_unavailable")
        #expect(try vendor.ledger.session(token: alice.token) == nil)
        let asked = try request(vendor, "bob@example.com", signedBy: vendor.provider.signer.key)
        guard case .ended(1, let answer) = try await vendor.ledger.receiveLogout(vendor.organization, asked) else { throw Unexpected() }
        #expect(answer.way == nil && answer.fault != nil)
        #expect(try vendor.ledger.session(token: bob.token) == nil)
    }

    @Test("another organization's address ends nothing here")
    func atAnother() async throws {
        let vendor = try await vendor()
        let alice = try #require(try await vendor.signIn("alice@example.com").signedIn)
        let other = try await vendor.ledger.createOrganization(name: "Other", by: vendor.operate).id
        #expect(try await vendor.ledger.startLogout(other, token: alice.token).way == nil)
        #expect(try vendor.ledger.session(token: alice.token) != nil)
    }
}

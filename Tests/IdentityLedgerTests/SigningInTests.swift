import Cryptography
import DevelopmentIdP
import Events
import Foundation
import Identity
import IdentityLedger
import Ledger
import SAML
import TestSupport
import Testing

@Suite("Signing in")
struct SigningInTests {
    @Test("an IdP-initiated login makes a member, and a session that says so")
    func provisions() async throws {
        let vendor = try await Vendor()
        let answer = try await vendor.signIn(
            "Alice@Example.com", attributes: [("displayName", ["Alice Example"]), ("groups", ["a", "b"])])
        let signedIn = try #require(answer.signedIn)
        #expect(signedIn.isProvisioned)
        #expect(signedIn.location == Vendor.base + "/")
        let session = try #require(try vendor.ledger.session(token: signedIn.token))
        #expect(session.email == "Alice@Example.com")
        #expect(session.name == "Alice Example")
        #expect(session.accounts.map(\.role) == [.member])
        #expect(session.groups == ["a", "b"])
        #expect(session.user == signedIn.user)
        let user = try vendor.user("alice@example.com")
        #expect(user.isProvisioned)
        #expect(user.signInMethod == .sso)
        #expect(user.lastLoginAt != nil)
        #expect(Array(try vendor.types().suffix(3)) == ["AssertionReceived", "UserProvisioned", "SessionStarted"])
    }

    @Test("a second login of the same person makes no second user, and says what changed")
    func known() async throws {
        let vendor = try await Vendor()
        let first = try await vendor.signIn("alice@example.com")
        vendor.clock.advance(seconds: 5)
        let second = try await vendor.signIn("alice@example.com")
        #expect(first.signedIn?.user == second.signedIn?.user)
        #expect(second.signedIn?.isProvisioned == false)
        #expect(Array(try vendor.types().suffix(2)) == ["AssertionReceived", "SessionStarted"])
        _ = try await vendor.signIn("alice@example.com", attributes: [("displayName", ["Alice Newname"])])
        #expect(try vendor.types().suffix(3).contains("UserProfileChanged"))
        #expect(try vendor.user("alice@example.com").name == "Alice Newname")
    }

    @Test("C32: an assertion is used once, also by another process and for ever")
    func replay() async throws {
        let vendor = try await Vendor()
        let response = try vendor.response("alice@example.com")
        let first = try #require(await vendor.post(response).signedIn)
        let again = await vendor.post(response)
        #expect(again.name == "replayed")
        #expect(again.reference != nil)
        let snapshot = try vendor.ledger.ledger.snapshot()
        #expect(try vendor.ledger.evidence(of: first.reference, in: snapshot) != nil)
        let stored = try #require(again.reference)
        #expect(try vendor.ledger.evidence(of: stored, in: snapshot) == nil, "a replayed response is stored once")
    }

    @Test("C32: of a thousand posts of one assertion at once exactly one signs in")
    func thousand() async throws {
        let vendor = try await Vendor()
        let response = try vendor.response("alice@example.com")
        let names = await withTaskGroup(of: String.self) { group in
            for _ in 0..<1000 { group.addTask { await vendor.post(response).name } }
            return await group.reduce(into: [String: Int]()) { $0[$1, default: 0] += 1 }
        }
        #expect(names == ["signedIn": 1, "replayed": 999])
        #expect(try vendor.ledger.users(vendor.organization, by: vendor.operate).items.count == 1)
    }

    @Test("C34: a request is answered once, in the browser that made it, within 15 minutes")
    func requests() async throws {
        let vendor = try await Vendor()
        let login = try vendor.ledger.startLogin(vendor.organization, relayState: "key")
        let request = AssertionPost.Request(id: login.requestID, relayState: "/inbox?unread=1")
        guard case .redirect(let address) = login.way else { throw Unexpected() }
        #expect(address.hasPrefix(vendor.provider.singleSignOnURL))
        #expect(address.contains("RelayState=key"))

        let foreign = await vendor.post(try vendor.response("alice@example.com", inResponseTo: login.requestID))
        #expect(foreign.name == "request_other_browser")
        let again = await vendor.post(
            try vendor.response("alice@example.com", inResponseTo: login.requestID), acceptsReposting: true)
        #expect(again.name == "postAgain")
        let answer = await vendor.post(
            try vendor.response("alice@example.com", inResponseTo: login.requestID), relayState: "key",
            requests: [request])
        #expect(answer.signedIn?.location == Vendor.base + "/inbox?unread=1")
        #expect(answer.signedIn?.requestID == login.requestID)
        let second = await vendor.post(
            try vendor.response("alice@example.com", inResponseTo: login.requestID), requests: [request])
        #expect(second.name == "request_unknown")

        let old = try vendor.ledger.startLogin(vendor.organization)
        vendor.clock.advance(seconds: 901)
        let late = await vendor.post(
            try vendor.response("alice@example.com", inResponseTo: old.requestID), requests: [.init(id: old.requestID)])
        #expect(late.name == "request_unknown")
        let invented = await vendor.post(try vendor.response("alice@example.com", inResponseTo: "_invented"))
        #expect(invented.name == "request_unknown")
    }

    @Test("C42: an unsolicited assertion for someone else asks first, and then the former session ends")
    func confirmation() async throws {
        let vendor = try await Vendor()
        let alice = try #require(try await vendor.signIn("alice@example.com").signedIn)
        let response = try vendor.response("bob@example.com")
        let question = await vendor.post(response, currentSession: alice.token)
        guard case .confirm(let confirmation) = question else { throw Unexpected() }
        #expect(confirmation.current == "alice@example.com")
        #expect(confirmation.next == "bob@example.com")
        #expect(await vendor.post(response, currentSession: alice.token, confirmation: "00").name == "confirm")
        let bob = await vendor.post(response, currentSession: alice.token, confirmation: confirmation.token)
        #expect(bob.name == "signedIn")
        #expect(try vendor.ledger.session(token: alice.token) == nil)
    }

    @Test("a person known by a persistent NameID keeps the user when the address changes, and never becomes a second one")
    func movedAddress() async throws {
        let vendor = try await Vendor(policy: ["allowedEmailDomains": ["example.com"]])
        func signIn(_ email: String, _ id: String) async throws -> SignOnAnswer {
            await vendor.post(try vendor.response(email, persistentID: id))
        }
        let first = try #require(try await signIn("ann.miller@example.com", "p-1").signedIn)
        let second = try #require(try await signIn("ann.smith@example.com", "p-1").signedIn)
        #expect(second.user == first.user)
        #expect(second.isProvisioned == false)
        #expect(try vendor.types().suffix(3) == ["AssertionReceived", "UserEmailChanged", "SessionStarted"])
        #expect(try vendor.user("ann.smith@example.com").id == first.user)
        #expect(throws: (any Error).self) { try vendor.user("ann.miller@example.com") }

        #expect(try await signIn("ann@elsewhere.example", "p-1").name == "email_domain_not_allowed")
        _ = try #require(try await signIn("bob@example.com", "p-2").signedIn)
        #expect(try await signIn("bob@example.com", "p-1").name == "provisioning_disabled", "the address is Bob's")
        // The address that was given up may be another person's by now.
        let other = try #require(try await signIn("ann.miller@example.com", "p-3").signedIn)
        #expect(other.user != first.user)

        let snapshot = try vendor.ledger.ledger.snapshot()
        for sequence in try vendor.ledger.logins(vendor.organization, page: .all, by: vendor.operate).items.map(\.sequence) {
            let event = try #require(try snapshot.event(sequence))
            #expect(try vendor.ledger.evidence(of: sequence, in: snapshot) != nil)
            guard case .assertionReceived(let received) = event.body else { throw Unexpected() }
            let again = try Redecider(vendor.ledger, in: snapshot).decide(event)
            #expect(again?.code == IdentityLedger.recordedCode(received))
        }
    }

    @Test("C20: what a stranger signed is refused, and only its digest is kept")
    func stranger() async throws {
        let vendor = try await Vendor()
        let other = TestIdentityProvider(
            entityID: vendor.provider.entityID, signer: TestIdentityProvider.stranger)
        let answer = await vendor.post(try vendor.response("alice@example.com", by: other))
        #expect(["certificate_untrusted", "signature_invalid"].contains(answer.name))
        let reference = try #require(answer.reference)
        let event = try #require(try vendor.ledger.event(reference, by: vendor.operate))
        #expect(event["data"]?["evidenceKept"] == false)
        #expect(event["data"]?["email"]?.isNull == true)
        #expect(await vendor.post(Array("%%%".utf8)).name == "base64_malformed")
    }

    @Test("C50: unauthenticated refusals leave at most 60 events a minute, then one summary")
    func bounded() async throws {
        let vendor = try await Vendor()
        for _ in 0..<75 { #expect(await vendor.post(Array("%%%".utf8)).name == "base64_malformed") }
        #expect(try vendor.types().filter { $0 == "AssertionReceived" }.count == 60)
        vendor.clock.advance(seconds: 60)
        await vendor.ledger.summarizeRefusals()
        let summaries = try vendor.ledger.events(
            .init(organization: vendor.organization, type: "RefusalsSummarized"), by: vendor.operate)
        #expect(summaries.items.map { $0["data"]?["count"] } == [15])
    }

    @Test("C44: a RelayState that may not be followed is ignored, and the event says so")
    func relayState() async throws {
        let vendor = try await Vendor(policy: ["relayStateOrigins": ["https://app.example.net"]])
        let evil = await vendor.post(try vendor.response("a@example.com"), relayState: "https://evil.example/")
        #expect(evil.signedIn?.location == Vendor.base + "/")
        let reference = try #require(evil.signedIn?.reference)
        let event = try vendor.ledger.event(reference, by: vendor.operate)
        #expect(event?["data"]?["relayStateIgnored"] == true)

        let target = "https://app.example.net/start?x=1#top"
        let other = await vendor.post(try vendor.response("a@example.com"), relayState: target)
        let location = try #require(other.signedIn?.location)
        #expect(location.hasPrefix("https://app.example.net/start?x=1&code="))
        #expect(location.hasSuffix("#top"))
        let code = String(location.dropFirst("https://app.example.net/start?x=1&code=".count).dropLast("#top".count))
        let elsewhere = try await vendor.ledger.createOrganization(name: "Elsewhere", by: vendor.operate)
        let stranger = Caller(actor: .commandLine, authority: .limitedOperator(elsewhere.id))
        #expect(throws: ServiceError.self) { try vendor.ledger.exchange(code: code, by: stranger) }
        let exchanged = try vendor.ledger.exchange(code: code, by: vendor.operate)
        #expect(exchanged.session.email == "a@example.com")
        #expect(exchanged.relayState == target)
        #expect(throws: ServiceError.self) { try vendor.ledger.exchange(code: code, by: vendor.operate) }
    }

    @Test("the policy refuses: no provisioning, another domain, unsolicited")
    func policy() async throws {
        let vendor = try await Vendor(policy: ["provisionUsers": false])
        #expect(try await vendor.signIn("a@example.com").name == "provisioning_disabled")
        _ = try await vendor.ledger.changePolicy(
            vendor.organization, patch: ["provisionUsers": true, "allowedEmailDomains": ["other.example"]],
            by: vendor.operate)
        #expect(try await vendor.signIn("a@example.com").name == "email_domain_not_allowed")
        _ = try await vendor.ledger.changePolicy(
            vendor.organization, patch: ["allowedEmailDomains": [], "allowUnsolicited": false], by: vendor.operate)
        #expect(try await vendor.signIn("a@example.com").name == "unsolicited_not_allowed")
        #expect(try vendor.lastLogin()?.email == "a@example.com", "a verified refusal keeps what was asserted")
    }

    @Test("C35: two organizations that share one identity provider never answer for each other")
    func twoOrganizations() async throws {
        let vendor = try await Vendor()
        let other = try await vendor.ledger.createOrganization(name: "Other", by: vendor.operate)
        _ = try await vendor.ledger.configureIdentityProvider(
            other.id, metadata: vendor.provider.metadata, by: vendor.operate)
        let response = try vendor.response("alice@example.com")
        let answer = await vendor.ledger.signOn(AssertionPost(organization: other.id, response: response))
        #expect(["destination_mismatch", "recipient_mismatch"].contains(answer.name))
        let login = try vendor.ledger.startLogin(other.id)
        let crossed = await vendor.post(
            try vendor.response("alice@example.com", inResponseTo: login.requestID), requests: [.init(id: login.requestID)])
        #expect(crossed.name == "request_unknown")
    }

    @Test("an encrypted assertion is decrypted with the key that the metadata publishes")
    func encrypted() async throws {
        let vendor = try await Vendor(policy: ["requireEncryptedAssertion": true])
        #expect(try await vendor.signIn("alice@example.com").name == "encryption_required")
        let added = try vendor.ledger.events(
            .init(organization: vendor.organization, type: "ServiceProviderKeyAdded"), by: vendor.operate)
        let text = try #require(added.items.first?["data"]?["certificate"]?.stringValue)
        let certificate = try Certificate(der: Array(try #require(Data(base64Encoded: text))))
        let addresses = try vendor.addresses()
        let response = try vendor.provider.response(
            to: addresses.acsURL, audience: addresses.audienceURI,
            at: Int64(vendor.clock.now.nanoseconds / 1_000_000_000)
        ) { $0.encryption = .init(for: certificate.publicKey) }
        let answer = await vendor.post(response)
        let reference = try #require(answer.signedIn?.reference)
        #expect(try vendor.ledger.report(vendor.organization, login: reference, by: vendor.operate).isAccepted)
    }

    @Test("an unknown organization, and one without an identity provider, refuse")
    func unknown() async throws {
        let vendor = try await Vendor(isConfigured: false)
        #expect(try await vendor.signIn("a@example.com").name == "organization_not_configured")
        let absent = try #require(Identifier("0123456789abcdef0123456789abcdef"))
        let answer = await vendor.ledger.signOn(AssertionPost(organization: absent, response: []))
        #expect(answer.name == "organization_unknown")
        #expect(throws: ServiceError.self) { try vendor.ledger.startLogin(vendor.organization) }
    }

    @Test("single logout ends the sessions of the person that the identity provider names")
    func logout() async throws {
        let vendor = try await Vendor()
        let alice = try #require(try await vendor.signIn("alice@example.com").signedIn)
        let bob = try #require(try await vendor.signIn("bob@example.com").signedIn)
        let count = try await vendor.ledger.endSessions(vendor.organization, nameID: "alice@example.com")
        #expect(count == 1)
        #expect(try vendor.ledger.session(token: alice.token) == nil)
        #expect(try vendor.ledger.session(token: bob.token) != nil)
        try await vendor.ledger.endSession(token: bob.token)
        #expect(try vendor.ledger.session(token: bob.token) == nil)
    }

    @Test("a session ends after the policy's time")
    func expiry() async throws {
        let vendor = try await Vendor(policy: ["sessionSeconds": 600])
        let alice = try #require(try await vendor.signIn("alice@example.com").signedIn)
        vendor.clock.advance(seconds: 599)
        #expect(try vendor.ledger.session(token: alice.token) != nil)
        vendor.clock.advance(seconds: 1)
        #expect(try vendor.ledger.session(token: alice.token) == nil)
    }
}

struct Unexpected: Error {}

import Cryptography
import Events
import Testing

@testable import SAML

@Suite struct `C36 A logout message` {
    private let url = "https://sp.example/saml/logout?org=0123456789abcdef0123456789abcdef"
    private var facts: LogoutFacts {
        LogoutFacts(
            logoutURLs: [url],
            identityProvider: TrustedIdentityProvider(
                entityID: Sample.entityID, certificates: [TestKeys.identityProvider.certificate]),
            instant: Sample.now)
    }
    private var request: LogoutRequest {
        LogoutRequest(
            id: "_l", issueInstant: Sample.now, destination: url, issuer: Sample.entityID, nameID: "alice@example.com",
            sessionIndex: "_s1")
    }
    private func query(_ url: String) throws -> String { String(url[try #require(url.firstIndex(of: "?"))...].dropFirst()) }
    private func code(_ body: () throws -> Void) -> String {
        do {
            try body()
            return "accepted"
        } catch { return (error as? Refusal)?.code.rawValue ?? "\(error)" }
    }

    @Test func `is read from a signed query`() throws {
        let read = try readLogout(query: query(request.redirectURL(relayState: "r s", signedBy: TestKeys.identityProvider.key)), facts)
        #expect(read.message == .request(id: "_l", nameID: "alice@example.com", sessionIndexes: ["_s1"]))
        #expect(read.relayState == "r s")
    }

    @Test func `is read from a signed post`() throws {
        let answer = LogoutResponse(
            id: "_a", issueInstant: Sample.now, destination: url, issuer: Sample.entityID, inResponseTo: "_q")
        let fields = try answer.postFields(signedBy: TestKeys.identityProvider.key)
        let xml = try #require(Base64Field.decode(fields[0].value.utf8))
        #expect(try readLogout(posted: xml, facts) == .response(inResponseTo: "_q", outcome: .complete))
    }

    @Test func `without a signature ends nothing`() throws {
        #expect(code { _ = try readLogout(posted: request.xml(), facts) } == "signature_missing")
        #expect(code { _ = try readLogout(query: query(request.redirectURL(signedBy: nil)), facts) } == "signature_missing")
    }

    @Test func `with a changed or repeated parameter is refused`() throws {
        let good = try query(request.redirectURL(relayState: "r", signedBy: TestKeys.identityProvider.key))
        let cases = [
            (good.replacing("RelayState=r", with: "RelayState=q"), "signature_invalid"),
            (good.replacing("&RelayState=r", with: ""), "signature_invalid"),
            (good + "&RelayState=r", "request_malformed"), (good + "&SAMLRequest=", "request_malformed"),
            (good + "&SAMLResponse=AAAA", "request_malformed"), (good + "&SAML%52equest=AAAA", "request_malformed"),
            (good.replacing("Signature=", with: "Other="), "signature_missing"),
        ]
        for (text, expected) in cases { #expect(code { _ = try readLogout(query: text, facts) } == expected, "\(text)") }
        let stranger = try query(request.redirectURL(signedBy: TestKeys.stranger.key))
        #expect(code { _ = try readLogout(query: stranger, facts) } == "signature_invalid")
    }

    @Test func `inflates to 64 KiB and no further`() throws {
        var long = request
        long.nameID = String(repeating: "n", count: 20_000)
        long.sessionIndex = String(repeating: "x", count: 60_000)
        let text = try query(long.redirectURL(signedBy: TestKeys.identityProvider.key))
        #expect(code { _ = try readLogout(query: text, facts) } == "too_large")
        long.nameID = "alice@example.com"
        let shorter = try query(long.redirectURL(signedBy: TestKeys.identityProvider.key))
        #expect(code { _ = try readLogout(query: shorter, facts) } == "accepted")
    }

    @Test func `of someone else, for someone else or old is refused`() throws {
        func code(_ change: (inout LogoutRequest) -> Void) throws -> String {
            var changed = request
            change(&changed)
            let text = try query(changed.redirectURL(signedBy: TestKeys.identityProvider.key))
            return self.code { _ = try readLogout(query: text, facts) }
        }
        var changed = request
        changed.issuer = "https://other.example"
        let issuer = try query(changed.redirectURL(signedBy: TestKeys.identityProvider.key))
        #expect(self.code { _ = try readLogout(query: issuer, facts) } == "issuer_mismatch")
        #expect(try code { $0.destination = "https://other.example/?" } == "destination_mismatch")
        #expect(try code { $0.issueInstant = Sample.now.adding(seconds: -361) } == "expired")
        #expect(try code { $0.issueInstant = Sample.now.adding(seconds: 61) } == "not_yet_valid")
    }
}

import Events
import Identity
import Testing

@testable import SAML

@Suite struct `A judged response` {
    @Test func `signs a converted user in`() throws {
        #expect(try verdict() == nil)
    }

    @Test func `signs an unknown user in where users are provisioned`() throws {
        #expect(try verdict { facts, _ in facts.userKnown = false } == nil)
        #expect(
            try verdict { facts, policy in
                facts.userKnown = false
                policy.provisionUsers = false
            } == .provisioningDisabled)
    }

    @Test func `is refused with the judgment's own code first`() throws {
        let refused = Judgment.refusing(.expired)
        #expect(try verdict(refused) { facts, _ in facts.replayOf = 3 } == .expired)
    }

    @Test func `C32 is refused as replayed before anything about requests`() throws {
        #expect(try verdict { facts, _ in facts.replayOf = 3 } == .replayed)
        #expect(
            try verdict(inResponseTo: "_1") { facts, _ in
                facts.replayOf = 3
                facts.answeredBy = 3
            } == .replayed)
        #expect(try verdict(.refusing(.requestUnknown)) { facts, _ in facts.replayOf = 3 } == .replayed)
        #expect(try verdict(.refusing(.requestUnknown)) == .requestUnknown)
    }

    @Test func `needs a request where unsolicited ones are not allowed`() throws {
        #expect(try verdict { _, policy in policy.allowUnsolicited = false } == .unsolicitedNotAllowed)
        #expect(
            try verdict(inResponseTo: "_1") { facts, policy in
                policy.allowUnsolicited = false
                Self.answer(&facts)
            } == nil)
    }

    @Test func `C34 answers a request of ours, once, within 15 minutes, in the same browser`() throws {
        #expect(try verdict(inResponseTo: "_1") { facts, _ in Self.answer(&facts) } == nil)
        #expect(try verdict(inResponseTo: "_1") == .requestUnknown)
        #expect(
            try verdict(inResponseTo: "_1") { facts, _ in
                Self.answer(&facts)
                facts.requestInstant = facts.instant - 900 * 1_000_000_000
            } == nil)
        #expect(
            try verdict(inResponseTo: "_1") { facts, _ in
                Self.answer(&facts)
                facts.requestInstant = facts.instant - 901 * 1_000_000_000
            } == .requestUnknown)
        #expect(
            try verdict(inResponseTo: "_1") { facts, _ in
                Self.answer(&facts)
                facts.answeredBy = 7
            } == .requestUnknown)
        #expect(
            try verdict(inResponseTo: "_1") { facts, _ in
                Self.answer(&facts)
                facts.requestCookie = false
            } == .requestOtherBrowser)
    }

    @Test func `is of an allowed e-mail domain, compared whole`() throws {
        #expect(try verdict { _, policy in policy.allowedEmailDomains = ["example.com"] } == nil)
        #expect(
            try verdict { _, policy in policy.allowedEmailDomains = ["example.org", "ample.com"] }
                == .emailDomainNotAllowed)
    }

    @Test func `is refused for users who are deactivated or not converted`() throws {
        #expect(try verdict { facts, _ in facts.userActive = false } == .userDeactivated)
        #expect(try verdict { facts, _ in facts.userConverted = false } == .userNotConverted)
        #expect(
            try verdict { facts, _ in
                facts.userActive = false
                facts.userConverted = false
            } == .userDeactivated)
    }

    @Test func `tests the connection before anyone is converted`() throws {
        #expect(
            try verdict { facts, _ in
                facts.test = true
                facts.userConverted = false
            } == nil)
        #expect(
            try verdict { facts, policy in
                facts.test = true
                facts.userKnown = false
                policy.provisionUsers = false
            } == nil)
    }

    @Test func `makes a session that ends with the policy's time or the assertion's`() throws {
        var claims = try Claims.example()
        let now = Instant(seconds: 1_000_000)
        #expect(sessionExpiry(claims, policy: .defaults, at: now) == Instant(seconds: 1_028_800))
        claims.sessionNotOnOrAfter = Instant(seconds: 1_000_100)
        #expect(sessionExpiry(claims, policy: .defaults, at: now) == Instant(seconds: 1_000_100))
        claims.sessionNotOnOrAfter = Instant(seconds: 2_000_000)
        #expect(sessionExpiry(claims, policy: .defaults, at: now) == Instant(seconds: 1_028_800))
    }

    private static func answer(_ facts: inout SignOnFacts) {
        facts.requestIsOurs = true
        facts.requestCookie = true
        facts.requestInstant = facts.instant - 60 * 1_000_000_000
    }

    /// The refusal's code; nil: signed in.
    private func verdict(
        _ judgment: Judgment? = nil, inResponseTo: String? = nil,
        _ change: (inout SignOnFacts, inout Policy) -> Void = { _, _ in }
    ) throws -> RefusalCode? {
        var facts = SignOnFacts()
        facts.instant = Instant(seconds: 1_000_000).nanoseconds
        facts.userKnown = true
        facts.userActive = true
        facts.userConverted = true
        var policy = Policy.defaults
        change(&facts, &policy)
        var claims = try Claims.example()
        claims.inResponseTo = inResponseTo
        switch decideSignOn(judgment ?? .accepting(claims), facts, policy: policy) {
        case .accepted: return nil
        case .refused(let refusal): return refusal.code
        }
    }
}

public import Events
public import Identity
public import SAML

/// A login that anyone can judge again: a response with nobody in it, what it is judged by, and the verdict that must come of it.
///
/// It is a file of `name: value` lines, an empty line, and the message's bytes: a fixture.
public struct Reproducer: Sendable {
    /// `accepted`, or the refusal's code.
    public var expected: String
    /// What it is about.
    public var story: String
    /// What the response is judged by, but for the identity provider, whose metadata lies beside it.
    public var facts: JudgmentFacts
    /// What was known of user and request.
    public var signOn: SignOnFacts
    /// The policy.
    public var policy: Policy
    /// The message, decoded from base64.
    public var response: [UInt8]

    /// One of these.
    public init(expected: String, story: String, facts: JudgmentFacts, signOn: SignOnFacts, policy: Policy, response: [UInt8]) {
        self.expected = expected
        self.story = story
        self.facts = facts
        self.signOn = signOn
        self.policy = policy
        self.response = response
    }

    /// Reads a file; nil where it is none.
    public init?(_ file: [UInt8]) {
        guard file.starts(with: "expect: ".utf8), let end = file.firstRange(of: Array("\n\n".utf8)) else { return nil }
        var values: [String: [String]] = [:]
        for line in String(decoding: file[..<end.lowerBound], as: UTF8.self).split(separator: "\n") {
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2, parts[1].hasPrefix(" ") else { return nil }
            values[String(parts[0]), default: []].append(String(parts[1].dropFirst()))
        }
        guard let expected = values["expect"]?.first, let instant = values["at"]?.first.flatMap({ Instant(rfc3339: $0) }),
            let audience = values["audience"]?.first, let patch = try? JSON(parsing: values["policy"]?.first ?? "{}"),
            let policy = try? PolicyDocument.merged(patch, into: .defaults, of: Organization())
        else { return nil }
        var signOn = SignOnFacts()
        signOn.instant = instant.nanoseconds
        signOn.requestInstant = values["requested-at"]?.first.flatMap { Instant(rfc3339: $0) }?.nanoseconds ?? 0
        signOn.verifiedDomains = values["verified-domain"] ?? []
        let known = Set((values["known"]?.first ?? "").split(separator: " ").map(String.init))
        for fact in Self.known where known.contains(fact.name) { fact.set(&signOn) }
        self.init(
            expected: expected, story: values["story"]?.first ?? "",
            facts: Self.facts(acsURLs: values["acs"] ?? [], audience: audience, policy, at: instant), signOn: signOn, policy: policy,
            response: Array(file[end.upperBound...]))
    }

    /// What a policy and addresses make of a judgment.
    static func facts(acsURLs: [String], audience: String, _ policy: Policy, at instant: Instant) -> JudgmentFacts {
        JudgmentFacts(
            acsURLs: acsURLs, serviceProviderEntityID: audience, identityProvider: nil, instant: instant,
            clockSkewSeconds: policy.clockSkewSeconds, allowSHA1Until: policy.sha1AllowedUntil,
            refuseExpiredCertificates: policy.refuseExpiredCertificates, requireSignedAssertion: policy.requireSignedAssertion,
            requireEncryptedAssertion: policy.requireEncryptedAssertion, attributeMapping: policy.attributeMapping)
    }

    /// The file.
    public var bytes: [UInt8] {
        var lines = ["expect: \(expected)", "story: \(story)", "at: \(facts.instant.rfc3339)"]
        lines += facts.acsURLs.map { "acs: \($0)" } + ["audience: \(facts.serviceProviderEntityID)", "policy: \(Self.judged(policy).text)"]
        if signOn.requestInstant > 0 { lines.append("requested-at: \(Instant(nanoseconds: signOn.requestInstant).rfc3339)") }
        lines += signOn.verifiedDomains.map { "verified-domain: \($0)" }
        let known = Self.known.filter { $0.get(signOn) }.map(\.name)
        if !known.isEmpty { lines.append("known: \(known.joined(separator: " "))") }
        return Array((lines.joined(separator: "\n") + "\n\n").utf8) + response
    }

    /// Judges and decides it.
    ///
    /// - Parameter identityProvider: Of the metadata beside it; nil: none is configured.
    public func judged(trusting identityProvider: TrustedIdentityProvider?) -> (judgment: Judgment, verdict: SignOnVerdict) {
        var facts = facts
        facts.identityProvider = identityProvider
        let judgment = judge(response: response, facts)
        return (judgment, decideSignOn(judgment, signOn, policy: policy))
    }

    /// The verdict: `accepted`, or the refusal's code.
    public func verdict(trusting identityProvider: TrustedIdentityProvider?) -> String {
        switch judged(trusting: identityProvider).verdict {
        case .accepted: "accepted"
        case .refused(let refusal): refusal.code.rawValue
        }
    }

    // The members of a policy that a verdict rests on.
    private static func judged(_ policy: Policy) -> JSON {
        let judged: Set = [
            "allowUnsolicited", "provisionUsers", "allowedEmailDomains", "clockSkewSeconds", "allowSHA1Until", "refuseExpiredCertificates",
            "requireSignedAssertion", "requireEncryptedAssertion", "attributeMapping",
        ]
        return .object((policy.json.members ?? []).filter { judged.contains($0.name) })
    }

    private struct Known: Sendable {
        let name: String
        let get: @Sendable (SignOnFacts) -> Bool
        let set: @Sendable (inout SignOnFacts) -> Void
    }

    private static let known: [Known] = [
        Known(name: "request-is-ours", get: { $0.requestIsOurs }, set: { $0.requestIsOurs = true }),
        Known(name: "request-cookie", get: { $0.requestCookie }, set: { $0.requestCookie = true }),
        Known(name: "request-answered", get: { $0.answeredBy > 0 }, set: { $0.answeredBy = 1 }),
        Known(name: "assertion-used", get: { $0.replayOf > 0 }, set: { $0.replayOf = 1 }),
        Known(name: "user", get: { $0.userKnown }, set: { $0.userKnown = true }),
        Known(name: "user-active", get: { $0.userActive }, set: { $0.userActive = true }),
        Known(name: "user-converted", get: { $0.userConverted }, set: { $0.userConverted = true }),
        Known(name: "by-persistent-id", get: { $0.knownByPersistentID }, set: { $0.knownByPersistentID = true }),
        Known(name: "address-taken", get: { $0.addressTaken }, set: { $0.addressTaken = true }),
        Known(name: "test", get: { $0.test }, set: { $0.test = true }),
    ]
}

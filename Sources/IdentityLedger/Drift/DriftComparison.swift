public import Events
public import SAML

/// A response that came, as far as it verifies.
public struct ObservedResponse: Sendable, Hashable {
    /// The login's event.
    public var sequence: UInt64
    /// When it came, by our clock.
    public var receivedAt: Instant
    /// What it looks like.
    public var shape: ResponseShape

    /// A response of these.
    public init(sequence: UInt64, receivedAt: Instant, shape: ResponseShape) {
        self.sequence = sequence
        self.receivedAt = receivedAt
        self.shape = shape
    }
}

/// Responses of now held against those of before. Pure: what one person's attributes lack, or one odd response has, is no drift.
public struct DriftComparison: Sendable {
    // Of fewer, nothing that depends on shares or medians is said.
    private static let least = 3

    private let before: [ObservedResponse]
    private let since: [ObservedResponse]
    private let clockSkewSeconds: Int64
    private let ends: [[UInt8]: Instant]

    /// - Parameters:
    ///   - before: In order.
    ///   - since: In order.
    ///   - clockSkewSeconds: What the policy allows clocks to differ.
    ///   - certificateEnds: When certificates end, by their SHA-256.
    public init(
        before: [ObservedResponse], since: [ObservedResponse], clockSkewSeconds: Int64 = 60, certificateEnds: [[UInt8]: Instant] = [:]
    ) {
        self.before = before
        self.since = since
        self.clockSkewSeconds = clockSkewSeconds
        ends = certificateEnds
    }

    /// What is otherwise, in the order of ``ResponseDrift/What``.
    public var drifts: [ResponseDrift] {
        guard before.count >= Self.least, !since.isEmpty else { return [] }
        var drifts = new(.certificate, \.certificateSHA256, show: { certificate($0) }, remedy: certificateRemedy)
        drifts += new(.signatureAlgorithm, \.signatureAlgorithm, remedy: Self.algorithmRemedy)
        drifts += new(.digestAlgorithm, \.digestAlgorithm, remedy: Self.algorithmRemedy)
        drifts += new(.signaturePlace, \.signed) { now in
            now == "response"
                ? "A policy of requireSignedAssertion would refuse these. Turn on signing of the assertion at the identity provider."
                : "Nothing: it is accepted."
        }
        drifts += usual(.encryption, { $0.encryption ?? "not encrypted" }) { now in
            now == "not encrypted"
                ? "Turn on assertion encryption again; a policy of requireEncryptedAssertion would refuse these."
                : "Nothing: it opens with our key. A key of ours that is retired would not open it any more."
        }
        drifts += new(.issuer, \.issuer) { _ in "If the identity provider was replaced, nothing; else save its metadata again and compare."
        }
        drifts += usual(.nameIDFormat, { $0.nameIDFormat ?? "none" }) { now in
            "Look whether people are still found: an e-mail address must come as the NameID or as an attribute. The policy's nameIDFormat asks for one."
        }
        drifts += attributes
        drifts += lifetime
        drifts += usual(.sessionEnd, { $0.saysSessionEnd ? "said" : "not said" }) { now in
            now == "said" ? "Sessions here end no later than it says." : "Sessions here last as long as the policy's sessionSeconds."
        }
        return drifts + clock
    }

    // MARK: - What never came before

    /// Any response of now with a value that none had before: of what the identity provider sets for everybody.
    private func new<Value: Hashable>(
        _ what: ResponseDrift.What, _ value: (ResponseShape) -> Value, show: (Value) -> String = { "\($0)" },
        remedy: (Value) -> String
    ) -> [ResponseDrift] {
        let known = Set(before.map { value($0.shape) })
        guard let usual = Self.mostFrequent(before.map { value($0.shape) }) else { return [] }
        var seen: Set<Value> = []
        return since.compactMap { first in
            let now = value(first.shape)
            guard !known.contains(now), seen.insert(now).inserted else { return nil }
            return drift(what, about: show(now), before: show(usual), since: show(now), remedy: remedy(now)) { value($0.shape) == now }
        }
    }

    // MARK: - What most have

    /// What most responses of now have, and few had before: of what may differ from person to person.
    private func usual(
        _ what: ResponseDrift.What, _ value: (ResponseShape) -> String, remedy: (String) -> String
    ) -> [ResponseDrift] {
        guard since.count >= Self.least, let now = Self.mostFrequent(since.map { value($0.shape) }),
            let former = Self.mostFrequent(before.map { value($0.shape) }), now != former
        else { return [] }
        let has: (ObservedResponse) -> Bool = { value($0.shape) == now }
        guard Self.share(since, has) >= 0.5, Self.share(before, has) < 0.1 else { return [] }
        return [drift(what, about: now, before: former, since: now, remedy: remedy(now), has)].compactMap { $0 }
    }

    private var attributes: [ResponseDrift] {
        guard since.count >= Self.least else { return [] }
        let (former, present) = (Self.countsOfAttributes(before), Self.countsOfAttributes(since))
        return Set(former.keys).union(present.keys).sorted().compactMap { name in
            let then = Double(former[name] ?? 0) / Double(before.count)
            let now = Double(present[name] ?? 0) / Double(since.count)
            let has: (ObservedResponse) -> Bool = { $0.shape.attributes.contains(name) }
            if then >= 0.9, now < 0.5 {
                return drift(
                    .attributeVanished, about: name, before: "“\(name)” in \(Self.percent(then))", since: "in \(Self.percent(now))",
                    remedy: "What is mapped from it (address, name, groups, roles) is missing. Let the identity provider send it again."
                ) { !has($0) }
            }
            if then < 0.1, now >= 0.5 {
                return drift(
                    .attributeAppeared, about: name, before: "“\(name)” in \(Self.percent(then))", since: "in \(Self.percent(now))",
                    remedy: "Nothing, if it was meant. A mapping that names it has effect from now on.", has)
            }
            return nil
        }
    }

    private static func countsOfAttributes(_ responses: [ObservedResponse]) -> [String: Int] {
        responses.reduce(into: [:]) { counts, response in for name in response.shape.attributes { counts[name, default: 0] += 1 } }
    }

    // MARK: - What is measured

    private var lifetime: [ResponseDrift] {
        let value: (ObservedResponse) -> Int64? = { $0.shape.lifetimeSeconds }
        guard since.count >= Self.least, let then = Self.median(before.compactMap(value)), let now = Self.median(since.compactMap(value)),
            abs(now - then) * 3 > then
        else { return [] }
        let isOther: (ObservedResponse) -> Bool = { value($0).map { abs($0 - then) * 3 > then } ?? false }
        return [
            drift(
                .lifetime, before: "\(then) s", since: "\(now) s",
                remedy: now < then
                    ? "Slow logins and clocks that differ are refused as expired sooner. Let assertions last five minutes."
                    : "A stolen response is good for longer. Let assertions last five minutes.", isOther)
        ].compactMap { $0 }
    }

    /// How far the identity provider's clock seems ahead of ours: a response takes a moment to come, so usually it is a little behind.
    private var clock: [ResponseDrift] {
        let ahead: (ObservedResponse) -> Int64 = { $0.shape.issuedAt.seconds(after: $0.receivedAt) }
        guard since.count >= Self.least, let then = Self.median(before.map(ahead)), let now = Self.median(since.map(ahead)),
            abs(now) > abs(then), abs(now) * 2 >= clockSkewSeconds, abs(now - then) >= max(10, clockSkewSeconds / 4)
        else { return [] }
        let isOther: (ObservedResponse) -> Bool = { abs(ahead($0) - then) * 2 >= abs(now - then) }
        return [
            drift(
                .clock, before: Self.offset(then), since: Self.offset(now),
                remedy: "At \(clockSkewSeconds) s logins are refused. Set the identity provider's clock and this server's by NTP.", isOther)
        ].compactMap { $0 }
    }

    // MARK: - Words and numbers

    private func drift(
        _ what: ResponseDrift.What, about subject: String = "", before: String, since now: String, remedy: String,
        _ has: (ObservedResponse) -> Bool
    ) -> ResponseDrift? {
        let found = since.filter(has)
        guard let first = found.first else { return nil }
        return ResponseDrift(
            what: what, subject: subject, before: before, since: now, first: first.sequence, firstAt: first.receivedAt,
            count: UInt64(found.count),
            remedy: remedy)
    }

    private func certificate(_ fingerprint: [UInt8]) -> String {
        let end = ends[fingerprint].map { ", which ends at \($0.rfc3339Seconds)" } ?? ""
        return "\(fingerprint.hexadecimal.prefix(16))…\(end)"
    }

    private func certificateRemedy(_ now: [UInt8]) -> String {
        let former = Self.mostFrequent(before.map(\.shape.certificateSHA256)) ?? []
        let isInUse = since.contains { $0.shape.certificateSHA256 == former }
        return isInUse
            ? "Both certificates sign: a rollover is under way. Leave both in the metadata until the former one signs no more."
            : "The identity provider has gone over to another configured certificate. Take the former one out once nothing is signed with it."
    }

    private static func algorithmRemedy(_ now: String) -> String {
        now.hasSuffix("SHA1")
            ? "SHA-1 is accepted only until the policy's allowSHA1Until. Set RSA-SHA256 at the identity provider."
            : "Nothing, if you changed it: it is accepted. If nobody did, ask whoever runs the identity provider."
    }

    private static func offset(_ ahead: Int64) -> String { ahead > 0 ? "\(ahead) s ahead of ours" : "\(-ahead) s behind ours" }
    private static func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) % of logins" }

    private static func share(_ all: [ObservedResponse], _ has: (ObservedResponse) -> Bool) -> Double {
        Double(all.count(where: has)) / Double(max(1, all.count))
    }

    private static func median(_ values: [Int64]) -> Int64? { values.isEmpty ? nil : values.sorted()[values.count / 2] }

    // Of as many the first, so that the same logins always say the same.
    private static func mostFrequent<Value: Hashable>(_ values: [Value]) -> Value? {
        let counts = values.reduce(into: [Value: Int]()) { $0[$1, default: 0] += 1 }
        let most = counts.values.max()
        return values.first { counts[$0] == most }
    }
}

import Events

/// Looks at one organization's logins for what is worth a look. Pure.
struct LoginWatch: Sendable {
    private static let daySeconds: Int64 = 86400
    private static let unseenDays: Int64 = 90

    private struct Person {
        var lastLogin: Instant
        // The newest certificates of this person's logins, the newest last; back and forth is A B A B.
        var certificates: [(certificate: String, sequence: UInt64)] = []
        var alternates = false
    }

    private var people: [Identifier: Person] = [:]
    private var providers: Set<String> = []
    private var certificates: Set<String> = []
    private var refusals = RefusalRun()
    private var sha1: (sequences: [UInt64], count: UInt64, last: UInt64, at: Instant)?

    /// A login; a test of the connection is none.
    mutating func take(_ received: AssertionReceived, _ sequence: UInt64, _ at: Instant) -> [Anomaly] {
        guard !received.facts.test else { return [] }
        guard received.accepted else {
            return [refusals.take(sequence, at: at.nanoseconds, code: received.code)].compactMap { $0 }
        }
        let certificate = received.certificateSha256.hexadecimal
        var found = new(received.issuer, certificate, sequence, at) + [noteSHA1(received.usedSha1, sequence, at)].compactMap { $0 }
        if let user = Identifier(bytes: received.user) { found += login(of: user, certificate, sequence, at) }
        return found
    }

    /// Refusals that were only counted.
    mutating func take(_ summarized: RefusalsSummarized, _ sequence: UInt64, _ at: Instant) -> Anomaly? {
        refusals.take(sequence, at: at.nanoseconds, code: "", count: summarized.count)
    }

    /// What was going on when the last event came.
    mutating func finish() -> [Anomaly] { [refusals.finish(), endSHA1()].compactMap { $0 } }

    // The first of all is no news.
    private mutating func new(_ provider: String, _ certificate: String, _ sequence: UInt64, _ at: Instant) -> [Anomaly] {
        var found: [Anomaly] = []
        if providers.insert(provider).inserted, providers.count > 1 {
            found.append(
                Anomaly(.newIdentityProvider, .warning, [sequence], at: at, "The first login from the identity provider “\(provider)”."))
        }
        if certificates.insert(certificate).inserted, certificates.count > 1 {
            found.append(
                Anomaly(
                    .newCertificate, .notice, [sequence], at: at, "The first login that the certificate \(certificate.prefix(16))… signed.")
            )
        }
        return found
    }

    private mutating func login(of user: Identifier, _ certificate: String, _ sequence: UInt64, _ at: Instant) -> [Anomaly] {
        var person = people[user] ?? Person(lastLogin: at)
        defer { people[user] = person }
        var found: [Anomaly] = []
        if person.lastLogin.adding(seconds: Self.unseenDays * Self.daySeconds) <= at {
            let days = (at.nanoseconds - person.lastLogin.nanoseconds) / 86_400_000_000_000
            found.append(Anomaly(.longUnseen, .notice, [sequence], at: at, user: user, "Somebody signed in again after \(days) days."))
        }
        person.lastLogin = at
        guard person.certificates.last?.certificate != certificate else { return found }
        person.certificates = person.certificates.suffix(3) + [(certificate, sequence)]
        let last = person.certificates
        if !person.alternates, last.count == 4, last[0].certificate == last[2].certificate, last[1].certificate == last[3].certificate {
            person.alternates = true
            found.append(
                Anomaly(
                    .alternatingCertificates, .notice, last.map(\.sequence), at: at, user: user,
                    "One person's logins come alternately with two certificates."))
        }
        return found
    }

    // SHA-1 is told once for logins that follow each other within a day.
    private mutating func noteSHA1(_ used: Bool, _ sequence: UInt64, _ at: Instant) -> Anomaly? {
        let over = sha1.flatMap { $0.at.adding(seconds: Self.daySeconds) < at ? endSHA1() : nil }
        guard used else { return over }
        var run = sha1 ?? ([], 0, sequence, at)
        if run.sequences.count < 10 { run.sequences.append(sequence) }
        (run.count, run.last, run.at) = (run.count + 1, sequence, at)
        sha1 = run
        return over
    }

    private mutating func endSHA1() -> Anomaly? {
        guard let run = sha1 else { return nil }
        sha1 = nil
        let logins = run.count == 1 ? "An accepted login rests" : "\(run.count) accepted logins rest"
        return Anomaly(
            .sha1, .warning, run.sequences, count: run.count, last: run.last, at: run.at,
            "\(logins) on SHA-1, which the policy allows for a time.")
    }
}

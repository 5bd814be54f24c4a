import CFloor
import Events
import Foundation
import IdentityLedger
import Ledger
import Replay
import SAML

/// What do an auditor's questions cost?
///
/// 100,000 logins over 50 organizations (or `IDENTITY_LEDGER_BENCH_LOGINS`); then the same with so many that there are a million events (or
/// `IDENTITY_LEDGER_BENCH_EVENTS`).
func audits() throws {
    let environment = ProcessInfo.processInfo.environment
    let logins = environment["IDENTITY_LEDGER_BENCH_LOGINS"].flatMap(Int.init) ?? 100_000
    let events = environment["IDENTITY_LEDGER_BENCH_EVENTS"].flatMap(Int.init) ?? 1_000_000
    let place = try BenchmarkDirectory()
    let sample = try SampleLedger(directory: place.path + "/ledger", organizations: 50)
    let samples = try sample.logins(users: 1000)
    try sample.fill(samples, count: logins)
    print("audits: \(logins) logins over \(sample.organizations.count) organizations, \(try sample.service.eventCount()) events")
    try measureReproof(sample)
    try measureWhatIf(sample)
    try sample.fill(samples, from: logins, count: max(0, events - Int(try sample.service.eventCount())) / 2)
    print("    \(try sample.service.eventCount()) events")
    try measureMoments(sample)
}

/// Every verdict made again, beside judging alone.
private func measureReproof(_ sample: SampleLedger) throws {
    let service = sample.service
    let before = try judgingAlone(sample)
    let spent = floor_cpu_nanoseconds()
    let start = ContinuousClock.now
    let reproof = try Reproof(service)
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    let cpu = Double(floor_cpu_nanoseconds() - spent) / 1000
    guard reproof.same == reproof.checked, reproof.checked > 0 else {
        throw BenchmarkError("\(reproof.different) verdicts differ, \(reproof.unprovable) can't be made again")
    }
    let each = cpu / Double(reproof.checked)
    let judging = (before + (try judgingAlone(sample))) / 2
    print(
        "    reprove: \(tenths(each)) µs of CPU a login, \(hundredths(each / judging)) times judging alone (\(tenths(judging)) µs, aim 1.3);",
        "\(whole(Double(reproof.checked) / seconds)) a second, \(hundredths(cpu / 1_000_000 / seconds)) processors at work")
}

/// Microseconds of CPU that the judgment of a login takes on all processors, with nothing read and nothing decided.
private func judgingAlone(_ sample: SampleLedger) throws -> Double {
    let snapshot = try sample.service.ledger.snapshot()
    let redecider = Redecider(sample.service, in: snapshot)
    var cases: [(response: [UInt8], facts: JudgmentFacts)] = []
    for organization in sample.organizations {
        for sequence in try snapshot.newestLogins(organization.id, limit: 20) {
            guard let event = try snapshot.event(sequence), let response = try redecider.evidence(of: event),
                let grounds = try redecider.grounds(of: event)
            else { continue }
            cases.append((response, grounds.facts))
        }
    }
    let rounds = try Rounds(
        rounds: 20, calls: 1,
        [
            {
                let accepted = concurrently(cases) { one in
                    guard case .accepted = judge(response: one.response, one.facts).outcome else { return false }
                    return true
                }
                guard accepted.allSatisfy({ $0 }) else { throw BenchmarkError("a login is refused") }
            }
        ])
    return rounds.median(0) / Double(cases.count)
}

/// The last 10,000 logins of an organization under another policy.
private func measureWhatIf(_ sample: SampleLedger) throws {
    let organization = sample.organizations[0].id
    // That organization gets as many as that, if it hasn't.
    let own = try sample.logins(users: 1)
    let kept = try sample.service.ledger.snapshot().newestLogins(organization, limit: 10_000).count
    try sample.fill(own, from: 50_000_000, count: 10_000 - kept)
    for (what, question) in [
        ("a policy that lets in as before", WhatIf.Question(policyPatch: ["clockSkewSeconds": 60], last: 10_000)),
        ("a policy that locks all out", WhatIf.Question(policyPatch: ["allowUnsolicited": false], last: 10_000)),
    ] {
        let start = ContinuousClock.now
        let answer = try WhatIf(sample.service, organization: organization, question, by: .commandLine())
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        print(
            "    what-if, \(what): \(hundredths(seconds)) s for \(answer.verdicts.checked) logins (aim 2),",
            "\(answer.verdicts.lockedOut) locked out")
    }
}

/// State as of moments all over the log, and explanations of logins all over it.
private func measureMoments(_ sample: SampleLedger) throws {
    let service = sample.service
    let count = try service.eventCount()
    let moments = (1...19).map { Moment.sequence(count / 20 * $0) }
    let organization = sample.organizations[0].id
    let user = "user0@example.com"
    let questions: [(what: String, aim: String, ask: (Moment) throws -> Void)] = [
        ("a user as of then", "200", { _ = try service.user(organization, email: user, at: $0, by: .commandLine()) }),
        ("an organization as of then", "200", { _ = try service.organization(organization, at: $0, by: .commandLine()) }),
        (
            "explain", "100",
            {
                guard case .sequence(let sequence) = $0 else { return }
                _ = try Explanation(service, sequence, by: .commandLine())
            }
        ),
    ]
    for (what, aim, ask) in questions {
        let durations = try moments.map { moment in
            let start = ContinuousClock.now
            try ask(moment)
            return (ContinuousClock.now - start) / .milliseconds(1)
        }.sorted()
        print("    \(what): \(tenths(durations[durations.count / 2])) ms, at most \(tenths(durations.last ?? 0)) (aim \(aim))")
    }
    let start = ContinuousClock.now
    _ = try service.state(at: .sequence(count / 2), onAllProcessors: true)
    print("    everything as of the middle: \(hundredths((ContinuousClock.now - start) / .seconds(1))) s")
}

import CFloor
import Events
import Foundation
import IdentityLedger
import Ledger

/// What does a durable append cost, with projections, tree and evidence, beside LMDB in C that appends the same bytes?
///
/// Each appender waits until its login is on disk, then sends the next one. The floor commits as many values at once as there are appenders,
/// which is the most that a shared commit can gain.
func appends() throws {
    print(
        "appends: logins of known users, each an AssertionReceived with its response and a SessionStarted;",
        "every one waits for its commit")
    let place = try BenchmarkDirectory()
    let sample = try SampleLedger(directory: place.path + "/ledger")
    let templates = try sample.logins(users: 1000)
    guard let size = templates.first?.bytes else { return }
    for (appenders, count, aim) in [(1, 1000, 0.7), (10, 8000, 0.6), (100, 60_000, 0.35), (500, 100_000, 0.25)] {
        let start = ContinuousClock.now
        let floor = try FloorAppends(place.path + "/floor-\(appenders)", batches: count / appenders, appenders: appenders, size: size)
        let floorSeconds = (ContinuousClock.now - start) / .seconds(1)
        let run = try sample.append(templates, count: count, appenders: appenders)
        let ratio = (Double(count) / run.seconds) / (Double(count) / floorSeconds)
        let events = Double(2 * count) / run.seconds
        print(
            "    \(appenders) appenders: \(whole(Double(count) / run.seconds)) logins/s (\(whole(events)) events/s), floor \(whole(Double(count) / floorSeconds))/s, share \(hundredths(ratio)) (aim \(aim)); p99 \(hundredths(run.p99)) ms, floor \(hundredths(floor.p99)) ms; CPU \(tenths(run.cpu)) µs a login"
        )
    }
}

/// The same bytes, appended by LMDB alone.
struct FloorAppends {
    /// Of a commit's duration, in milliseconds.
    let p99: Double

    init(_ directory: String, batches: Int, appenders: Int, size: Int) throws {
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        var durations = [Double](repeating: 0, count: batches)
        guard floor_append_timed(directory, Int32(batches), Int32(appenders), size, &durations) == 0 else {
            throw BenchmarkError("the LMDB floor failed")
        }
        durations.sort()
        p99 = durations[min(batches - 1, batches * 99 / 100)] * 1000
    }
}

func whole(_ value: Double) -> Int { Int(value.rounded()) }
func tenths(_ value: Double) -> Double { (value * 10).rounded() / 10 }
func hundredths(_ value: Double) -> Double { (value * 100).rounded() / 100 }

import CFloor
import Cryptography
import DevelopmentIdP
import Foundation
import IdentityLedger

/// What does a login cost over HTTP, with every event on disk, compared with the sum of what it can't do without?
///
/// 64 connections. The floor is an empty handler that takes the same body, validation in C, and an append to LMDB in C in commits of 16.
/// The driver runs on the same cores.
func logins() throws {
    let (users, count, connections) = (1000, 10_000, 64)
    let place = FileManager.default.temporaryDirectory.appendingPathComponent("identity-ledger-bench-\(getpid())").path
    try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: place) }
    print("logins: \(count) logins of \(users) known users over \(connections) connections, every answer after its commit is on disk")
    let (path, firsts, forms) = try forms(SampleLedger(directory: place + "/ledger"), count: count, users: users)

    let empty = try ServerProcess(["serve-empty"])
    defer { empty.stop() }
    let product = try ServerProcess(["serve-product", place + "/ledger"])
    defer { product.stop() }
    Thread.sleep(forTimeInterval: 1)
    let rest = (empty.residentMebibytes, product.residentMebibytes)

    let emptyRun = try measure(empty, path: "/saml/acs", forms, connections)
    let warm = try measure(product, path: path, firsts, connections)
    let run = try measure(product, path: path, forms, connections)
    guard warm.result.statuses == [303: users], run.result.statuses == [303: count] else {
        throw BenchmarkError("not every login was accepted: \(warm.result.statuses) \(run.result.statuses)")
    }
    let validation = try validationFloor()
    try FileManager.default.createDirectory(atPath: place + "/floor", withIntermediateDirectories: true)
    let start = floor_cpu_nanoseconds()
    guard floor_append(place + "/floor", 500, 16, 1500) == 0 else { throw BenchmarkError("the LMDB floor failed") }
    let append = Double(floor_cpu_nanoseconds() - start) / 1000 / 8000

    let floor = emptyRun.cpu + validation + append
    print(
        "    empty handler   \(whole(emptyRun.result.perSecond))/s, CPU \(tenths(emptyRun.cpu)) µs,",
        "p99 \(tenths(emptyRun.result.milliseconds(0.99))) ms")
    print("    validation in C CPU \(tenths(validation)) µs; LMDB append in C CPU \(tenths(append)) µs; floor in all \(tenths(floor)) µs")
    print("    first logins    \(whole(warm.result.perSecond))/s, CPU \(tenths(warm.cpu)) µs, each makes a user")
    print(
        "    logins          \(whole(run.result.perSecond))/s, CPU \(tenths(run.cpu)) µs, \(tenths(run.cpu / floor)) times the floor;",
        "p50 \(tenths(run.result.milliseconds(0.5))) ms, p99 \(tenths(run.result.milliseconds(0.99))) ms")
    print(
        "    memory at rest  \(tenths(rest.1)) MiB, empty server \(tenths(rest.0)) MiB: \(tenths(rest.1 / rest.0)) times;",
        "after the logins \(tenths(product.residentMebibytes)) MiB")
}

private func measure(
    _ server: ServerProcess, path: String, _ forms: [String], _ connections: Int
) throws -> (result: LoadDriver.Result, cpu: Double) {
    let start = floor_cpu_nanoseconds_of(server.process.processIdentifier)
    let result = try LoadDriver(port: server.port, path: path, connections: connections).post(forms)
    let spent = floor_cpu_nanoseconds_of(server.process.processIdentifier) - start
    return (result, Double(spent) / 1000 / Double(forms.count))
}

// The ledger is closed with this: another process serves it then.
private func forms(_ sample: SampleLedger, count: Int, users: Int) throws -> (path: String, firsts: [String], forms: [String]) {
    (
        sample.path, try (0..<users).map { try sample.form(user: $0) },
        try (0..<count).map { try sample.form(user: $0 % users) }
    )
}

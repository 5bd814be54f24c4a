import CFloor
import Events
import Foundation
import IdentityLedger
import Ledger
import Replay

/// How does everything that reads a whole history grow with it, and what does a login take on the disk?
///
/// Up to a million events, or `IDENTITY_LEDGER_BENCH_EVENTS`; each figure beside its floor in the same run where it has one. Writes
/// `growth.svg` into the working directory.
func history() throws {
    let largest = ProcessInfo.processInfo.environment["IDENTITY_LEDGER_BENCH_EVENTS"].flatMap(Int.init) ?? 1_000_000
    let sizes = [1, 10_000, 100_000, 1_000_000, 10_000_000].filter { $0 <= largest }
    print("history: logins of 1,000 users, two events each, as the ledger keeps them")
    var figures: [HistoryFigures] = []
    for size in sizes {
        let figure = try HistoryFigures(events: size)
        figure.print()
        figures.append(figure)
    }
    if let first = figures.first, let last = figures.last {
        print(
            "    opening: \(hundredths(last.opening)) ms with \(last.events) events,",
            "\(hundredths(last.opening / first.opening)) times as long as with \(first.events) (aim 1.1)")
        print(
            "    memory of a server: \(tenths(last.serverMebibytes - first.serverMebibytes)) MiB more with \(last.events) events,",
            "mapped pages aside (aim 20)")
    }
    try GrowthPlot(figures.filter { $0.events > 1000 }).svg.write(toFile: "growth.svg", atomically: true, encoding: .utf8)
}

/// What was measured of a ledger of one size. Rates are events a second.
struct HistoryFigures {
    private(set) var events = 0
    var bytesPerLogin = 0.0
    var databases: [(name: String, bytes: Double)] = []
    var fill = 0.0
    var opening = 0.0
    var scan = 0.0
    var scanFloor = 0.0
    var fold = 0.0
    var verify = 0.0
    var export = 0.0
    var importing = 0.0
    var serverMebibytes = 0.0

    init(events count: Int) throws {
        let place = try BenchmarkDirectory()
        let directory = place.path + "/ledger"
        do {
            let sample = try SampleLedger(directory: directory)
            let logins = try sample.logins(users: count > 1 ? 1000 : 1)
            let before = try sample.service.storage()
            let began = Int(try sample.service.eventCount())
            let more = max(0, count - began) / 2
            fill = try rate(2 * more) { try sample.fill(logins, count: more) }
            let after = try sample.service.storage()
            if more > 0 {
                bytesPerLogin = Double(after.usedBytes - after.freeBytes - before.usedBytes + before.freeBytes) / Double(more)
                databases = zip(before.databases, after.databases).map { ($1.name, Double($1.bytes - $0.bytes) / Double(more)) }
                    .filter { $0.bytes >= 1 }.sorted { $0.bytes > $1.bytes }
            }
            let snapshot = try sample.service.ledger.snapshot()
            events = Int(snapshot.head)
            var bytes = 0
            scan = try rate(events) {
                try snapshot.forEachEvent { _, event in
                    bytes += event.count
                    return true
                }
            }
            fold = try rate(events) { _ = try sample.service.state(at: .sequence(snapshot.head), onAllProcessors: true) }
            verify = try rate(events) {
                guard try LogVerification(snapshot, [.events, .tree]).findings.isEmpty else {
                    throw BenchmarkError("the log does not hold")
                }
            }
            if events <= Self.largestCopy { try measureCopy(of: sample.service, in: place.path) }
        }
        scanFloor = try rate(events) { _ = floor_scan(directory + "/ledger") }
        var openings: [Double] = []
        for _ in 0..<15 {
            let start = ContinuousClock.now
            let service = try IdentityLedger.open(.init(directory: directory))
            openings.append((ContinuousClock.now - start) / .milliseconds(1))
            _ = try service.eventCount()
        }
        opening = openings.sorted()[7]
        let server = try ServerProcess(["serve-product", directory])
        defer { server.stop() }
        Thread.sleep(forTimeInterval: 1)
        serverMebibytes = server.anonymousMebibytes
    }

    // An export and its import take three times the room on the disk.
    private static let largestCopy = 2_000_000

    private mutating func measureCopy(of service: IdentityLedger, in place: String) throws {
        let file = place + "/export"
        FileManager.default.createFile(atPath: file, contents: nil)
        guard let writer = FileHandle(forWritingAtPath: file) else { throw BenchmarkError("no file") }
        export = try rate(events) { _ = try Transfer.export(service, to: { try writer.write(contentsOf: Data($0)) }) }
        importing = try rate(events) {
            let export = try ExportFile(verifying: {
                guard let reader = FileHandle(forReadingAtPath: file) else { throw BenchmarkError("no file") }
                return { Array(try reader.read(upToCount: $0) ?? Data()) }
            })
            nonisolated(unsafe) let verified = export
            let target = place + "/copy"
            try waiting {
                let copy = try IdentityLedger.open(.init(directory: target, create: true))
                _ = try await Transfer.append(verified, to: copy)
            }
        }
    }

    private func rate(_ count: Int, _ body: () throws -> Void) throws -> Double {
        let start = ContinuousClock.now
        try body()
        return Double(count) / max(1e-9, (ContinuousClock.now - start) / .seconds(1))
    }

    private func rate(_ events: Double) -> String { events > 0 ? "\(whole(events))/s" : "not measured" }

    func print() {
        Swift.print("    \(events) events: opening \(hundredths(opening)) ms, server \(tenths(serverMebibytes)) MiB anonymous memory")
        guard events > 1000 else { return }
        Swift.print(
            "        fill \(whole(fill))/s, import with verification \(rate(importing)), export \(rate(export)), fold \(rate(fold))")
        Swift.print(
            "        scan \(whole(scan))/s, \(hundredths(scan / scanFloor)) of the floor's \(whole(scanFloor))/s;",
            "verify events and tree \(whole(verify))/s, \(hundredths(1_000_000 / verify)) s for a million")
        let shares = databases.map { "\($0.name) \(whole($0.bytes))" }.joined(separator: ", ")
        Swift.print("        \(whole(bytesPerLogin)) bytes on the disk a login: \(shares)")
    }
}

/// How figures grow: both axes logarithmic.
struct GrowthPlot {
    let figures: [HistoryFigures]

    init(_ figures: [HistoryFigures]) { self.figures = figures }

    private static let width = 720.0, height = 420.0, left = 70.0, right = 190.0, top = 40.0, bottom = 50.0

    var svg: String {
        let series: [(name: String, color: String, value: (HistoryFigures) -> Double)] = [
            ("scan", "#1b6ca8", { $0.scan }), ("verify", "#2a9d8f", { $0.verify }), ("export", "#8a5a00", { $0.export }),
            ("fold", "#b5446e", { $0.fold }), ("import", "#6a4c93", { $0.importing }), ("fill", "#555555", { $0.fill }),
        ]
        var text = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(Int(Self.width)) \(Int(Self.height))\" "
        text += "font-family=\"sans-serif\" font-size=\"13\" role=\"img\">\n"
        text += "<title>Events a second, by the ledger's size</title>\n<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n"
        text += "<text x=\"\(Self.left)\" y=\"24\" font-weight=\"bold\">"
        text += "Events a second, by the ledger's size (both axes logarithmic)</text>\n"
        for power in 4...7 {
            let y = self.y(pow(10, Double(power)))
            text += "<line x1=\"\(Self.left)\" x2=\"\(Self.width - Self.right)\" y1=\"\(y)\" y2=\"\(y)\" stroke=\"#ddd\"/>"
            text += "<text x=\"\(Self.left - 8)\" y=\"\(y + 4)\" text-anchor=\"end\">10^\(power)</text>\n"
        }
        for figure in figures {
            text += "<text x=\"\(x(Double(figure.events)))\" y=\"\(Self.height - 22)\" text-anchor=\"middle\">\(figure.events)</text>\n"
        }
        // Labels that would lie on each other are moved apart.
        var labels: [String: Double] = [:]
        var above = -Double.infinity
        for (name, _, value) in series.sorted(by: { newest($0.value) > newest($1.value) }) {
            above = max(above + 16, y(newest(value)))
            labels[name] = above
        }
        for (name, color, value) in series {
            let points = figures.filter { value($0) > 0 }.map { "\(x(Double($0.events))),\(y(value($0)))" }.joined(separator: " ")
            text += "<polyline points=\"\(points)\" fill=\"none\" stroke=\"\(color)\" stroke-width=\"2\"/>\n"
            if !points.isEmpty {
                text += "<text x=\"\(Self.width - Self.right + 10)\" y=\"\((labels[name] ?? 0) + 4)\" fill=\"\(color)\">"
                text += "\(name) \(Int(newest(value)))/s</text>\n"
            }
        }
        return text + "</svg>\n"
    }

    // What was measured of the largest ledger that it was measured of.
    private func newest(_ value: (HistoryFigures) -> Double) -> Double { figures.map(value).last { $0 > 0 } ?? 1 }

    private func x(_ events: Double) -> Double {
        let first = log10(Double(figures.first?.events ?? 1)), last = log10(Double(figures.last?.events ?? 10))
        return (Self.left + 20 + (log10(events) - first) / max(0.001, last - first) * (Self.width - Self.left - Self.right - 40)).rounded()
    }

    private func y(_ rate: Double) -> Double {
        (Self.height - Self.bottom - (log10(max(1, rate)) - 4) / 3 * (Self.height - Self.top - Self.bottom)).rounded()
    }
}

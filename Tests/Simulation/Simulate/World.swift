import Events
import Foundation
import IdentityLedger
import Ledger
import Projections
import Synchronization
import TestSupport

/// The real modules on a real ledger, with a clock that is set and a disk that fails when it is told to.
final class World {
    static let base = "https://sso.example.com"

    /// The clock's time, in whole seconds.
    var now: Int64 {
        get { clock.withLock { $0 } }
        set { clock.withLock { $0 = newValue } }
    }
    private(set) var service: IdentityLedger
    /// Every event, folded from nothing beside the ledger.
    private(set) var memory = MemoryState()
    /// The log's root, of the events that were looked at.
    private(set) var root: [UInt8] = []
    private let clock: Held<Int64>
    private let options: @Sendable (String) -> IdentityLedger.Options
    private var directory: String
    private let place: String
    private var crashes = 0

    /// - Parameters:
    ///   - place: A directory of this life's own.
    ///   - random: For keys and the IDs of events.
    init(_ place: String, _ pool: KeyPool, random: Seeded) throws {
        self.place = place
        directory = place + "/0"
        let clock = Held(KeyPool.start)
        let generator = Held(random)
        options = { directory in
            var options = IdentityLedger.Options(
                directory: directory, create: true, masterKeyText: String(repeating: "5e", count: 32), mapSizeBytes: 1 << 26,
                clock: { Instant(seconds: UInt64(clock.withLock { $0 })) })
            options.random = { count in
                generator.withLock { random in (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &random) } }
            }
            options.makeServiceProviderKey = { pool.serviceProvider }
            return options
        }
        self.clock = clock
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        service = try IdentityLedger.open(options(directory))
    }

    /// The events since the last look, each folded into ``memory``.
    func newEvents() throws -> [Event] {
        let snapshot = try service.ledger.snapshot()
        var events: [Event] = []
        while memory.sequence < snapshot.head {
            guard let event = try snapshot.event(memory.sequence + 1) else {
                throw Broken("sequence numbers have no gaps", "event \(memory.sequence + 1)", "none, with \(snapshot.head) events")
            }
            guard event.sequence == memory.sequence + 1 else {
                throw Broken("sequence numbers have no gaps", "\(memory.sequence + 1)", "\(event.sequence)")
            }
            try memory.fold(event)
            events.append(event)
        }
        if !events.isEmpty { root = try snapshot.root() }
        return events
    }

    /// The projections are what a fold from nothing makes.
    func checkProjections() throws {
        let live = try StateDigest.all(service.ledger.snapshot())
        for (live, folded) in zip(live, try StateDigest.all(memory)) where live != folded {
            throw Broken("projections equal a fold from nothing", "\(folded.name) of \(folded.rows) rows", "\(live.rows) rows, or others")
        }
    }

    /// The process is gone between two commits, without a word; what is on the disk is opened again.
    ///
    /// - Parameter copied: Opens a copy of the files, as on another machine, instead of the files themselves.
    func crash(copied: Bool) throws {
        if copied {
            crashes += 1
            let next = "\(place)/\(crashes)"
            try FileManager.default.copyItem(atPath: directory, toPath: next)
            service = try IdentityLedger.open(options(next))
            try FileManager.default.removeItem(atPath: directory)
            directory = next
        } else {
            // Closed before it is opened: one process has a file open once.
            service = try IdentityLedger.open(options("\(place)/none"))
            service = try IdentityLedger.open(options(directory))
        }
        let snapshot = try service.ledger.snapshot()
        guard snapshot.head == memory.sequence else {
            throw Broken("everything acknowledged is there after a crash", "\(memory.sequence) events", "\(snapshot.head)")
        }
        let root = try snapshot.root()
        guard root == self.root else { throw Broken("everything acknowledged is there after a crash", "the same root", "another one") }
    }

    /// No file may grow beyond what the log has now, and perhaps some pages, while `body` runs.
    func withFullDisk(sparePages: Int, _ body: () async throws -> Void) async throws {
        let attributes = try FileManager.default.attributesOfItem(atPath: directory + "/ledger/data.mdb")
        let size = (attributes[.size] as? Int ?? 0) + sparePages * 4096
        var former = rlimit()
        _ = unsafe getrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &former)
        var limit = rlimit(rlim_cur: rlim_t(size), rlim_max: former.rlim_max)
        _ = unsafe setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
        defer { _ = unsafe setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &former) }
        try await body()
    }
}

/// A value behind a lock, to be shared with the service's closures.
final class Held<Value: Sendable>: Sendable {
    private let value: Mutex<Value>

    init(_ value: Value) { self.value = Mutex(value) }

    func withLock<Result: Sendable>(_ body: (inout Value) -> Result) -> Result { value.withLock { body(&$0) } }
}

/// A property that doesn't hold.
struct Broken: Error {
    let property: String
    let expected: String
    let seen: String

    init(_ property: String, _ expected: String, _ seen: String) {
        (self.property, self.expected, self.seen) = (property, expected, seen)
    }
}

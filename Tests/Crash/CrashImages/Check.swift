import Events
import Foundation
import IdentityLedger
import Ledger
import Replay
import TestSupport

/// Makes images of what a crash leaves, opens each as a start does, and looks whether anything that was answered is lost or anything is wrong.
///
/// Between two syncs of a file nothing says which of its writes are on disk: an image has a prefix of them, or any of them, and of the last
/// one perhaps only the first sectors. (LMDB writes a page of its two heads last, alone and synchronously.)
struct Check {
    private let records: [Recording.Record]
    private let directory: String
    private let final: [[UInt8]]
    private let withoutSyncs: Bool
    private static let sector = 512

    /// - Parameter directory: Where the work was done; images lie beside it.
    init(recording: String, directory: String, withoutSyncs: Bool = false) throws {
        self.withoutSyncs = withoutSyncs
        records = try Recording(recording).records
        self.directory = directory
        let ledger = try IdentityLedger.open(.init(directory: directory, readOnly: true))
        var events: [[UInt8]] = []
        try ledger.ledger.snapshot().forEachEvent { _, bytes in
            events.append(bytes)
            return true
        }
        final = events
    }

    func run(count: Int, seed: UInt64) async throws {
        var generator = Seeded(state: seed)
        let points = records.indices.filter { if case .write = records[$0] { true } else { false } }
        // Prefixes, all of them or half of the images at even distances; then any point with any of what was not synced.
        let prefixes = min(points.count, (count + 1) / 2)
        print("\(records.count) records, \(points.count) writes, \(final.count) events; \(count) images, \(prefixes) of them prefixes")
        var plan: [(point: Int, isPrefix: Bool)] = (0..<prefixes).map { (points[$0 * points.count / prefixes], true) }
        while plan.count < count, let point = points.randomElement(using: &generator) { plan.append((point, false)) }
        plan.sort { $0.point < $1.point }
        var made = 0, reached = 0
        var durable = Disk(), pending: [Recording.Record] = []
        var answered: UInt64 = 0
        var next = 0
        let start = ContinuousClock.now
        for (index, record) in records.enumerated() {
            switch record {
            case .answer(let sequence): answered = max(answered, sequence)
            case .sync where withoutSyncs: break
            case .sync(let file):
                for written in pending where written.file == file { durable.apply(written) }
                pending.removeAll { $0.file == file }
            default: pending.append(record)
            }
            while next < plan.count, plan[next].point == index {
                let disk = image(durable, pending, isPrefix: plan[next].isPrefix, &generator)
                do { reached += try await look(disk, answered: answered) ? 1 : 0 } catch {
                    throw Lost("After record \(index), with \(answered) events answered (seed \(seed)): \(error)")
                }
                made += 1
                next += 1
                if made % 1000 == 0 { print("\(made) images, \(Int((ContinuousClock.now - start) / .seconds(1))) s") }
            }
        }
        print(
            "\(made) images hold: no event that was answered is lost, every proof and projection is right. \(reached) of them had a ledger already."
        )
    }

    private func image(
        _ durable: Disk, _ pending: [Recording.Record], isPrefix: Bool, _ generator: inout Seeded
    ) -> Disk {
        var disk = durable
        if isPrefix {
            for record in pending { disk.apply(record) }
            return disk
        }
        let chance = Int.random(in: 0...4, using: &generator)
        for record in pending where Int.random(in: 0..<4, using: &generator) < chance {
            guard case .write(let file, let offset, let bytes) = record, bytes.count > Self.sector, Bool.random(using: &generator) else {
                disk.apply(record)
                continue
            }
            // Torn: any of its sectors.
            for place in stride(from: 0, to: bytes.count, by: Self.sector) where Bool.random(using: &generator) {
                let piece = Array(bytes[place..<min(place + Self.sector, bytes.count)])
                disk.apply(.write(file: file, offset: offset + place, bytes: piece))
            }
        }
        return disk
    }

    /// - Returns: Whether there was a ledger in the image already.
    private func look(_ disk: Disk, answered: UInt64) async throws -> Bool {
        let place = directory + "-image"
        try? FileManager.default.removeItem(atPath: place)
        defer { try? FileManager.default.removeItem(atPath: place) }
        for (file, bytes) in disk.files {
            // What a name under way belongs to is not made yet; what has no name after a crash isn't there.
            let path = place + "/" + file
            try FileManager.default.createDirectory(
                atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
            _ = FileManager.default.createFile(atPath: path, contents: Data(bytes), attributes: [.posixPermissions: 0o600])
        }
        try? FileManager.default.copyItem(atPath: directory + "/master.key", toPath: place + "/master.key")
        guard FileManager.default.fileExists(atPath: place + "/ledger/data.mdb") else {
            guard answered == 0 else { throw Failure("The ledger is not there at all.") }
            return false
        }
        let ledger: IdentityLedger
        do { ledger = try IdentityLedger.open(.init(directory: place, create: true, mapSizeBytes: 1 << 26)) } catch {
            // While the files are being made the first time there is nothing to lose yet.
            guard answered == 0 else { throw error }
            return false
        }
        let head = try ledger.eventCount()
        guard head >= answered else { throw Failure("\(head) events are there, \(answered) were answered.") }
        try ledger.ledger.snapshot().forEachEvent { sequence, bytes in
            guard Int(sequence) <= final.count, final[Int(sequence) - 1] == bytes else {
                throw Failure("Event \(sequence) is another one.")
            }
            return true
        }
        let verification = try Verification(ledger)
        guard verification.ok else { throw Failure("Not all holds: \(verification.findings)") }
        // Whoever was not erased can be read, and the ledger goes on.
        for organization in try ledger.organizations(by: .commandLine()).items {
            for user in try ledger.users(organization.id, by: .commandLine()).items where user.email == nil {
                throw Failure("The user \(user.id) can't be read.")
            }
        }
        _ = try await ledger.issueToken(role: "auditor", organization: nil, expiresAt: nil, by: .commandLine())
        return head > 0
    }
}

extension Recording.Record {
    /// Whose record it is.
    var file: String? {
        switch self {
        case .write(let file, _, _), .truncate(let file, _), .sync(let file): file
        case .answer: nil
        }
    }
}

import Events
import Foundation
import LMDB
import Testing

@testable import Ledger

@Suite struct `The writer` {
    @Test func `gives concurrent submissions sequences without gaps, and folds each once`() async throws {
        let place = TemporaryLedger()
        let ledger = try place.open()
        let sequences = try await withThrowingTaskGroup(of: UInt64.self) { group in
            for number in 0..<400 {
                group.addTask { try await ledger.create("o\(number)").first?.sequence ?? 0 }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(sequences.sorted() == Array(1...400))
        #expect(try ledger.head == 400)
        #expect(try ledger.names().count == 400)
        #expect(try ledger.findings().isEmpty)
    }

    @Test func `lets exactly one of many concurrent submissions have what can be had once`() async throws {
        let place = TemporaryLedger()
        let ledger = try place.open()
        let won = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<200 {
                group.addTask {
                    (try? await ledger.submit { context in
                        if try context.get(NameProjection.names, Array("one".utf8)) != nil { throw Taken() }
                        try context.append(created("one"))
                    }) != nil
                }
            }
            return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(won == 1)
        #expect(try ledger.head == 1)
    }

    @Test func `leaves nothing of a decision that throws, before or after it appended`() async throws {
        let place = TemporaryLedger()
        let ledger = try place.open()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<200 {
                group.addTask {
                    switch number % 4 {
                    case 0: try await ledger.create("kept\(number)")
                    case 1: await #expect(throws: Regretted.self) { try await ledger.submit { _ in throw Regretted() } }
                    case 2:
                        await #expect(throws: Regretted.self) {
                            try await ledger.submit { context in
                                _ = try context.makeKey(for: TemporaryLedger.organization)
                                try context.append(created("regretted\(number)"))
                                throw Regretted()
                            }
                        }
                    default: await #expect(throws: Unfoldable.self) { try await ledger.create("fine\(number)", "unfoldable") }
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try ledger.head == 50)
        #expect(try ledger.names().allSatisfy { $0.hasPrefix("kept") })
        #expect(try ledger.findings().isEmpty)
        try await ledger.create("later")
        #expect(try ledger.head == 51)
    }

    @Test func `keeps rows that belong to no event, and none of a decision that throws`() async throws {
        let place = TemporaryLedger()
        let ledger = try place.open()
        try await ledger.create("first")
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<100 {
                group.addTask {
                    if number % 2 == 0 {
                        try await ledger.submit { try $0.setPosition(1, of: "kept\(number)") }
                    } else {
                        await #expect(throws: Regretted.self) {
                            try await ledger.submit { context in
                                try context.setPosition(1, of: "regretted\(number)")
                                throw Regretted()
                            }
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        let names = try ledger.snapshot().positions().map(\.name)
        #expect(names.count == 50)
        #expect(names.allSatisfy { $0.hasPrefix("kept") })
        try await ledger.submit { try $0.replaceRows(NameProjection.names, [([1], [2])]) }
        #expect(try ledger.snapshot().get(NameProjection.names, [1]) == [2])
        #expect(try ledger.head == 1)
    }

    @Test func `shows a decision what it has appended itself`() async throws {
        let place = TemporaryLedger()
        let ledger = try place.open()
        let seen = try await ledger.submit { context in
            let sequence = try context.append(created("a"))
            return (
                try context.get(NameProjection.names, Array("a".utf8)) != nil, try context.event(sequence)?.sequence, context.nextSequence
            )
        }.result
        #expect(seen.0)
        #expect(seen.1 == 1)
        #expect(seen.2 == 2)
    }

    @Test func `never lets the clock go back, and gives time-ordered identifiers`() async throws {
        let place = TemporaryLedger()
        try await place.open(clock: { Instant(seconds: 2000) }).create("a")
        let ledger = try place.open(clock: { Instant(seconds: 1000) })
        let event = try #require(try await ledger.create("b").first)
        #expect(event.recordedInstant == Instant(seconds: 2000))
        #expect(event.id.count == 16)
        #expect(event.id[6] >> 4 == 7)
        #expect(event.id[8] >> 6 == 2)
    }

    @Test func `makes its map larger when it is full, and loses nothing`() async throws {
        let place = TemporaryLedger()
        let ledger = try place.open(mapSizeBytes: 1 << 19)
        let name = String(repeating: "n", count: 400)
        for round in 0..<8 {
            try await ledger.submit { context in
                for number in 0..<200 { try context.append(created("\(round)-\(number)-\(name)")) }
            }
        }
        #expect(try ledger.head == 1600)
        #expect(try ledger.findings().isEmpty)
    }

    @Test func `answers everybody with an error when the disk is full, and works again when there is room`() async throws {
        let place = TemporaryLedger()
        do { try await place.open().create("before") }
        let directory = place.directory
        await #expect(processExitsWith: .success) { [directory = directory as String] in
            let ledger = try Ledger.open(LedgerOptions(directory: directory, mapSizeBytes: 1 << 28), projection: NameProjection())
            limitFiles(to: 1 << 17)
            let large = String(repeating: "n", count: 1 << 18)
            let error = await #expect(throws: LedgerError.self) {
                try await ledger.submit { context in try context.append(created("short"), evidence: Array(large.utf8)) }
            }
            #expect(error?.code == .full || error?.code == .inputOutput)
            #expect(try ledger.head == 1)
            limitFiles(to: 1 << 30)
            try await ledger.create("after")
            #expect(try ledger.names() == ["after", "before"])
            #expect(try ledger.findings().isEmpty)
        }
        #expect(try place.open().head == 2)
    }

    @Test func `goes on after what another process appended`() async throws {
        let place = TemporaryLedger()
        let ledger = try place.open()
        try await ledger.create("here")
        let directory = place.directory
        await #expect(processExitsWith: .success) { [directory = directory as String] in
            let other = try Ledger.open(
                LedgerOptions(directory: directory, mapSizeBytes: 1 << 29), projection: NameProjection())
            try await other.create("there", "there too")
        }
        #expect(try ledger.head == 3)
        #expect(try await ledger.create("here again").first?.sequence == 4)
        #expect(try ledger.names() == ["here", "here again", "there", "there too"])
        #expect(try ledger.findings().isEmpty)
    }
}

// As good as a full disk: a write beyond the limit is refused.
private func limitFiles(to bytes: UInt) {
    signal(SIGXFSZ, SIG_IGN)
    var limit = rlimit(rlim_cur: rlim_t(bytes), rlim_max: rlim_t.max)
    getrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
    limit.rlim_cur = rlim_t(bytes)
    setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
}

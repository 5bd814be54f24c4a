import Foundation
import Testing

@testable import LMDB

@Suite struct `An environment` {
    private let rows = TemporaryEnvironment.rows

    @Test func `says that its map is full, grows, and takes the rest`() throws {
        let directory = try TemporaryEnvironment()
        let environment = try directory.open(mapSizeBytes: 1 << 17)
        let large = [UInt8](repeating: 1, count: 1 << 16)
        let error = #expect(throws: LMDBError.self) {
            try environment.write { transaction in
                for key in 0..<4 as Range<UInt8> { try transaction.put(rows, [key], large) }
            }
        }
        #expect(error?.code == .mapFull)
        #expect(try environment.keys() == [])
        try environment.grow()
        try environment.grow()
        try environment.write { transaction in
            for key in 0..<4 as Range<UInt8> { try transaction.put(rows, [key], large) }
        }
        #expect(try environment.keys().count == 4)
    }

    @Test func `can't be committed after an error`() throws {
        let directory = try TemporaryEnvironment()
        let environment = try directory.open(mapSizeBytes: 1 << 17)
        var transaction = try environment.beginWrite()
        try transaction.put(rows, [1], [1])
        #expect((try? transaction.put(rows, [2], [UInt8](repeating: 1, count: 1 << 18))) == nil)
        #expect(transaction.failure()?.code == .mapFull)
        do throws(LMDBError) {
            try transaction.commit()
            Issue.record("it was committed")
        } catch {
            #expect(error.code == .mapFull)
        }
        #expect(try environment.keys() == [])
    }

    @Test func `is open once in a process, however often it is asked for`() throws {
        let directory = try TemporaryEnvironment()
        let first = try directory.open()
        let second = try directory.open()
        #expect(first === second)
        try first.write { try $0.put(rows, [1], [1]) }
        #expect(try second.keys() == [[1]])
    }

    @Test func `opened for reading writes nothing and makes nothing`() throws {
        let directory = try TemporaryEnvironment()
        let error = #expect(throws: LMDBError.self) { try directory.open(readOnly: true) }
        #expect(error?.code == .missing)
        try directory.open().write { try $0.put(rows, [1], [1]) }
        let before = try Data(contentsOf: URL(fileURLWithPath: directory.path + "/data.mdb"))
        do {
            let environment = try directory.open(readOnly: true)
            #expect(try environment.keys() == [[1]])
            #expect(throws: LMDBError.self) { try environment.write { try $0.put(rows, [2], [2]) } }
        }
        #expect(try Data(contentsOf: URL(fileURLWithPath: directory.path + "/data.mdb")) == before)
    }

    @Test func `refuses a file that is none`() throws {
        let directory = try TemporaryEnvironment()
        try Data(repeating: 0x20, count: 1 << 16).write(to: URL(fileURLWithPath: directory.path + "/data.mdb"))
        let error = #expect(throws: LMDBError.self) { try directory.open() }
        #expect(error?.code == .notADatabase)
    }

    @Test func `refuses a file that was cut off`() throws {
        let directory = try TemporaryEnvironment()
        try directory.open().write { transaction in
            for key in 0..<200 as Range<UInt8> { try transaction.put(rows, [key], [UInt8](repeating: key, count: 4000)) }
        }
        let file = try #require(FileHandle(forWritingAtPath: directory.path + "/data.mdb"))
        try file.truncate(atOffset: 40960)
        try file.close()
        let error = #expect(throws: LMDBError.self) { try directory.open() }
        #expect(error?.code == .damaged)
    }

    @Test func `makes its files for their owner alone`() throws {
        let directory = try TemporaryEnvironment()
        _ = try directory.open()
        for name in ["data.mdb", "lock.mdb"] {
            let attributes = try FileManager.default.attributesOfItem(atPath: directory.path + "/" + name)
            #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
        }
    }

    @Test func `sees what another process appends, and reads on`() async throws {
        let directory = try TemporaryEnvironment()
        let environment = try directory.open()
        try environment.write { try $0.put(rows, [1], [1]) }
        let earlier = try environment.beginRead()
        let path = directory.path
        await #expect(processExitsWith: .success) { [path = path as String] in
            try appendFromElsewhere(path)
        }
        #expect(try earlier.get(rows, [2]) == nil)
        #expect(try environment.beginRead().get(rows, [2]) == [2])
        try environment.write { try $0.put(rows, [3], [3]) }
        #expect(try environment.keys() == [[1], [2], [3]])
    }

    @Test func `copies itself while it is in use`() throws {
        let directory = try TemporaryEnvironment()
        let copy = try TemporaryEnvironment()
        let environment = try directory.open()
        try environment.write { try $0.put(rows, [1], [1]) }
        try environment.copy(to: copy.path)
        #expect(try copy.open().keys() == [[1]])
    }

    @Test(arguments: LMDBError.Code.allCases)
    func `has a remedy for every error`(_ code: LMDBError.Code) {
        #expect(!LMDBError(code, "It happened.", operation: "test").remedy.isEmpty)
    }
}

// What the other process does: no part of it may suspend.
private func appendFromElsewhere(_ path: String) throws {
    let environment = try Environment.open(path: path, mapSizeBytes: 1 << 27, maxDatabases: 8, readOnly: false)
    try environment.open([TemporaryEnvironment.rows], create: false)
    try environment.write { try $0.put(TemporaryEnvironment.rows, [2], [2]) }
}

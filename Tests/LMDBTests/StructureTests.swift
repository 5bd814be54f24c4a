import Foundation
import Testing

@testable import LMDB

private let rows = TemporaryEnvironment.rows

@Suite struct `The structure of an environment` {
    @Test func `has no fault where nothing was altered, however many rows there are`() throws {
        for count in [0, 1, 3, 200, 5000] {
            let directory = try TemporaryEnvironment()
            let environment = try directory.filled(count)
            let reading = try environment.beginRead()
            #expect(try reading.structureFault(rows) == nil)
            #expect(try reading.databaseNames() == ["rows"])
            #expect(try reading.structureFault(Database(name: "absent")) == nil)
        }
    }

    @Test func `has a fault where a row is out of order, and a scan ends there`() throws {
        let directory = try TemporaryEnvironment()
        _ = try directory.filled(3)
        try directory.alter { page in
            guard !page.isBranch, let place = page.bytes.firstRange(of: Data(name(1).utf8)) else { return }
            page.bytes[place.upperBound - 1] = UInt8(ascii: "9")
        }
        let environment = try directory.open(readOnly: true)
        #expect(try environment.beginRead().structureFault(rows)?.contains("order") == true)
        let error = #expect(throws: LMDBError.self) { try environment.keys() }
        #expect(error?.code == .damaged)
        #expect(throws: LMDBError.self) { try environment.keys(reverse: true) }
    }

    @Test(arguments: [-1, 1]) func `has a fault where a search goes to the wrong page`(off: Int) throws {
        let directory = try TemporaryEnvironment()
        _ = try directory.filled(5000)
        try directory.alter { page in
            // The least key of the page below.
            guard page.isBranch, let place = page.bytes.range(of: Data("row ".utf8), options: .backwards) else { return }
            let digits = place.upperBound..<place.upperBound + 6
            let least = Int(String(decoding: page.bytes[digits], as: UTF8.self)) ?? 0
            page.bytes.replaceSubrange(digits, with: Data(name(least + off).utf8.dropFirst(4)))
        }
        let environment = try directory.open(readOnly: true)
        #expect(try environment.keys().count == 5000, "all rows are there, and in their order")
        #expect(try environment.beginRead().structureFault(rows)?.contains("search") == true)
    }

    @Test func `tells the names of databases that nobody opened`() throws {
        let directory = try TemporaryEnvironment()
        _ = try directory.filled(1)
        try directory.alter { page in
            guard let place = page.bytes.firstRange(of: Data("rows".utf8)) else { return }
            page.bytes[place.lowerBound] = UInt8(ascii: "t")
        }
        #expect(try directory.open(readOnly: true).beginRead().databaseNames() == ["tows"])
    }
}

private func name(_ number: Int) -> String { "row " + String(repeating: "0", count: 6 - "\(number)".count) + "\(number)" }

/// A page of the file (lmdb.h does not tell; mdb.c, MDB_page): its flags lie in the bytes 10 and 11.
private struct Page {
    var bytes: Data
    var isBranch: Bool { bytes[10] & 1 != 0 }
}

extension TemporaryEnvironment {
    fileprivate func filled(_ count: Int) throws -> Environment {
        let environment = try open()
        try environment.write { transaction in
            for number in 0..<count { try transaction.append(Self.rows, Array(name(number).utf8), [1]) }
        }
        return environment
    }

    /// Alters the file, which nobody has open.
    fileprivate func alter(_ body: (inout Page) -> Void) throws {
        let file = URL(fileURLWithPath: path + "/data.mdb")
        let bytes = try Data(contentsOf: file)
        var altered = bytes.prefix(8192)
        for start in stride(from: 8192, to: bytes.count, by: 4096) {
            var page = Page(bytes: Data(bytes[start..<start + 4096]))
            body(&page)
            altered += page.bytes
        }
        try #require(altered != bytes)
        try altered.write(to: file)
    }
}

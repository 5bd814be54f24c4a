import Foundation
import Testing

@testable import LMDB

@Suite struct `A transaction` {
    private let rows = TemporaryEnvironment.rows

    @Test func `reads back what it wrote, after the commit and before`() throws {
        let directory = try TemporaryEnvironment()
        let environment = try directory.open()
        try environment.write { transaction in
            try transaction.put(rows, [1], [10])
            #expect(try transaction.get(rows, [1]) == [10])
            #expect(try transaction.get(rows, [2]) == nil)
        }
        #expect(try environment.beginRead().get(rows, [1]) == [10])
        #expect(try environment.beginRead().count(rows) == 1)
    }

    @Test func `leaves nothing when it is not committed`() throws {
        let directory = try TemporaryEnvironment()
        let environment = try directory.open()
        do {
            var transaction = try environment.beginWrite()
            try transaction.put(rows, [1], [10])
        }
        #expect(try environment.beginRead().get(rows, [1]) == nil)
    }

    @Test func `scans in order, forwards and backwards, from any place`() throws {
        let directory = try TemporaryEnvironment()
        let environment = try directory.open()
        try environment.write { transaction in
            for key in [[2], [4], [4, 0], [6]] as [[UInt8]] { try transaction.put(rows, key, []) }
        }
        #expect(try environment.keys() == [[2], [4], [4, 0], [6]])
        #expect(try environment.keys(reverse: true) == [[6], [4, 0], [4], [2]])
        #expect(try environment.keys(from: [3]) == [[4], [4, 0], [6]])
        #expect(try environment.keys(from: [4]) == [[4], [4, 0], [6]])
        #expect(try environment.keys(from: [5], reverse: true) == [[4, 0], [4], [2]])
        #expect(try environment.keys(from: [4], reverse: true) == [[4], [2]])
        #expect(try environment.keys(from: [9]) == [])
        #expect(try environment.keys(from: [9], reverse: true) == [[6], [4, 0], [4], [2]])
        #expect(try environment.keys(from: [1], reverse: true) == [])
    }

    @Test func `takes back a nested one, and keeps what was around it`() throws {
        let directory = try TemporaryEnvironment()
        let environment = try directory.open()
        try environment.write { transaction in
            try transaction.put(rows, [1], [1])
            try transaction.beginNested()
            try transaction.put(rows, [1], [2])
            try transaction.put(rows, [2], [2])
            transaction.abortNested()
            #expect(try transaction.get(rows, [1]) == [1])
            try transaction.beginNested()
            try transaction.put(rows, [3], [3])
            try transaction.commitNested()
        }
        #expect(try environment.keys() == [[1], [3]])
    }

    @Test func `appends in order alone`() throws {
        let directory = try TemporaryEnvironment()
        let environment = try directory.open()
        try environment.write { transaction in
            try transaction.append(rows, [2], [])
            do throws(LMDBError) {
                try transaction.append(rows, [1], [])
                Issue.record("1 was appended after 2")
            } catch {
                #expect(error.code == .keyExists)
            }
        }
        #expect(try environment.keys() == [[2]])
    }

    @Test func `refuses keys that LMDB can't take, and goes on`() throws {
        let directory = try TemporaryEnvironment()
        let environment = try directory.open()
        try environment.write { transaction in
            do throws(LMDBError) {
                try transaction.put(rows, [], [])
                Issue.record("an empty key was taken")
            } catch {
                #expect(error.code == .badKey)
            }
            do throws(LMDBError) {
                try transaction.put(rows, [UInt8](repeating: 0, count: 512), [])
                Issue.record("a key of 512 bytes was taken")
            } catch {
                #expect(error.code == .badKey)
            }
            try transaction.put(rows, [1], [])
            #expect(transaction.failure() == nil)
        }
        #expect(try environment.keys() == [[1]])
    }

    @Test func `lends a value in place`() throws {
        let directory = try TemporaryEnvironment()
        let environment = try directory.open()
        try environment.write { try $0.put(rows, [1], [7, 8, 9]) }
        let transaction = try environment.beginRead()
        var lent: [UInt8] = []
        if let value = try transaction.value(rows, [1]) {
            for index in value.indices { lent.append(value[index]) }
        }
        #expect(lent == [7, 8, 9])
    }

    @Test func `sees the environment as it was when it began`() throws {
        let directory = try TemporaryEnvironment()
        let environment = try directory.open()
        try environment.write { try $0.put(rows, [1], [1]) }
        let earlier = try environment.beginRead()
        try environment.write { transaction in
            try transaction.put(rows, [1], [2])
            try transaction.put(rows, [2], [2])
        }
        #expect(try earlier.get(rows, [1]) == [1])
        #expect(try earlier.count(rows) == 1)
        #expect(try environment.beginRead().get(rows, [1]) == [2])
    }

    @Test func `deletes, and clears`() throws {
        let directory = try TemporaryEnvironment()
        let environment = try directory.open()
        try environment.write { transaction in
            try transaction.put(rows, [1], [1])
            try transaction.put(rows, [2], [1])
            #expect(try transaction.delete(rows, [1]))
            #expect(try !transaction.delete(rows, [1]))
        }
        #expect(try environment.keys() == [[2]])
        try environment.write { try $0.clear(rows) }
        #expect(try environment.keys() == [])
    }
}

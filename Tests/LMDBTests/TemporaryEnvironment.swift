import Foundation

@testable import LMDB

/// A directory of its own, gone with the test.
final class TemporaryEnvironment: Sendable {
    static let rows = Database(name: "rows")

    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "lmdb-tests-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func open(mapSizeBytes: Int = 1 << 26, readOnly: Bool = false) throws -> Environment {
        let environment = try Environment.open(path: path, mapSizeBytes: mapSizeBytes, maxDatabases: 8, readOnly: readOnly)
        try environment.open([Self.rows], create: !readOnly)
        return environment
    }
}

extension Environment {
    func write(_ body: (inout WriteTransaction) throws -> Void) throws {
        var transaction = try beginWrite()
        try body(&transaction)
        try transaction.commit()
    }

    func keys(from: [UInt8] = [], reverse: Bool = false) throws -> [[UInt8]] {
        var keys: [[UInt8]] = []
        try beginRead().scan(TemporaryEnvironment.rows, from: from, reverse: reverse) { key, _ in
            keys.append(key)
            return true
        }
        return keys
    }
}

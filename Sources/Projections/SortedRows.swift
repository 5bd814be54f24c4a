#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Rows in the order of their keys, in chunks of bounded size: what LMDB does, for memory.
///
/// - Invariant: No chunk is empty, chunks and rows ascend, and no chunk has more than `capacity` rows.
struct SortedRows: Sendable {
    private struct Row: Sendable {
        let key: [UInt8]
        var value: [UInt8]
    }

    private static let capacity = 512
    private var chunks: [[Row]] = []

    func value(for key: [UInt8]) -> [UInt8]? {
        guard let chunk = chunk(for: key) else { return nil }
        let index = Self.index(of: key, in: chunks[chunk])
        return index < chunks[chunk].count && chunks[chunk][index].key == key ? chunks[chunk][index].value : nil
    }

    mutating func put(_ value: [UInt8], for key: [UInt8]) {
        guard let chunk = chunk(for: key) else {
            chunks.append([Row(key: key, value: value)])
            return
        }
        let index = Self.index(of: key, in: chunks[chunk])
        if index < chunks[chunk].count, chunks[chunk][index].key == key {
            chunks[chunk][index].value = value
            return
        }
        chunks[chunk].insert(Row(key: key, value: value), at: index)
        if chunks[chunk].count > Self.capacity {
            let half = Array(chunks[chunk][(Self.capacity / 2)...])
            chunks[chunk].removeSubrange((Self.capacity / 2)...)
            chunks.insert(half, at: chunk + 1)
        }
    }

    mutating func remove(_ key: [UInt8]) {
        guard let chunk = chunk(for: key) else { return }
        let index = Self.index(of: key, in: chunks[chunk])
        guard index < chunks[chunk].count, chunks[chunk][index].key == key else { return }
        chunks[chunk].remove(at: index)
        if chunks[chunk].isEmpty { chunks.remove(at: chunk) }
    }

    func scan(from key: [UInt8], reverse: Bool, _ body: ([UInt8], [UInt8]) throws -> Bool) throws {
        guard let first = chunk(for: key) else { return }
        let index = Self.index(of: key, in: chunks[first])
        if reverse {
            let isThere = index < chunks[first].count && chunks[first][index].key == key
            var rows = chunks[first][..<(isThere ? index + 1 : index)]
            for chunk in stride(from: first, through: 0, by: -1) {
                if chunk != first { rows = chunks[chunk][...] }
                for row in rows.reversed() { guard try body(row.key, row.value) else { return } }
            }
        } else {
            var rows = chunks[first][index...]
            for chunk in first..<chunks.count {
                if chunk != first { rows = chunks[chunk][...] }
                for row in rows { guard try body(row.key, row.value) else { return } }
            }
        }
    }

    // The last chunk that begins at or before the key, else the first one; nil where there is none.
    private func chunk(for key: [UInt8]) -> Int? {
        guard !chunks.isEmpty else { return nil }
        var low = 0
        var high = chunks.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if precedes(key, chunks[middle][0].key) { high = middle } else { low = middle }
        }
        return low
    }

    // The index of the first row that is not before the key.
    private static func index(of key: [UInt8], in rows: [Row]) -> Int {
        var low = 0
        var high = rows.count
        while low < high {
            let middle = (low + high) / 2
            if precedes(rows[middle].key, key) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

// As LMDB compares keys: byte by byte, the shorter one first where one begins the other. A fold of a long history spends its time here.
private func precedes(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    let order = unsafe left.withUnsafeBytes { left in
        unsafe right.withUnsafeBytes { right in
            guard let a = left.baseAddress, let b = right.baseAddress else { return Int32(0) }
            return unsafe memcmp(a, b, min(left.count, right.count))
        }
    }
    return order == 0 ? left.count < right.count : order < 0
}

import Foundation

/// What was written, in the order of the calls (recorder.c).
struct Recording {
    enum Record {
        case write(file: String, offset: Int, bytes: [UInt8])
        case truncate(file: String, length: Int)
        case sync(file: String)
        /// The ledger said that this event is on disk.
        case answer(UInt64)
    }

    let records: [Record]

    init(_ path: String) throws {
        guard let data = FileManager.default.contents(atPath: path) else { throw Failure("There is no recording in \(path).") }
        var rest = Array(data)[...]
        func number(_ bytes: ArraySlice<UInt8>) -> Int { bytes.reversed().reduce(0) { $0 << 8 | Int($1) } }
        var records: [Record] = []
        while rest.count >= 18 {
            let kind = rest[rest.startIndex]
            let nameLength = Int(rest[rest.startIndex + 1])
            rest = rest.dropFirst(2)
            let file = String(decoding: rest.prefix(nameLength), as: UTF8.self)
            rest = rest.dropFirst(nameLength)
            let offset = number(rest.prefix(8)), length = number(rest.dropFirst(8).prefix(8))
            rest = rest.dropFirst(16)
            switch kind {
            case UInt8(ascii: "W"):
                guard rest.count >= length else { throw Failure("The recording ends in the middle of a write.") }
                let bytes = Array(rest.prefix(length))
                rest = rest.dropFirst(length)
                if file == "answered" {
                    records.append(.answer(bytes.reduce(0) { $0 << 8 | UInt64($1) }))
                } else if !file.hasSuffix("lock.mdb") {
                    records.append(.write(file: file, offset: offset, bytes: bytes))
                }
            case UInt8(ascii: "S"): records.append(.sync(file: file))
            case UInt8(ascii: "T"): records.append(.truncate(file: file, length: offset))
            default: throw Failure("The recording holds what is no record.")
            }
        }
        self.records = records
    }
}

/// The files as a disk would have them.
struct Disk {
    private(set) var files: [String: [UInt8]] = [:]

    mutating func apply(_ record: Recording.Record) {
        switch record {
        case .write(let file, let offset, let bytes):
            grow(file, to: offset + bytes.count)
            // In place: a file is large, and has many writes.
            files[file, default: []].replaceSubrange(offset..<(offset + bytes.count), with: bytes)
        case .truncate(let file, let length):
            grow(file, to: length)
            files[file, default: []].removeLast((files[file]?.count ?? length) - length)
        case .sync, .answer: break
        }
    }

    private mutating func grow(_ file: String, to length: Int) {
        let missing = length - (files[file]?.count ?? 0)
        if missing > 0 { files[file, default: []] += [UInt8](repeating: 0, count: missing) }
    }
}

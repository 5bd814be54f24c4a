import Events
import Ledger

/// Bytes after their length: four bytes, the most significant first.
func framed(_ bytes: [UInt8]) -> [UInt8] { Array(UInt64(bytes.count).bigEndianBytes[4...]) + bytes }

/// Takes such bytes off the front; nil where they are cut off.
func unframed(_ rest: inout ArraySlice<UInt8>) -> [UInt8]? {
    guard rest.count >= 4, let count = UInt64(bigEndianBytes: [0, 0, 0, 0] + rest.prefix(4)), rest.count - 4 >= Int(count) else {
        return nil
    }
    defer { rest = rest.dropFirst(4 + Int(count)) }
    return Array(rest.dropFirst(4).prefix(Int(count)))
}

/// Reads framed bytes from a source, a piece at a time.
struct FramedReader {
    private static let piece = 1 << 18

    private let source: ExportFile.Source
    private var buffer: ArraySlice<UInt8> = []
    private var isAtEnd = false

    init(_ source: @escaping ExportFile.Source) { self.source = source }

    /// The bytes up to the next line feed; nil where none comes so soon.
    mutating func line(atMost limit: Int) throws -> [UInt8]? {
        while true {
            if let end = buffer.prefix(limit).firstIndex(of: 10) {
                defer { buffer = buffer[(end + 1)...] }
                return Array(buffer[..<end])
            }
            guard buffer.count < limit, try fill(buffer.count + 1) else { return nil }
        }
    }

    /// The next framed bytes; nil at the end.
    mutating func next(atMost largest: Int) throws -> [UInt8]? {
        guard try fill(4) else {
            if buffer.isEmpty { return nil }
            throw Self.cutOff
        }
        let count = Int(UInt64(bigEndianBytes: [0, 0, 0, 0] + buffer.prefix(4)) ?? 0)
        guard count <= largest else {
            throw Transfer.Refused(description: "A piece of the file has \(count) bytes; \(largest) are the most there.")
        }
        guard try fill(4 + count) else { throw Self.cutOff }
        defer { buffer = buffer.dropFirst(4 + count) }
        return Array(buffer.dropFirst(4).prefix(count))
    }

    private static let cutOff = Transfer.Refused(description: "The file ends in the middle of an event.")

    /// - Returns: Whether there are so many bytes.
    private mutating func fill(_ count: Int) throws -> Bool {
        while buffer.count < count, !isAtEnd {
            let more = try source(Self.piece)
            if more.isEmpty {
                isAtEnd = true
            } else {
                buffer = ArraySlice(Array(buffer) + more)
            }
        }
        return buffer.count >= count
    }
}

import Crypto
public import Events
public import IdentityLedger
import Ledger

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// A ledger as one file: a line of JSON that says how many events there are and their root hash, then for each event its bytes and
/// its evidence, each after its length in four bytes, the most significant first. The keys of personal data are not part of it.
public enum Transfer {
    private static let format = "identity-ledger export 1"

    /// Why a file is no export, or not a whole one.
    public struct Refused: Error, Sendable, CustomStringConvertible {
        public let description: String
    }

    /// The whole ledger, as of one commit.
    public static func export(_ service: IdentityLedger, to write: ([UInt8]) throws -> Void) throws -> JSON {
        let snapshot = try service.ledger.snapshot()
        let facts: JSON = [
            "format": .string(format), "events": JSON(snapshot.head), "root": .string(try snapshot.root().hexadecimal),
        ]
        try write(facts.encoded() + [10])
        try snapshot.forEachEvent { sequence, bytes in
            let evidence = try snapshot.evidence(sequence) ?? []
            try write(length(bytes) + bytes + length(evidence) + evidence)
            return true
        }
        return facts
    }

    /// Verifies everything, then appends it to an empty ledger.
    ///
    /// - Throws: ``Refused`` before anything is written.
    public static func `import`(_ file: [UInt8], into service: IdentityLedger) async throws -> JSON {
        let (facts, entries) = try read(file)
        guard try service.eventCount() == 0 else { throw Refused(description: "The ledger to import into is not empty.") }
        var start = 0
        while start < entries.count {
            let batch = Array(entries[start..<min(start + 1024, entries.count)])
            _ = try await service.ledger.submit { context in
                for entry in batch { try context.appendImported(entry.event, evidence: entry.evidence) }
            }
            start += batch.count
        }
        return facts
    }

    private typealias Entry = (event: [UInt8], evidence: [UInt8]?)

    private static func read(_ file: [UInt8]) throws -> (JSON, [(event: [UInt8], evidence: [UInt8]?)]) {
        guard let end = file.prefix(4096).firstIndex(of: 10), let facts = try? JSON(parsing: Array(file[..<end])),
            facts["format"]?.stringValue == format, let count = facts["events"]?.integerValue, let root = facts["root"]?.stringValue
        else { throw Refused(description: "The file is no export of a ledger.") }
        var rest = file[(end + 1)...]
        var entries: [Entry] = []
        var stack: [(level: Int, hash: [UInt8])] = []
        while !rest.isEmpty {
            guard let bytes = take(&rest), let evidence = take(&rest) else { throw Refused(description: "The file ends in the middle of an event.") }
            let event = try Event(decoding: bytes)
            guard event.sequence == UInt64(entries.count) + 1 else {
                throw Refused(description: "Event \(entries.count + 1) is missing: the file goes on with \(event.sequence).")
            }
            try check(evidence, of: event)
            entries.append((bytes, evidence.isEmpty ? nil : evidence))
            var (level, hash) = (0, MerkleTree.leafHash(bytes))
            while let left = stack.last, left.level == level {
                stack.removeLast()
                hash = MerkleTree.nodeHash(left.hash, hash)
                level += 1
            }
            stack.append((level, hash))
        }
        var made = stack.popLast()?.hash ?? MerkleTree.emptyRoot
        while let left = stack.popLast() { made = MerkleTree.nodeHash(left.hash, made) }
        guard Int64(entries.count) == count, made.hexadecimal == root else {
            throw Refused(description: "The events are not those that the file's head speaks of: its root hash does not hold.")
        }
        return (facts, entries)
    }

    private static func check(_ evidence: [UInt8], of event: Event) throws {
        if evidence.isEmpty { return }
        guard case .assertionReceived(let received) = event.body,
            Array(SHA256.hash(data: evidence)) == Array(received.evidenceDigest)
        else { throw Refused(description: "The evidence of event \(event.sequence) is not what the event speaks of.") }
    }

    private static func length(_ bytes: [UInt8]) -> [UInt8] { Array(UInt64(bytes.count).bigEndianBytes[4...]) }

    private static func take(_ rest: inout ArraySlice<UInt8>) -> [UInt8]? {
        guard rest.count >= 4, let count = UInt64(bigEndianBytes: [0, 0, 0, 0] + rest.prefix(4)), rest.count - 4 >= Int(count) else { return nil }
        defer { rest = rest.dropFirst(4 + Int(count)) }
        return Array(rest.dropFirst(4).prefix(Int(count)))
    }
}

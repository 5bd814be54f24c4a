import Events
import LMDB

/// The named databases of the log, and how numbers are keys.
enum Layout {
    static let meta = Database(name: "meta")
    /// Sequence → the event's bytes, as they were hashed.
    static let events = Database(name: "events")
    /// A subtree's place → its hash, once it is complete (RFC 6962 §2.1). The places are in the order in which subtrees are completed, a leaf and
    /// then what it completes, so that rows are only ever added at the end.
    static let tree = Database(name: "tree")
    /// Sequence → what lies beside the event: a response, compressed and sealed, or metadata, compressed.
    static let evidence = Database(name: "evidence")
    /// Organization and sequence → a response that no trusted key signed, compressed and sealed; organization → their bytes in all.
    static let untrusted = Database(name: "untrusted")
    /// Tree size → signed note.
    static let checkpoints = Database(name: "checkpoints")

    /// Key ID → nothing: keys whose erasure is recorded, and which are still to be destroyed.
    static let erasures = Database(name: "erasures")

    /// A consumer's name → the sequence of the last event that it is done with.
    static let positions = Database(name: "positions")

    static let own = [meta, events, tree, evidence, untrusted, checkpoints, erasures, positions]

    static let formatKey = Array("format".utf8)
    static let format = Array("identity-ledger 2".utf8)
    /// The number in a format's name; nil: it is of something else.
    static func formatNumber(_ format: [UInt8]) -> Int? {
        let text = String(decoding: format, as: UTF8.self)
        return text.hasPrefix("identity-ledger ") ? Int(text.dropFirst("identity-ledger ".count)) : nil
    }

    /// Room that is taken and given back: ``WriteContext/takeRoom(_:)``.
    static let roomKey = Array("room".utf8)
    static let projectionKey = Array("projection".utf8)

    static func projection(_ projection: any Projection) -> [UInt8] { UInt64(projection.version).bigEndianBytes }

    /// The place of the subtree of that level (0: a leaf) and index: m leaves have completed 2m − popcount(m) subtrees.
    static func place(_ level: Int, _ index: UInt64) -> UInt64 {
        // Wrapping, since a damaged row may have any number as its key.
        let before = (index &+ 1) &<< UInt64(level) &- 1
        return 2 &* before &- UInt64(before.nonzeroBitCount) &+ UInt64(level)
    }

    /// That place as a key.
    static func node(_ level: Int, _ index: UInt64) -> [UInt8] { place(level, index).bigEndianBytes }
}

#if canImport(FoundationEssentials)
    import struct FoundationEssentials.Data
#else
    import struct Foundation.Data
#endif

extension EventOrigin {
    /// A file of another system.
    ///
    /// - Parameter digest: The keyed hash of its bytes: an event outlives the people that a file names.
    public static func file(digest: [UInt8]) -> EventOrigin {
        var origin = EventOrigin()
        origin.kind = .file
        origin.digest = Data(digest)
        return origin
    }

    /// This ledger, as it was after the event of that sequence.
    public static func history(_ sequence: UInt64) -> EventOrigin {
        var origin = EventOrigin()
        origin.kind = .history
        origin.place = sequence
        return origin
    }

    /// Another ledger, as it was after its event of that sequence.
    ///
    /// - Parameter root: The root hash of its events up to there: whoever has one of its checkpoints can tell that it is that one.
    public static func ledger(root: [UInt8], sequence: UInt64) -> EventOrigin {
        var origin = EventOrigin()
        origin.kind = .ledger
        origin.digest = Data(root)
        origin.place = sequence
        return origin
    }
}

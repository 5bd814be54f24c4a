#if canImport(FoundationEssentials)
    import struct FoundationEssentials.Data
#else
    import struct Foundation.Data
#endif

extension EventOrigin {
    /// A file of another system.
    ///
    /// - Parameters:
    ///   - path: Its directories are left out.
    ///   - sha256: Of its bytes.
    ///   - line: 0: the whole file.
    public static func file(_ path: String, sha256: [UInt8], line: UInt64 = 0) -> EventOrigin {
        EventOrigin(.file, name: path, sha256: sha256, place: line)
    }

    /// An event of another ledger, taken from an export of it.
    public static func ledger(_ path: String, sha256: [UInt8], sequence: UInt64) -> EventOrigin {
        EventOrigin(.ledger, name: path, sha256: sha256, place: sequence)
    }

    /// This ledger, as it was after the event of that sequence.
    public static func history(_ sequence: UInt64) -> EventOrigin {
        EventOrigin(.history, name: "", sha256: [], place: sequence)
    }

    private init(_ kind: Kind, name path: String, sha256: [UInt8], place: UInt64) {
        self.init()
        self.kind = kind
        name = String((path.split(separator: "/").last ?? "").prefix(255))
        self.sha256 = Data(sha256)
        self.place = place
    }
}

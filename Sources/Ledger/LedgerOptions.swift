public import Events

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// How to open a ledger.
public struct LedgerOptions: Sendable {
    /// The data directory: the log lies in `ledger`, the keys of personal data in `keys`.
    public var directory: String
    /// Make a ledger where there is none.
    public var create: Bool
    /// Write nothing at all.
    public var readOnly: Bool
    /// A file of 64 hexadecimal digits; nil: `master.key` in the data directory, made where it is missing.
    public var masterKeyFile: String?
    /// The same digits, from the environment; goes before the file.
    public var masterKeyText: String?
    /// Address space for the log: as large as it may ever grow.
    public var mapSizeBytes: Int
    /// Told how far it is when projections are made anew: the last event that was folded, and the newest.
    public var rebuilding: @Sendable (_ done: UInt64, _ head: UInt64) -> Void = { _, _ in }
    /// Tells the time.
    public var clock: @Sendable () -> Instant
    /// That many random bytes.
    public var random: @Sendable (Int) -> [UInt8]

    /// Options; what isn't given has a default that suits.
    public init(
        directory: String, create: Bool = false, readOnly: Bool = false, masterKeyFile: String? = nil, masterKeyText: String? = nil,
        mapSizeBytes: Int = 1 << 36, clock: @escaping @Sendable () -> Instant = { Instant.now },
        random: @escaping @Sendable (Int) -> [UInt8] = systemRandomBytes
    ) {
        self.directory = directory
        self.create = create
        self.readOnly = readOnly
        self.masterKeyFile = masterKeyFile
        self.masterKeyText = masterKeyText
        self.mapSizeBytes = mapSizeBytes
        self.clock = clock
        self.random = random
    }
}

/// Random bytes from the system's generator.
public func systemRandomBytes(_ count: Int) -> [UInt8] {
    var generator = SystemRandomNumberGenerator()
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count + 8)
    while bytes.count < count { bytes += generator.next().bigEndianBytes }  // one call of the system for eight bytes
    return Array(bytes.prefix(count))
}

extension Instant {
    /// The system's clock.
    public static var now: Instant {
        var time = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &time)
        return Instant(nanoseconds: UInt64(max(0, time.tv_sec)) * 1_000_000_000 + UInt64(time.tv_nsec))
    }
}

public import Cryptography
public import Events
import Ledger

extension IdentityLedger {
    /// How a ledger is opened.
    public struct Options: Sendable {
        /// The data directory.
        public var directory: String
        /// Whether to make the ledger where there is none.
        public var create: Bool
        /// Whether nothing is to be written.
        public var readOnly: Bool
        /// The master key's file; nil: `master.key` in the directory, or ``masterKeyText``.
        public var masterKeyFile: String?
        /// The master key itself, from the environment.
        public var masterKeyText: String?
        /// The size of LMDB's map; nil: the ledger's own default.
        public var mapSizeBytes: Int?
        /// How many responses may be in judgment at once; over it the answer is `overloaded` (C51).
        public var judgmentsAtOnce: Int
        /// That many random bytes, for the IDs of events and the keys of sealed data.
        public var random: @Sendable (Int) -> [UInt8] = systemRandomBytes
        /// Makes a key of the service provider, which takes long.
        public var makeServiceProviderKey: @Sendable () throws -> PrivateKey = { try .generate(.rsa(bits: 2048)) }
        /// Told how far it is when projections are made anew.
        public var rebuilding: @Sendable (_ done: UInt64, _ head: UInt64) -> Void = { _, _ in }
        /// Tells the time. The only clock of the project that decides anything.
        public var clock: @Sendable () -> Instant

        /// Options; what isn't given has a default that suits.
        public init(
            directory: String, create: Bool = false, readOnly: Bool = false, masterKeyFile: String? = nil,
            masterKeyText: String? = nil, mapSizeBytes: Int? = nil, judgmentsAtOnce: Int = 1024,
            clock: (@Sendable () -> Instant)? = nil
        ) {
            self.directory = directory
            self.create = create
            self.readOnly = readOnly
            self.masterKeyFile = masterKeyFile
            self.masterKeyText = masterKeyText
            self.mapSizeBytes = mapSizeBytes
            self.judgmentsAtOnce = judgmentsAtOnce
            self.clock = clock ?? Self.systemClock
        }

        private static let systemClock: @Sendable () -> Instant = { Instant.now }

        var ledger: LedgerOptions {
            var options = LedgerOptions(
                directory: directory, create: create, readOnly: readOnly, masterKeyFile: masterKeyFile,
                masterKeyText: masterKeyText)
            if let mapSizeBytes { options.mapSizeBytes = mapSizeBytes }
            options.clock = clock
            options.random = random
            options.rebuilding = rebuilding
            return options
        }
    }
}

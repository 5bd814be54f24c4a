import Crypto
public import Events
public import LMDB
import Synchronization

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The keys of personal data, in an environment of their own, so that a backup of the log doesn't carry them.
///
/// A data key is wrapped by the epoch key, that one by the master key. When data keys are destroyed, what stays is wrapped by
/// a new epoch key and the old one is overwritten: then a wrapped key in a free page is of no use either (C56).
/// - Invariant: Every wrapped row begins with the number of its epoch; `meta` says which one is current.
public final class KeyRing: Sendable {
    private struct State {
        var epoch: UInt64 = 0
        var keys: [UInt64: SymmetricKey] = [:]
        var unwrapped: [Identifier: SymmetricKey] = [:]
    }

    private static let meta = Database(name: "meta")
    private static let keys = Database(name: "keys")
    private static let secrets = Database(name: "secrets")
    private static let privateKeys = Database(name: "private")
    // Organization and month → the ID of the key that seals its refusals of that month.
    private static let refusals = Database(name: "refusals")
    /// What the keys' environment holds: for whoever copies it as it is.
    public static let databases = [meta, keys, secrets, privateKeys, refusals]
    /// The epoch key's file beside the environment; without it no row is of use.
    public static let epochFileName = "epoch"
    private static let epochKey = Array("epoch".utf8)
    private static let cachedKeys = 50_000

    private let directory: String
    private let environment: Environment?  // nil: the ledger is here without its keys
    private let file: EpochFile?
    private let random: @Sendable (Int) -> [UInt8]
    private let state = Mutex(State())

    init(_ options: LedgerOptions, master: SymmetricKey?) throws(LedgerError) {
        let directory = options.directory + "/keys"
        self.directory = directory
        random = options.random
        guard let master, !options.readOnly || Files.exists(directory + "/data.mdb") else {
            environment = nil
            file = nil
            return
        }
        file = EpochFile(path: "\(directory)/\(Self.epochFileName)", master: master)
        environment = try translating(directory) { () throws(LMDBError) in
            let environment = try Environment.open(
                path: directory, mapSizeBytes: 1 << 34, maxDatabases: 16, readOnly: options.readOnly, share: 8)
            try environment.open(Self.databases, create: !options.readOnly)
            return environment
        }
        try options.readOnly ? checkMaster() : settle()
    }

    /// Whether there are keys at all. Without them personal data stays closed, and nothing can be sealed.
    public var isAvailable: Bool { environment != nil }

    // MARK: - Personal data

    /// Seals with a data key. The associated data is the key's ID and the organization (C54).
    public func seal(_ plain: [UInt8], key: Identifier, organization: Identifier) throws(LedgerError) -> Sealed {
        guard let secret = try dataKey(key, organization) else {
            throw LedgerError(.masterKeyMissing, "The key \(key) is not here.", remedy: "Restore the keys from their backup.")
        }
        return try Self.seal(plain, secret, key, organization)
    }

    static func seal(
        _ plain: [UInt8], _ secret: SymmetricKey, _ key: Identifier, _ organization: Identifier
    ) throws(LedgerError) -> Sealed {
        guard let box = try? AES.GCM.seal(plain, using: secret, authenticating: Data(key.bytes + organization.bytes)).combined
        else { throw LedgerError(.inputOutput, "Personal data could not be sealed.", remedy: "Try again.") }
        var sealed = Sealed()
        sealed.keyID = key.data
        sealed.box = box
        return sealed
    }

    /// The plain bytes; nil where the key was destroyed, is not here, or the box was altered.
    public func open(_ sealed: Sealed, organization: Identifier) throws(LedgerError) -> [UInt8]? {
        guard let key = Identifier(bytes: sealed.keyID), let secret = try dataKey(key, organization),
            let box = try? AES.GCM.SealedBox(combined: sealed.box),
            let plain = try? AES.GCM.open(box, using: secret, authenticating: Data(key.bytes + organization.bytes))
        else { return nil }
        return Array(plain)
    }

    private func dataKey(_ id: Identifier, _ organization: Identifier) throws(LedgerError) -> SymmetricKey? {
        // A destroyed key changes the epoch, in whichever process: then nothing that is remembered here counts.
        let current = try currentEpoch()
        let known = state.withLock { state -> SymmetricKey? in
            if state.epoch != current {
                state.unwrapped.removeAll()
                state.keys = state.keys.filter { $0.key >= current }
                state.epoch = current
            }
            return state.unwrapped[id]
        }
        if let known { return known }
        guard let bytes = try secret(in: Self.keys, id.bytes, id.bytes + organization.bytes) else { return nil }
        let key = SymmetricKey(data: bytes)
        remember([id: key], current)
        return key
    }

    private func remember(_ keys: [Identifier: SymmetricKey], _ epoch: UInt64) {
        state.withLock { state in
            guard state.epoch == epoch else { return }
            if state.unwrapped.count + keys.count > Self.cachedKeys { state.unwrapped.removeAll(keepingCapacity: true) }
            state.unwrapped.merge(keys) { _, new in new }
        }
    }

    /// Makes data keys durable: before the commit of the first event that needs them.
    func store(_ keys: [Identifier: (key: SymmetricKey, organization: Identifier)]) throws(LedgerError) {
        if keys.isEmpty { return }
        try write { transaction, epoch in
            for (id, made) in keys {
                let bytes = unsafe made.key.withUnsafeBytes { unsafe Array($0) }
                try transaction.put(Self.keys, id.bytes, Self.wrap(bytes, id.bytes + made.organization.bytes, epoch))
            }
        }
    }

    /// The key that seals one organization's refusals of one month, made at its first use.
    public func refusalKey(organization: Identifier, month: String) throws(LedgerError) -> Identifier {
        let name = organization.bytes + Array(month.utf8)
        if let known = try read(Self.refusals, name), let id = Identifier(bytes: known) { return id }
        guard var chosen = Identifier(bytes: random(16)) else { preconditionFailure("16 random bytes are an identifier") }
        let bytes = random(32)
        try write { transaction, epoch in
            // Another process may have made it meanwhile.
            if let known = try transaction.get(Self.refusals, name), let earlier = Identifier(bytes: known) {
                chosen = earlier
                return
            }
            try transaction.put(Self.keys, chosen.bytes, Self.wrap(bytes, chosen.bytes + organization.bytes, epoch))
            try transaction.put(Self.refusals, name, chosen.bytes)
        }
        return chosen
    }

    /// The IDs of the keys that seal an organization's refusals, in whichever transaction of the keys' environment.
    public static func refusalKeys(
        of organization: Identifier, in transaction: borrowing ReadTransaction
    ) throws(LMDBError) -> Set<[UInt8]> {
        var found: Set<[UInt8]> = []
        try transaction.scan(refusals, from: organization.bytes, reverse: false) { name, id in
            guard name.starts(with: organization.bytes) else { return false }
            found.insert(id)
            return true
        }
        return found
    }

    // MARK: - Destruction

    /// Destroys data keys for good: what they sealed can't be opened by anyone any more (C56). Those that are gone already are
    /// no error. Takes time in proportion to the keys that stay.
    public func destroy(_ ids: [Identifier]) throws(LedgerError) {
        guard let file else { throw Self.missing(directory) }
        try beginEpoch(in: file) { transaction throws(LMDBError) in
            var found = false
            for id in ids where try transaction.delete(Self.keys, id.bytes) { found = true }
            return found
        }
    }

    /// Wraps everything anew, by an epoch key that another master key wraps: the former master key opens nothing any more, whatever
    /// copies of these files there are from now on. Open the ledger again afterwards, with the new one, in every process.
    ///
    /// - Parameter text: 64 hexadecimal digits.
    public func rotateMaster(to text: String) throws(LedgerError) {
        guard let file else { throw Self.missing(directory) }
        let master = try MasterKey.parse(text, "the new file")
        guard master != file.master else {
            throw LedgerError(
                .masterKeyWrong, "The new master key is the one that is in use.",
                remedy: "Name a file that isn't there yet: a key is made for it.")
        }
        try beginEpoch(in: EpochFile(path: file.path, master: master)) { _ in true }
    }

    /// Begins an epoch: a new key, and all that stays wrapped by it.
    ///
    /// - Parameter body: What is done before; false: nothing is begun.
    private func beginEpoch(
        in file: EpochFile, _ body: (inout WriteTransaction) throws(LMDBError) -> Bool
    ) throws(LedgerError) {
        let newKey = random(32)
        try write { transaction, epoch in
            guard try body(&transaction) else { return }
            // On disk before anything is wrapped by it. A crash up to the commit leaves it unused.
            try file.write(epoch.number + 1, newKey)
            let next = Epoch(number: epoch.number + 1, key: SymmetricKey(data: newKey))
            for database in [Self.keys, Self.secrets, Self.privateKeys] {
                try self.rewrap(database, &transaction, epoch, next)
            }
            try transaction.put(Self.meta, Self.epochKey, next.number.bigEndianBytes)
        }
        // A crash before this is made good when the keys are opened next.
        try eraseFormerEpochs(in: file)
        state.withLock { state in
            state.unwrapped.removeAll()
            state.keys.removeAll()
            state.epoch = 0
        }
    }

    // The name that a row was sealed by lies beside its box: here it is not known otherwise.
    private func rewrap(
        _ database: Database, _ transaction: inout WriteTransaction, _ old: Epoch, _ new: Epoch
    ) throws {
        var rows: [(key: [UInt8], value: [UInt8])] = []
        try transaction.scan(database, from: [], reverse: false) { key, value in
            rows.append((key, value))
            return true
        }
        for row in rows {
            guard let (name, secret) = Self.unwrap(row.value, old) else { continue }  // altered: it stays unusable
            try transaction.put(database, row.key, Self.wrap(secret, name, new))
        }
    }

    // MARK: - The service's own secrets

    /// A secret of the service by its name; made if it is missing and `create` is set.
    public func secret(_ name: String, bytes: Int, create: Bool) throws(LedgerError) -> [UInt8]? {
        let key = Array(name.utf8)
        if let secret = try secret(in: Self.secrets, key, key) { return secret }
        guard create, let environment, !environment.isReadOnly else { return nil }
        let made = random(bytes)
        try write { transaction, epoch in
            // Another process may have made it meanwhile.
            if try transaction.get(Self.secrets, key) == nil {
                try transaction.put(Self.secrets, key, Self.wrap(made, key, epoch))
            }
        }
        return try secret(in: Self.secrets, key, key)
    }

    /// Keeps a service provider's private key (PKCS #8, DER), durably.
    public func storePrivateKey(_ id: Identifier, der: [UInt8]) throws(LedgerError) {
        try write { transaction, epoch in
            try transaction.put(Self.privateKeys, id.bytes, Self.wrap(der, id.bytes, epoch))
        }
    }

    /// Keeps a private key that came from elsewhere, durably; one of its ID that is here already stays as it is.
    ///
    /// - Returns: Whether it is here now; false: another one has its ID.
    public func addPrivateKey(_ id: Identifier, der: [UInt8]) throws(LedgerError) -> Bool {
        var isHere = true
        try write { transaction, epoch in
            if let wrapped = try transaction.get(Self.privateKeys, id.bytes) {
                isHere = Self.unwrap(wrapped, epoch).map { $0.name == id.bytes && $0.secret == der } ?? false
            } else {
                try transaction.put(Self.privateKeys, id.bytes, Self.wrap(der, id.bytes, epoch))
                isHere = true
            }
        }
        return isHere
    }

    /// The private key; nil where it is not here.
    public func privateKey(_ id: Identifier) throws(LedgerError) -> [UInt8]? {
        try secret(in: Self.privateKeys, id.bytes, id.bytes)
    }

    // MARK: - Wrapping

    private struct Epoch {
        let number: UInt64
        let key: SymmetricKey
    }

    // Epoch (8 bytes), length of the name (1), name, box. The name is the associated data.
    private static func wrap(_ secret: [UInt8], _ name: [UInt8], _ epoch: Epoch) throws(LedgerError) -> [UInt8] {
        let head = epoch.number.bigEndianBytes + [UInt8(truncatingIfNeeded: name.count)] + name
        guard name.count < 256, let box = try? AES.GCM.seal(secret, using: epoch.key, authenticating: Data(head)).combined else {
            throw LedgerError(.inputOutput, "A key could not be wrapped.", remedy: "Try again.")
        }
        return head + Array(box)
    }

    private static func unwrap(_ wrapped: [UInt8], _ epoch: Epoch) -> (name: [UInt8], secret: [UInt8])? {
        guard wrapped.count > 9, wrapped.count > 9 + Int(wrapped[8]) else { return nil }
        let length = 9 + Int(wrapped[8])
        guard let box = try? AES.GCM.SealedBox(combined: Data(wrapped[length...])),
            let secret = try? AES.GCM.open(box, using: epoch.key, authenticating: Data(wrapped[..<length]))
        else { return nil }
        return (Array(wrapped[9..<length]), Array(secret))
    }

    private func secret(in database: Database, _ key: [UInt8], _ name: [UInt8]) throws(LedgerError) -> [UInt8]? {
        // Another process may change the epoch between reading the row and reading the file: then the row is read again.
        for _ in 0..<8 {
            guard let wrapped = try read(database, key) else { return nil }
            guard let number = UInt64(bigEndianBytes: wrapped.prefix(8)) else { break }
            guard let epoch = try epoch(number) else { continue }
            guard let found = Self.unwrap(wrapped, epoch), found.name == name else { break }
            return found.secret
        }
        if database == Self.keys { return nil }
        throw LedgerError(
            .damaged, "A secret in \(directory) does not open with this ledger's keys.",
            remedy: "Restore the keys from their backup.")
    }

    // MARK: - Epochs

    private func epoch(_ number: UInt64) throws(LedgerError) -> Epoch? {
        if let key = state.withLock({ $0.keys[number] }) { return Epoch(number: number, key: key) }
        guard let file, let key = try file.key(number) else { return nil }
        state.withLock { $0.keys[number] = key }
        return Epoch(number: number, key: key)
    }

    private func currentEpoch() throws(LedgerError) -> UInt64 {
        try read(Self.meta, Self.epochKey).flatMap { UInt64(bigEndianBytes: $0) } ?? 0
    }

    private func checkMaster() throws(LedgerError) {
        let number = try currentEpoch()
        if number > 0 { _ = try epoch(number) }
    }

    // Makes the first epoch's key, and ends what a crash cut off, while no other process can.
    private func settle() throws(LedgerError) {
        guard let file else { return }
        let first = random(32)
        try writing { transaction in
            let number = try transaction.get(Self.meta, Self.epochKey).flatMap { UInt64(bigEndianBytes: $0) } ?? 0
            if number > 0 {
                guard try self.epoch(number) != nil else {
                    throw LedgerError(
                        .masterKeyMissing, "The keys in \(self.directory) lack their epoch key.",
                        remedy: "Restore the file “epoch” from the backup of the keys.")
                }
                return
            }
            try file.write(1, first)
            try transaction.put(Self.meta, Self.epochKey, UInt64(1).bigEndianBytes)
        }
        try eraseFormerEpochs(in: file)
    }

    // After the commit that made them former ones, and where no other process can make a new one meanwhile: its place is that of a former one.
    private func eraseFormerEpochs(in file: EpochFile) throws(LedgerError) {
        try writing { transaction in
            guard let current = try transaction.get(Self.meta, Self.epochKey).flatMap({ UInt64(bigEndianBytes: $0) }) else { return }
            try file.eraseAllBut(current)
        }
    }

    // MARK: - Storage

    private static func missing(_ directory: String) -> LedgerError {
        LedgerError(
            .masterKeyMissing, "The keys in \(directory) are not here, or their master key is not.",
            remedy: "Name the master key's file with --master-key-file, or restore the keys from their backup.")
    }

    private func read(_ database: Database, _ key: [UInt8]) throws(LedgerError) -> [UInt8]? {
        guard let environment else { return nil }
        return try translating(directory) { () throws(LMDBError) in try environment.beginRead().get(database, key) }
    }

    /// Writes with the epoch that is current in this transaction: another process may have changed it.
    private func write(_ body: (inout WriteTransaction, Epoch) throws -> Void) throws(LedgerError) {
        try writing { transaction in
            let number = try transaction.get(Self.meta, Self.epochKey).flatMap { UInt64(bigEndianBytes: $0) } ?? 0
            guard let epoch = try self.epoch(number) else { throw Self.missing(self.directory) }
            try body(&transaction, epoch)
        }
    }

    private func writing(_ body: (inout WriteTransaction) throws -> Void) throws(LedgerError) {
        guard let environment else { throw Self.missing(directory) }
        do {
            do {
                try Self.write(environment, body)
            } catch let error as LMDBError where error.code == .mapFull {
                try environment.grow()
                try Self.write(environment, body)
            }
        } catch {
            throw LedgerError(any: error, in: directory)
        }
    }

    private static func write(_ environment: Environment, _ body: (inout WriteTransaction) throws -> Void) throws {
        var transaction = try environment.beginWrite()
        try body(&transaction)
        try transaction.commit()
    }
}

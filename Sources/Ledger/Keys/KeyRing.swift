import Crypto
public import Events
import LMDB
import Synchronization

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The keys of personal data, in an environment of their own, so that a backup of the log doesn't carry them.
///
/// A data key is wrapped by the epoch key, that one by the master key. To destroy data keys for good, even in free pages, a later
/// version makes a new epoch key, wraps what is to stay, and overwrites the file of the old one.
public final class KeyRing: Sendable {
    private static let keys = Database(name: "keys")
    private static let secrets = Database(name: "secrets")
    private static let privateKeys = Database(name: "private")
    private static let refusals = Database(name: "refusals")

    private let directory: String
    private let environment: Environment
    private let epoch: SymmetricKey
    private let random: @Sendable (Int) -> [UInt8]
    private let unwrapped = Mutex<[Identifier: SymmetricKey]>([:])
    private static let cachedKeys = 50_000

    init(_ options: LedgerOptions, master: SymmetricKey) throws(LedgerError) {
        let directory = options.directory + "/keys"
        self.directory = directory
        random = options.random
        environment = try translating(directory) { () throws(LMDBError) in
            let environment = try Environment.open(
                path: directory, mapSizeBytes: 1 << 34, maxDatabases: 16, readOnly: options.readOnly)
            try environment.open([Self.keys, Self.secrets, Self.privateKeys, Self.refusals], create: !options.readOnly)
            return environment
        }
        epoch = try Self.epochKey(directory, master, options)
    }

    private static func epochKey(_ directory: String, _ master: SymmetricKey, _ options: LedgerOptions) throws(LedgerError) -> SymmetricKey {
        let path = directory + "/epoch"
        let label = Data("identity-ledger epoch 1".utf8)
        if let stored = try? Data(contentsOf: URL(fileURLWithPath: path)),
            let bytes = [UInt8](hexadecimal: String(decoding: stored, as: UTF8.self).filter { !$0.isWhitespace })
        {
            guard let box = try? AES.GCM.SealedBox(combined: bytes), let key = try? AES.GCM.open(box, using: master, authenticating: label)
            else {
                throw LedgerError(
                    .masterKeyWrong, "The master key does not open the keys in \(directory).",
                    remedy: "Give the master key that this ledger was made with: nothing was changed.")
            }
            return SymmetricKey(data: key)
        }
        guard options.create, !options.readOnly else {
            throw LedgerError(
                .masterKeyMissing, "The keys in \(directory) lack their epoch key.", remedy: "Restore the keys from their backup.")
        }
        let key = options.random(32)
        guard let box = try? AES.GCM.seal(key, using: master, authenticating: label).combined else {
            throw LedgerError(.inputOutput, "The epoch key could not be sealed.", remedy: "Try again.")
        }
        try MasterKey.write(path, box.hexadecimal + "\n")
        return SymmetricKey(data: key)
    }

    // MARK: Personal data

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
        guard let box = try? AES.GCM.seal(plain, using: secret, authenticating: Data(key.bytes + organization.bytes)).combined else {
            throw LedgerError(.inputOutput, "Personal data could not be sealed.", remedy: "Try again.")
        }
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
        if let known = unwrapped.withLock({ $0[id] }) { return known }
        guard let wrapped = try read(Self.keys, id.bytes), let bytes = unwrap(wrapped, id.bytes + organization.bytes) else { return nil }
        let key = SymmetricKey(data: bytes)
        remember([id: key])
        return key
    }

    private func remember(_ keys: [Identifier: SymmetricKey]) {
        unwrapped.withLock { cache in
            if cache.count + keys.count > Self.cachedKeys { cache.removeAll(keepingCapacity: true) }
            cache.merge(keys) { _, new in new }
        }
    }

    /// Makes data keys durable: before the commit of the first event that needs them.
    func store(_ keys: [Identifier: (key: SymmetricKey, organization: Identifier)]) throws(LedgerError) {
        if keys.isEmpty { return }
        var wrapped: [([UInt8], [UInt8])] = []
        for (id, made) in keys {
            wrapped.append((id.bytes, try wrap(unsafe made.key.withUnsafeBytes { unsafe Array($0) }, id.bytes + made.organization.bytes)))
        }
        try write { (transaction) throws(LMDBError) in
            for (id, box) in wrapped { try transaction.put(Self.keys, id, box) }
        }
        remember(keys.mapValues(\.key))
    }

    /// Removes data keys: what they sealed can't be opened any more.
    ///
    /// Their wrapped form may remain in free pages until the epoch key is changed, which no command does yet.
    public func destroy(_ keys: [Identifier]) throws(LedgerError) {
        try write { (transaction) throws(LMDBError) in
            for key in keys { try transaction.delete(Self.keys, key.bytes) }
        }
        unwrapped.withLock { cache in
            for key in keys { cache[key] = nil }
        }
    }

    /// The key that seals one organization's refusals of one month, made at its first use.
    public func refusalKey(organization: Identifier, month: String) throws(LedgerError) -> Identifier {
        let name = organization.bytes + Array(month.utf8)
        if let known = try read(Self.refusals, name), let id = Identifier(bytes: known) { return id }
        guard let id = Identifier(bytes: random(16)) else { preconditionFailure("16 random bytes are an identifier") }
        let key = SymmetricKey(data: random(32))
        let wrapped = try wrap(unsafe key.withUnsafeBytes { unsafe Array($0) }, id.bytes + organization.bytes)
        var chosen = id
        try write { (transaction) throws(LMDBError) in
            // Another process may have made it meanwhile.
            if let known = try transaction.get(Self.refusals, name), let earlier = Identifier(bytes: known) {
                chosen = earlier
                return
            }
            try transaction.put(Self.keys, id.bytes, wrapped)
            try transaction.put(Self.refusals, name, id.bytes)
        }
        return chosen
    }

    // MARK: The service's own secrets

    /// A secret of the service by its name; made if it is missing and `create` is set.
    public func secret(_ name: String, bytes: Int, create: Bool) throws(LedgerError) -> [UInt8]? {
        let key = Array(name.utf8)
        if let wrapped = try read(Self.secrets, key) {
            guard let secret = unwrap(wrapped, key) else { throw altered(name) }
            return secret
        }
        if !create || environment.isReadOnly { return nil }
        var chosen = random(bytes)
        let wrapped = try wrap(chosen, key)
        var earlier: [UInt8]?
        try write { (transaction) throws(LMDBError) in
            earlier = try transaction.get(Self.secrets, key)
            if earlier == nil { try transaction.put(Self.secrets, key, wrapped) }
        }
        if let earlier {
            guard let secret = unwrap(earlier, key) else { throw altered(name) }
            chosen = secret
        }
        return chosen
    }

    /// Keeps a service provider's private key (PKCS #8, DER), durably.
    public func storePrivateKey(_ id: Identifier, der: [UInt8]) throws(LedgerError) {
        let wrapped = try wrap(der, id.bytes)
        try write { (transaction) throws(LMDBError) in try transaction.put(Self.privateKeys, id.bytes, wrapped) }
    }

    /// The private key; nil where it is not here.
    public func privateKey(_ id: Identifier) throws(LedgerError) -> [UInt8]? {
        guard let wrapped = try read(Self.privateKeys, id.bytes) else { return nil }
        guard let der = unwrap(wrapped, id.bytes) else { throw altered(id.description) }
        return der
    }

    private func altered(_ name: String) -> LedgerError {
        LedgerError(
            .damaged, "The secret \(name) in \(directory) does not open with this ledger's keys.",
            remedy: "Restore the keys from their backup.")
    }

    // MARK: Storage

    private func wrap(_ secret: [UInt8], _ name: [UInt8]) throws(LedgerError) -> [UInt8] {
        guard let box = try? AES.GCM.seal(secret, using: epoch, authenticating: Data(name)).combined else {
            throw LedgerError(.inputOutput, "A key could not be wrapped.", remedy: "Try again.")
        }
        return Array(box)
    }

    private func unwrap(_ wrapped: [UInt8], _ name: [UInt8]) -> [UInt8]? {
        guard let box = try? AES.GCM.SealedBox(combined: wrapped) else { return nil }
        return (try? AES.GCM.open(box, using: epoch, authenticating: Data(name))).map { Array($0) }
    }

    private func read(_ database: Database, _ key: [UInt8]) throws(LedgerError) -> [UInt8]? {
        try translating(directory) { () throws(LMDBError) in try environment.beginRead().get(database, key) }
    }

    private func write(_ body: (inout WriteTransaction) throws(LMDBError) -> Void) throws(LedgerError) {
        try translating(directory) { () throws(LMDBError) in
            var transaction = try environment.beginWrite()
            try body(&transaction)
            try transaction.commit()
        }
    }
}

import Events
public import LMDB

/// What keeps the ledger from doing what was asked: a code, what happened, and what to do next.
public struct LedgerError: Error, Sendable, CustomStringConvertible {
    /// What kind of trouble it is.
    public enum Code: String, Sendable, CaseIterable {
        case notALedger, noPermission, full, locked, damaged, masterKeyMissing, masterKeyWrong, newerSchema, busy, readOnly, inputOutput,
            tooLarge
    }

    /// What kind of trouble it is.
    public let code: Code
    /// What happened, with its values.
    public let message: String
    /// What to do next.
    public let remedy: String
    /// What LMDB said.
    public let cause: LMDBError?

    /// An error with its sentences.
    public init(_ code: Code, _ message: String, remedy: String, cause: LMDBError? = nil) {
        self.code = code
        self.message = message
        self.remedy = remedy
        self.cause = cause
    }

    /// Both sentences.
    public var description: String { "\(message) \(remedy)" }

    /// The one place where LMDB's errors become the ledger's.
    init(_ cause: LMDBError, in directory: String) {
        switch cause.code {
        case .mapFull:
            self.init(.full, "There is no room for the ledger in \(directory): \(cause.detail)", remedy: cause.remedy, cause: cause)
        case .diskFull:
            self.init(
                .full, "There is no room for the ledger in \(directory): \(cause.detail)",
                remedy: "Free disk space, then try again: nothing was lost.", cause: cause)
        case .permission:
            self.init(
                .noPermission, "This user may not read or write the ledger in \(directory): \(cause.detail)",
                remedy: "Run as the user that owns the directory, or give it to this one.", cause: cause)
        case .missing:
            self.init(
                .notALedger, "There is no ledger in \(directory).",
                remedy: "Name the right directory with --data, or make a ledger with any writing command.", cause: cause)
        case .damaged, .panic, .keyExists:
            self.init(
                .damaged, "The ledger in \(directory) is damaged: \(cause.detail)",
                remedy: "Stop writing to it, run “identity-ledger verify” on a copy, and restore a backup.", cause: cause)
        case .notADatabase, .versionMismatch:
            self.init(
                .notALedger, "The file in \(directory) is no ledger: \(cause.detail)",
                remedy: "Name the right directory with --data, or restore a backup.", cause: cause)
        case .readersFull, .busy:
            self.init(.busy, "Too many read the ledger in \(directory): \(cause.detail)", remedy: "Try again in a moment.", cause: cause)
        case .locked:
            self.init(.locked, "Another process holds the ledger in \(directory): \(cause.detail)", remedy: cause.remedy, cause: cause)
        case .inputOutput, .mapResized, .badKey, .badTransaction, .other:
            self.init(
                .inputOutput, "The ledger in \(directory) could not be read or written: \(cause.detail)",
                remedy: "Look at the disk and the system's log, then try again: nothing that was acknowledged is lost.", cause: cause)
        }
    }
}

extension LedgerError {
    /// An event that can't be read: damaged, or a newer program's.
    init(_ error: EventError) {
        self.init(
            error.code == .newer ? .newerSchema : .damaged, error.detail, remedy: error.remedy ?? "Run “identity-ledger verify”.")
    }

    /// Any error of a body that works on LMDB.
    init(any error: any Error, in directory: String) {
        switch error {
        case let error as LedgerError: self = error
        case let error as LMDBError: self.init(error, in: directory)
        default:
            self.init(
                .damaged, "The ledger in \(directory) holds what can't be interpreted: \(error)", remedy: "Run “identity-ledger verify”.")
        }
    }
}

/// Runs what may fail in LMDB, as the ledger's error.
func translating<R: ~Copyable>(
    _ directory: String, _ body: () throws(LMDBError) -> R
) throws(LedgerError) -> R {
    do { return try body() } catch { throw LedgerError(error, in: directory) }
}

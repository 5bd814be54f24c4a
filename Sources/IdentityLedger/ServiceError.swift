import Cryptography
public import Identity
import Ledger
import Projections
public import SAML

/// What a caller is told when something can't be done: the contract's code and status, a sentence, and what to do.
public struct ServiceError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The contract's code.
    public let code: String
    /// The HTTP status that the API answers with.
    public let status: Int
    /// A sentence.
    public let detail: String
    /// What to do; nil where nothing helps.
    public let remedy: String?
    /// Whether what lies on the disk is not what was written, or can't be read: `verify` finds where.
    public private(set) var isDamage = false

    /// An error of these members.
    public init(code: String, status: Int, detail: String, remedy: String? = nil) {
        self.code = code
        self.status = status
        self.detail = detail
        self.remedy = remedy
    }

    /// What a rule refuses.
    public init(_ error: RuleError) {
        self.init(code: error.code.rawValue, status: error.httpStatus, detail: error.detail, remedy: error.remedy)
    }

    /// What is refused in the login's words.
    public init(_ refusal: Refusal) {
        self.init(
            code: refusal.code.rawValue, status: refusal.code.httpStatus, detail: refusal.detail,
            remedy: refusal.remedy)
    }

    /// Any error. What is none of ours means that the ledger can't be read or written: nothing was decided.
    public init(_ error: any Error) {
        switch error {
        case let error as ServiceError: self = error
        case let error as RuleError: self.init(error)
        case let error as Refusal: self.init(error)
        case let error as LedgerError where error.code == .tooLarge:
            self.init(code: "invalid_request", status: 422, detail: error.message, remedy: error.remedy)
        case let error as LedgerError:
            self.init(code: "ledger_unavailable", status: 503, detail: error.message, remedy: error.remedy)
            isDamage = error.code == .damaged || error.code == .inputOutput
        case let error as CryptographyError:
            self.init(
                code: "ledger_unavailable", status: 503, detail: "A key of this service can't be used. \(error.message)",
                remedy: error.remedy ?? "Make a new key, or restore the keys from their backup.")
        case let error as StateError:
            self.init(code: "ledger_unavailable", status: 503, detail: error.detail, remedy: error.remedy)
        default: self.init(code: "ledger_unavailable", status: 503, detail: "The ledger can't be used: \(error)")
        }
    }

    /// The sentence and what to do.
    public var description: String { remedy.map { "\(detail) \($0)" } ?? detail }
}

extension ServiceError {
    /// Bounded work is full (C51).
    static let overloaded = ServiceError(
        Refusal(
            code: .overloaded, detail: "More is being judged at this moment than this server has room for.",
            remedy: "Try again in a moment."))
}

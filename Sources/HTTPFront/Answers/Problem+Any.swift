import Identity
import IdentityLedger
import Logging

extension Problem {
    /// Any error as what is answered. What nobody foresaw is 503, never 500: nothing was decided.
    init(any error: any Error, logger: Logger) {
        switch error {
        case let problem as Problem: self = problem
        case let error as RuleError: self = Problem(error)
        case let error as ServiceError: self = Problem(error, logger: logger)
        case is CancellationError: self = .overloaded
        default:
            // C53: the error's own words name files and codes, never what a request carried.
            logger.error("A request could not be answered", metadata: ["error": "\(error)"])
            self = .unavailable
        }
    }

    /// What the shell refuses. C53: why the ledger can't be used is for the log, not for whoever asked.
    private init(_ error: ServiceError, logger: Logger) {
        guard error.code == Problem.unavailable.code else {
            self.init(error.code, status: error.status, error.detail, remedy: error.remedy)
            if error == ServiceError(Authority.forbidden) { cause = .notPermitted }
            return
        }
        logger.error("The ledger can't be used", metadata: ["error": "\(error)"])
        self = .unavailable
    }
}

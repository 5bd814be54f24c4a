import IdentityLedger
import Ledger

// MARK: - The transparency log

extension Core {
    func checkpoint() throws -> String {
        guard let note = try ledger.checkpoint(of: try ledger.ledger.snapshot()) else { throw Problem.notFound }
        return note
    }

    func verifierKey() throws -> VerifierKey {
        guard let key = try ledger.verifierKey() else { throw Problem.notFound }
        return key
    }

    func proof(of sequence: UInt64, by caller: Caller) throws -> String { try ledger.proof(of: sequence, by: caller).text }

    func tile(_ path: TilePath) throws -> [UInt8]? {
        try ledger.ledger.snapshot().tile(level: path.level, index: path.index, width: path.width)
    }
}

import Events
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

    func position(of consumer: String, by caller: Caller) throws -> UInt64 { try ledger.position(of: consumer, by: caller) }

    func positions(by caller: Caller) throws -> JSON {
        ["items": .array(try ledger.positions(by: caller).map { ["name": .string($0.name), "sequence": JSON($0.sequence)] }), "next": nil]
    }

    func setPosition(_ sequence: UInt64?, of consumer: String, by caller: Caller) async throws {
        try await ledger.setPosition(sequence, of: consumer, by: caller)
    }

    func proof(of sequence: UInt64, by caller: Caller) throws -> String { try ledger.proof(of: sequence, by: caller).text }

    func checkpoints(_ page: Page, by caller: Caller) throws -> JSON { try ledger.checkpoints(page: page.request, by: caller).json }

    func signCheckpoint(by caller: Caller) async throws -> JSON {
        guard let signed = try await ledger.signCheckpoint(keepingIn: keptCheckpoints, by: caller) else { throw Problem.notFound }
        return signed.json
    }

    func consistency(from oldSize: UInt64, to size: UInt64?, by caller: Caller) throws -> JSON {
        try ledger.consistency(from: oldSize, to: size, by: caller).json
    }

    func entries(_ path: TilePath, by caller: Caller) async throws -> [UInt8]? {
        try await apart { try ledger.entryBundle(index: path.index, width: path.width, by: caller) }
    }

    func tile(_ path: TilePath) throws -> [UInt8]? {
        try ledger.ledger.snapshot().tile(level: path.level, index: path.index, width: path.width)
    }
}

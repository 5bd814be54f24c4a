import Crypto
import Events
import Ledger

/// The service's own secrets, and the keyed hashes made with them. They lie with the other keys, never in an event.
struct ServiceSecrets: Sendable {
    private let lookup: [UInt8]?
    private let requests: [UInt8]?

    init(_ ring: KeyRing, create: Bool) throws {
        lookup = try ring.secret("lookup", bytes: 32, create: create)
        requests = try ring.secret("request", bytes: 32, create: create)
    }

    /// The key of request IDs (C34).
    func requestKey() throws -> [UInt8] {
        guard let requests else { throw Self.missing }
        return requests
    }

    /// What a user is found by; the address itself lies sealed.
    func addressHash(_ email: EmailAddress, _ organization: Identifier) throws -> [UInt8] {
        try hash(organization.bytes + Array(email.normalized.utf8))
    }

    /// What single logout finds a person's sessions by.
    func nameIDHash(_ nameID: String, _ organization: Identifier) throws -> [UInt8] {
        try hash(organization.bytes + [0] + Array(nameID.utf8))
    }

    /// What a person is known by whose address may change: a persistent NameID of this issuer.
    func persistentIDHash(_ nameID: String, issuer: String, _ organization: Identifier) throws -> [UInt8] {
        try hash(organization.bytes + [1] + Array(issuer.utf8) + [0] + Array(nameID.utf8))
    }

    /// What an organization puts into DNS to prove a domain: nobody else can name it, and nothing need be kept for it.
    func domainProof(_ domain: String, _ organization: Identifier) throws -> String {
        Array(try hash(organization.bytes + [2] + Array(domain.utf8)).prefix(16)).hexadecimal
    }

    /// What a file that events were taken from is known by: whoever has the file and this ledger can tell that it is that one.
    func fileDigest(_ contents: [UInt8], _ organization: Identifier) throws -> [UInt8] {
        try hash(organization.bytes + [3] + contents)
    }

    /// Ties our own page's answer to this response and this browser's session (C42).
    func confirmation(_ organization: Identifier, response: [UInt8], session: [UInt8]) throws -> String {
        var hmac = HMAC<SHA256>(key: SymmetricKey(data: try requestKey()))
        hmac.update(data: Array("identity-ledger confirmation".utf8))
        hmac.update(data: organization.bytes + response + session)
        return Array(hmac.finalize()).hexadecimal
    }

    private func hash(_ content: [UInt8]) throws -> [UInt8] {
        guard let lookup else { throw Self.missing }
        return Array(HMAC<SHA256>.authenticationCode(for: content, using: SymmetricKey(data: lookup)))
    }

    private static let missing = ServiceError(
        code: "ledger_unavailable", status: 503, detail: "This ledger is here without its keys.",
        remedy: "Bring the keys along (`import --keys`), or ask by ID instead of by e-mail address.")
}

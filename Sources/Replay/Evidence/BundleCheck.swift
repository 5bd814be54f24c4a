import Cryptography
public import Events
import Identity
public import IdentityLedger
public import Ledger
public import SAML

/// A bundle verified by itself: no ledger, no network, and none of its own words believed.
public struct BundleCheck: JSONView {
    /// The checks in their order; of a bundle that does not hold the last one did not.
    public private(set) var steps: [Step] = []
    /// The event's sequence; nil: it could not be read.
    public private(set) var sequence: UInt64?
    /// `accepted`, or the refusal's code, as the event has it; nil: it is no login, or could not be read.
    public private(set) var outcome: String?
    /// The key that signed the checkpoint, as the bundle has it.
    public private(set) var logKey: String?
    /// Whether the key was given, and so is not the bundle's word alone.
    public let keyWasGiven: Bool

    /// Whether all of it holds.
    public var holds: Bool { steps.allSatisfy(\.ok) }

    /// Verifies a bundle.
    ///
    /// - Parameter key: The log's key as it is known from elsewhere; nil: the one in the bundle is believed.
    public init(_ bytes: [UInt8], trusting key: VerifierKey? = nil) {
        keyWasGiven = key != nil
        do {
            let archive: Archive
            do throws(Archive.Unreadable) { archive = try Archive(reading: bytes) } catch { throw Failure("Files", "tar", error.detail) }
            let files = try readFiles(archive)
            let tree = try readLog(files, key)
            let event = try readLeaf(.event, files, tree)
            sequence = event.sequence
            try compare(event, files)
            if case .assertionReceived(let received)? = event.body { try check(received, of: event, files, tree) }
        } catch let failure as Failure {
            steps.append(Step(name: failure.name, section: failure.section, ok: false, detail: failure.detail))
        } catch {
            steps.append(Step(name: "Bundle", section: "design", ok: false, detail: "\(error)"))
        }
    }

    private struct Failure: Error {
        let name: String
        let section: String
        let detail: String

        init(_ name: String, _ section: String, _ detail: String) {
            self.name = name
            self.section = section
            self.detail = detail
        }
    }

    private mutating func require(_ condition: Bool, _ name: String, _ section: String, _ holds: String, else fails: String) throws {
        guard condition else { throw Failure(name, section, fails) }
        steps.append(Step(name: name, section: section, ok: true, detail: holds))
    }

    // MARK: - The files and the log

    private mutating func readFiles(_ archive: Archive) throws -> [BundleFile: [UInt8]] {
        var files: [BundleFile: [UInt8]] = [:]
        for file in archive.files {
            guard let name = BundleFile(rawValue: file.name) else {
                throw Failure("Files", "tar", "The bundle holds “\(file.name)”, which no bundle has.")
            }
            files[name] = file.bytes
        }
        let sums = files[.sums]
        try require(
            sums == BundleContents.sums(of: files), "Files", "SHA256SUMS", "\(files.count) files, none of them damaged.",
            else: "A file was altered, or left out: the sums are not those in SHA256SUMS.")
        return files
    }

    private mutating func readLog(_ files: [BundleFile: [UInt8]], _ given: VerifierKey?) throws -> (Checkpoint, VerifierKey, String) {
        let note = String(decoding: files[.checkpoint] ?? [], as: UTF8.self)
        guard let key = VerifierKey(String(decoding: files[.logKey] ?? [], as: UTF8.self)) else {
            throw Failure("Log key", "C2SP signed-note", "log-key must be a verifier key; it is none.")
        }
        logKey = key.text
        try require(
            given.map { $0.text == key.text } ?? true, "Log key", "C2SP signed-note",
            given == nil ? "\(key.text), which the bundle alone says." : "\(key.text), as it was given.",
            else: "The log's key must be \(given?.text ?? ""); the bundle's is \(key.text).")
        guard let checkpoint = Checkpoint.read(note, trusting: key) else {
            throw Failure("Checkpoint", "C2SP tlog-checkpoint", "The checkpoint must be signed by \(key.text); it is not.")
        }
        try require(
            true, "Checkpoint", "C2SP tlog-checkpoint", "Signed: \(checkpoint.size) events, root \(checkpoint.root.hexadecimal).", else: "")
        return (checkpoint, key, note)
    }

    private mutating func readLeaf(
        _ leaf: BundleFile.Leaf, _ files: [BundleFile: [UInt8]], _ tree: (Checkpoint, key: VerifierKey, note: String)
    ) throws -> Event {
        let name = "Proof of \(leaf.bytes.rawValue)"
        guard let bytes = files[leaf.bytes], let proof = files[leaf.proof].flatMap({ LogProof(String(decoding: $0, as: UTF8.self)) }) else {
            throw Failure(name, "C2SP tlog-proof", "The event or its proof is missing, or is none.")
        }
        guard proof.checkpoint == tree.note else { throw Failure(name, "C2SP tlog-proof", "The proof is of another checkpoint.") }
        if let fault = proof.fault(leafHash: MerkleTree.leafHash(bytes), trusting: tree.key) {
            throw Failure(name, "RFC 6962 §2.1.1", fault)
        }
        let event: Event
        do throws(EventError) { event = try Event(decoding: bytes) } catch { throw Failure(name, "event.proto", error.detail) }
        try require(
            event.sequence == proof.index + 1, name, "RFC 6962 §2.1.1", "It is event \(event.sequence) of the log.",
            else: "The proof must be of event \(event.sequence); it is of \(proof.index + 1).")
        return event
    }

    // What is said in words must be what the bytes say; a newer program may say more.
    private mutating func compare(_ event: Event, _ files: [BundleFile: [UInt8]]) throws {
        let words = files[.eventJSON].flatMap { try? JSON(parsing: $0) }
        let own = event.json(leafHash: MerkleTree.leafHash(files[.event] ?? []), open: { _ in nil })
        try require(
            words.map { Self.agrees($0, own) } ?? false, "Event in words", "event.json", "It says what the event's bytes say.",
            else: "event.json must say what event.bin says; it says something else.")
    }

    private static func agrees(_ one: JSON, _ other: JSON) -> Bool {
        guard let members = one.members, let others = other.members else { return one == other }
        return members.allSatisfy { member in others.first { $0.name == member.name }.map { agrees(member.value, $0.value) } ?? true }
    }

    // MARK: - The login

    private mutating func check(
        _ received: AssertionReceived, of event: Event, _ files: [BundleFile: [UInt8]],
        _ tree: (Checkpoint, key: VerifierKey, note: String)
    ) throws {
        outcome = IdentityLedger.recordedCode(received)
        let configuration = try readConfiguration(received, of: event, files, tree)
        var policy: Event?
        if received.facts.policyRevision > 0 {
            policy = try readLeaf(.policy, files, tree)
            try require(
                policy?.sequence == received.facts.policyRevision && policy?.organization == event.organization, "Policy", "event.proto",
                "It is the one that the event names.", else: "The policy must be of event \(received.facts.policyRevision); it is another.")
        }
        let words = files[.judgment].flatMap { try? JSON(parsing: $0) }
        try require(
            words?["code"] == (received.accepted ? .null : .string(received.code)), "Judgment in words",
            "judgment.json", "It has the event's verdict.", else: "judgment.json must have the event's verdict; it has another.")
        guard let response = files[.response] else {
            steps.append(Step(name: "Response", section: "design", ok: true, detail: "It is not here: \(Self.absence(received))"))
            return
        }
        try require(
            received.responseDigest.elementsEqual(DigestAlgorithm.sha256.digest(response)), "Response", "event.proto, response_digest",
            "It is the one that arrived.", else: "The response must have the digest that the event has; it has another.")
        let part = try checkSignature(received, response, files)
        try judgeAgain(received, of: event, response, configuration, policy, part)
    }

    private static func absence(_ received: AssertionReceived) -> String {
        received.evidenceKept ? "erased, or past its retention." : "never kept, or not for so long."
    }

    private mutating func readConfiguration(
        _ received: AssertionReceived, of event: Event, _ files: [BundleFile: [UInt8]],
        _ tree: (Checkpoint, key: VerifierKey, note: String)
    ) throws -> IdentityProviderConfigured? {
        guard received.facts.configurationRevision > 0 else { return nil }
        let event = (login: event, configuration: try readLeaf(.configuration, files, tree))
        guard let configuration = event.configuration.configuration, event.configuration.organization == event.login.organization,
            event.configuration.sequence == received.facts.configurationRevision
        else {
            throw Failure(
                "Configuration", "event.proto", "The configuration must be event \(received.facts.configurationRevision); it is not.")
        }
        try require(
            files[.metadata].map { configuration.metadataDigest.elementsEqual(DigestAlgorithm.sha256.digest($0)) } ?? false, "Metadata",
            "event.proto, metadata_digest", "It is the document that the organization had configured.",
            else: "The metadata must have the digest that its event has; it has another.")
        guard !received.certificateSha256.isEmpty else { return configuration }
        let certificate = files[.certificate].flatMap { try? Certificate(pem: String(decoding: $0, as: UTF8.self)) }
        try require(
            certificate.map { certificate in
                received.certificateSha256.elementsEqual(certificate.sha256)
                    && configuration.signingCertificates.contains { $0.elementsEqual(certificate.der) }
            } ?? false, "Certificate", "C20", "The event names it, and the organization had configured it.",
            else: "The certificate must be the configured one that the event names; it is another.")
        return configuration
    }

    private mutating func checkSignature(
        _ received: AssertionReceived, _ response: [UInt8], _ files: [BundleFile: [UInt8]]
    ) throws -> SignedPart? {
        guard !received.certificateSha256.isEmpty else {
            steps.append(Step(name: "Signature", section: "core §5", ok: true, detail: "None was verified at this login."))
            return nil
        }
        let certificates = files[.certificate].flatMap { try? Certificate(pem: String(decoding: $0, as: UTF8.self)) }.map { [$0] } ?? []
        let part =
            files[.decrypted].map { SAML.signedPart(ofDecrypted: $0, trusting: certificates) }
            ?? SAML.signedPart(of: response, trusting: certificates)
        guard let part else { throw Failure("Signature", "core §5", "A signature must verify with the certificate; none does.") }
        try require(
            files[.signed(part.element)] == part.canonicalBytes, "Signature", "core §5; C1",
            "The \(part.element.rawValue) verifies, and is the one that is shown.",
            else: "\(BundleFile.signed(part.element).rawValue) must be what was signed; it is something else.")
        return part
    }

    private mutating func judgeAgain(
        _ received: AssertionReceived, of event: Event, _ response: [UInt8], _ configuration: IdentityProviderConfigured?, _ policy: Event?,
        _ part: SignedPart?
    ) throws {
        guard part?.decrypted == nil, let organization = event.organizationID else {
            let detail = "Not made again: the assertion came encrypted, and the key to it is not handed on."
            steps.append(Step(name: "Judgment", section: "contract", ok: true, detail: detail))
            return
        }
        var inForce = Policy.defaults
        if case .policyChanged(let changed)? = policy?.body { inForce = changed.policy }
        let again = Redecision(received, of: organization, response: response, configuration, inForce)
        let recorded = IdentityLedger.recordedCode(received)
        try require(
            again.code == recorded || again.code == RefusalCode.encryptionUnreadable.rawValue, "Judgment", "contract",
            again.code == recorded
                ? "Made again: \(recorded)." : "Not made again: something in it is encrypted, and the key to it is not handed on.",
            else: "Judged again, the response is \(again.code); the event says \(recorded).")
    }

    /// `ok`, `sequence`, `outcome`, `logKey`, `keyWasGiven`, `steps`.
    public var json: JSON {
        [
            "ok": .bool(holds), "sequence": sequence.map { JSON($0) } ?? .null, "outcome": JSON(outcome), "logKey": JSON(logKey),
            "keyWasGiven": .bool(keyWasGiven), "steps": .array(steps.map(\.json)),
        ]
    }
}

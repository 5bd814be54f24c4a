import Cryptography
public import Events
import Identity
public import IdentityLedger
public import Ledger
public import SAML

/// A bundle verified by itself: no ledger, no network, and none of its own words believed.
///
/// What is proved (by the log's key, the events' digests, the identity provider's signature) makes the whole bundle once more, its words and its script
/// too: what was given must be that, file for file.
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
            var made = BundleContents(event)
            made.addWords(files[.event] ?? [])
            made.add(.checkpoint, tree.note)
            made.add(.logKey, tree.key.text + "\n")
            made.add(.event, files)
            if case .assertionReceived(let received)? = event.body { try check(received, of: event, files, tree, &made) }
            try compare(files, of: archive.folder, with: made)
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

    private typealias Tree = (key: VerifierKey, note: String)

    private mutating func readLog(_ files: [BundleFile: [UInt8]], _ given: VerifierKey?) throws -> Tree {
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
        return (key, note)
    }

    private mutating func readLeaf(_ leaf: BundleFile.Leaf, _ files: [BundleFile: [UInt8]], _ tree: Tree) throws -> Event {
        let name = "Proof of \(leaf.bytes.rawValue)"
        let text = String(decoding: files[leaf.proof] ?? [], as: UTF8.self)
        guard let bytes = files[leaf.bytes], let proof = LogProof(text), proof.text == text else {
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

    // Whoever made the bundle can write anything into what nothing signs, and sums beside it: so nothing of that is left open.
    private mutating func compare(_ files: [BundleFile: [UInt8]], of folder: String, with made: BundleContents) throws {
        guard folder == made.folder else {
            throw Failure("Folder", "tar", "The files must lie in \(made.folder); they lie in “\(folder)”.")
        }
        let wanted = Dictionary(made.finished().map { ($0.name, $0.bytes) }) { first, _ in first }
        for file in BundleFile.allCases where files[file] != wanted[file.rawValue] {
            let name = file.rawValue
            let detail =
                wanted[name] == nil
                ? "\(name) belongs to nothing that was verified: the bundle was altered."
                : "\(name) must be what this program, version \(ProgramVersion.text), makes of what was verified; it is \(files[file] == nil ? "missing" : "something else: don't run or believe it")."
            throw Failure("Words and script", "bundle", detail)
        }
        steps.append(
            Step(
                name: "Words and script", section: "bundle", ok: true,
                detail: "Made once more from what was verified: every file is the same."))
    }

    // MARK: - The login

    private mutating func check(
        _ received: AssertionReceived, of event: Event, _ files: [BundleFile: [UInt8]], _ tree: Tree, _ made: inout BundleContents
    ) throws {
        outcome = IdentityLedger.recordedCode(received)
        let configuration = try readConfiguration(received, of: event, files, tree, &made)
        var policy: Event?
        if received.facts.policyRevision > 0 {
            policy = try readLeaf(.policy, files, tree)
            made.add(.policy, files)
            try require(
                policy?.sequence == received.facts.policyRevision && policy?.organization == event.organization, "Policy", "event.proto",
                "It is the one that the event names.", else: "The policy must be of event \(received.facts.policyRevision); it is another.")
        }
        guard let response = files[.response] else {
            steps.append(Step(name: "Response", section: "design", ok: true, detail: "It is not here: \(Self.absence(received))"))
            return
        }
        made.add(.response, response)
        try require(
            received.responseDigest.elementsEqual(DigestAlgorithm.sha256.digest(response)), "Response", "event.proto, response_digest",
            "It is the one that arrived.", else: "The response must have the digest that the event has; it has another.")
        try checkSignature(received, response, files, &made)
        try judgeAgain(received, configuration, policy, &made)
    }

    private static func absence(_ received: AssertionReceived) -> String {
        received.evidenceKept
            ? "erased, past its retention, or left out of this bundle: the event can't say which."
            : "never kept, not for so long, or left out."
    }

    private mutating func readConfiguration(
        _ received: AssertionReceived, of event: Event, _ files: [BundleFile: [UInt8]], _ tree: Tree, _ made: inout BundleContents
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
        made.add(.configuration, files)
        made.add(.metadata, files[.metadata] ?? [])
        guard !received.certificateSha256.isEmpty else { return configuration }
        let certificate = files[.certificate].flatMap { try? Certificate(pem: String(decoding: $0, as: UTF8.self)) }
        try require(
            certificate.map { certificate in
                received.certificateSha256.elementsEqual(certificate.sha256)
                    && configuration.signingCertificates.contains { $0.elementsEqual(certificate.der) }
            } ?? false, "Certificate", "C20", "The event names it, and the organization had configured it.",
            else: "The certificate must be the configured one that the event names; it is another.")
        made.add(.certificate, certificate?.pem ?? "")
        return configuration
    }

    private mutating func checkSignature(
        _ received: AssertionReceived, _ response: [UInt8], _ files: [BundleFile: [UInt8]], _ made: inout BundleContents
    ) throws {
        guard !received.certificateSha256.isEmpty else {
            steps.append(Step(name: "Signature", section: "core §5", ok: true, detail: "None was verified at this login."))
            return
        }
        let certificates = made[.certificate].flatMap { try? Certificate(pem: String(decoding: $0, as: UTF8.self)) }.map { [$0] } ?? []
        // Only of a response that holds an encrypted assertion there is a decrypted one, and it is the one of which the event has the ID.
        let decrypted = holdsEncryptedAssertion(response) ? files[.decrypted] : nil
        let inner = decrypted.flatMap { SAML.signedPart(ofDecrypted: $0, trusting: certificates) }
        guard decrypted == nil || inner.map({ $0.id == received.assertionID }) ?? false else {
            throw Failure(
                "Signature", "core §5", "The decrypted assertion must be the signed one of which the event has the ID; it is another.")
        }
        guard let part = inner ?? SAML.signedPart(of: response, trusting: certificates) else {
            throw Failure("Signature", "core §5", "A signature must verify with the certificate; none does.")
        }
        made.add(part)
        steps.append(Step(name: "Signature", section: "core §5; C1", ok: true, detail: "The \(part.element.rawValue) verifies."))
    }

    private mutating func judgeAgain(
        _ received: AssertionReceived, _ configuration: IdentityProviderConfigured?, _ policy: Event?, _ made: inout BundleContents
    ) throws {
        var inForce = Policy.defaults
        if case .policyChanged(let changed)? = policy?.body { inForce = changed.policy }
        let recorded = IdentityLedger.recordedCode(received)
        let again = made.addJudgment(configuration, inForce)
        guard let again, again.code != RefusalCode.encryptionUnreadable.rawValue || again.code == recorded else {
            let detail = "Not made again: something in it came encrypted, and the key to it is not handed on."
            steps.append(Step(name: "Judgment", section: "contract", ok: true, detail: detail))
            return
        }
        try require(
            again.code == recorded, "Judgment", "contract", "Made again: \(recorded).",
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

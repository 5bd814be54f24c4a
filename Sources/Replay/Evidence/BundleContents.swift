import Cryptography
import Events
import Identity
import IdentityLedger
import Ledger
import SAML

/// The files of a bundle by what they are.
enum BundleFile: String, CaseIterable {
    case readme = "README.md"
    case script = "verify.sh"
    case event = "event.bin"
    case eventProof = "event.tlog-proof"
    case eventJSON = "event.json"
    case checkpoint = "checkpoint"
    case logKey = "log-key"
    case response = "response.xml"
    case decrypted = "decrypted.xml"
    case assertion = "assertion.xml"
    case signedResponse = "signed-response.xml"
    case certificate = "certificate.pem"
    case metadata = "identity-provider-metadata.xml"
    case configuration = "configuration.bin"
    case configurationProof = "configuration.tlog-proof"
    case policy = "policy.bin"
    case policyProof = "policy.tlog-proof"
    case judgment = "judgment.json"
    case sums = "SHA256SUMS"

    /// Events of which the exact bytes are there, and their proofs.
    enum Leaf: String, CaseIterable {
        case event, configuration, policy

        var bytes: BundleFile {
            switch self {
            case .event: .event
            case .configuration: .configuration
            case .policy: .policy
            }
        }

        var proof: BundleFile {
            switch self {
            case .event: .eventProof
            case .configuration: .configurationProof
            case .policy: .policyProof
            }
        }
    }

    /// The signed element as it was digested.
    static func signed(_ element: SignedPart.Element) -> BundleFile {
        switch element {
        case .assertion: .assertion
        case .response: .signedResponse
        }
    }
}

/// What goes into a bundle, as it is gathered.
struct BundleContents {
    let event: Event
    private(set) var files: [BundleFile: [UInt8]] = [:]
    /// What was signed, and by which digest; nil: nothing was verified, or it can't be shown.
    private(set) var signed: SignedPart?

    init(_ event: Event) { self.event = event }

    subscript(file: BundleFile) -> [UInt8]? { files[file] }

    var received: AssertionReceived? {
        if case .assertionReceived(let received)? = event.body { received } else { nil }
    }

    mutating func add(_ file: BundleFile, _ bytes: [UInt8]) { files[file] = bytes }

    /// A leaf that was verified, with its proof.
    mutating func add(_ leaf: BundleFile.Leaf, _ verified: [BundleFile: [UInt8]]) {
        files[leaf.bytes] = verified[leaf.bytes]
        files[leaf.proof] = verified[leaf.proof]
    }

    mutating func add(_ file: BundleFile, _ text: String) { files[file] = Array(text.utf8) }

    /// An event's exact bytes, and that they are in the log.
    mutating func add(leaf: BundleFile.Leaf, _ sequence: UInt64, in snapshot: Snapshot, _ note: String) throws {
        guard let bytes = try snapshot.eventBytes(sequence) else { return }
        add(leaf.bytes, bytes)
        let hashes = try snapshot.inclusionProof(sequence: sequence, size: snapshot.head)
        add(leaf.proof, LogProof(index: sequence - 1, hashes: hashes, checkpoint: note).text)
    }

    /// The signed element, and what signed it.
    mutating func add(_ part: SignedPart) {
        signed = part
        add(.signed(part.element), part.canonicalBytes)
        add(.certificate, part.certificate.pem)
        if let decrypted = part.decrypted { add(.decrypted, decrypted) }
    }

    /// Whom the organization believed: the event that says so, the document that it rests on, and the certificate that verified.
    mutating func add(configuration sequence: UInt64, of received: AssertionReceived, in snapshot: Snapshot, _ note: String) throws {
        try add(leaf: .configuration, sequence, in: snapshot, note)
        if let metadata = try snapshot.metadata(sequence) { add(.metadata, metadata) }
        guard files[.certificate] == nil, !received.certificateSha256.isEmpty else { return }
        let certificates = try snapshot.event(sequence)?.configuration?.signingCertificates ?? []
        let certificate = certificates.lazy.compactMap { try? Certificate(der: Array($0)) }.first {
            received.certificateSha256.elementsEqual($0.sha256)
        }
        if let certificate { add(.certificate, certificate.pem) }
    }

    /// Each check of the login made again, where it can be from what lies here: what a key of ours opened can't.
    ///
    /// - Returns: What it came to; nil: it can't be made again.
    @discardableResult
    mutating func addJudgment(_ configuration: IdentityProviderConfigured?, _ policy: Policy) -> Redecision? {
        guard let received, let organization = event.organizationID, let response = files[.response], files[.decrypted] == nil else {
            return nil
        }
        let again = Redecision(received, of: organization, response: response, configuration, policy)
        if again.code == IdentityLedger.recordedCode(received) {
            add(.judgment, again.report(reference: event.sequence).json.text + "\n")
        }
        return again
    }

    /// The event in words; its personal members are sealed.
    mutating func addWords(_ bytes: [UInt8]) {
        add(.eventJSON, event.json(leafHash: MerkleTree.leafHash(bytes), open: { _ in nil }).text + "\n")
    }

    /// What the folder is called.
    var folder: String { "evidence-\(event.sequence)" }

    /// The files in their order, with the words and sums that go with them.
    func finished() -> [Archive.File] {
        var files = files
        files[.readme] = Array(BundleReadme(self).text.utf8)
        files[.script] = Array(BundleScript(self).text.utf8)
        files[.sums] = BundleContents.sums(of: files)
        return BundleFile.allCases.compactMap { file in
            files[file].map { Archive.File(name: file.rawValue, bytes: $0, isProgram: file == .script) }
        }
    }

    /// As `sha256sum` writes them, of all files but themselves, in the order of their names.
    static func sums(of files: [BundleFile: [UInt8]]) -> [UInt8] {
        let others = files.filter { $0.key != .sums }.sorted { $0.key.rawValue < $1.key.rawValue }
        return Array(others.map { "\(DigestAlgorithm.sha256.digest($0.value).hexadecimal)  \($0.key.rawValue)\n" }.joined().utf8)
    }
}

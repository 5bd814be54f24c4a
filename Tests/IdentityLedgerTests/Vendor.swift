import Cryptography
import DevelopmentIdP
import Events
import Identity
import IdentityLedger
import SAML
import Synchronization
import TestSupport
import Testing

/// A clock that a test sets.
final class TestClock: Sendable {
    private let instant: Mutex<Instant>

    init(_ start: Instant = Instant(seconds: 1_795_600_000)) { instant = Mutex(start) }

    var now: Instant { instant.withLock { $0 } }
    func advance(seconds: Int64) { instant.withLock { $0 = $0.adding(seconds: seconds) } }
}

/// A vendor's server with one customer, whose identity provider is configured: where most stories begin.
final class Vendor: Sendable {
    static let base = "https://sso.example.com"

    private let directory: TemporaryDirectory
    let clock: TestClock
    let ledger: IdentityLedger
    let organization: Identifier
    let account: Identifier
    let provider: TestIdentityProvider
    let operate = Caller.commandLine()

    /// - Parameter policy: Changed from the defaults before the story begins.
    init(policy: JSON? = nil, isConfigured: Bool = true, provider: TestIdentityProvider = .shared) async throws {
        let clock = TestClock()
        self.clock = clock
        directory = try TemporaryDirectory()
        ledger = try IdentityLedger.open(
            .init(directory: directory.path, create: true, mapSizeBytes: 1 << 28, clock: { clock.now }))
        try await ledger.setPublicURL(Self.base + "/", by: operate)
        let created = try await ledger.createOrganization(name: "Example", by: operate)
        organization = created.id
        account = created.account.id
        self.provider = provider
        if isConfigured {
            _ = try await ledger.configureIdentityProvider(
                organization, metadata: self.provider.metadata, by: operate)
        }
        if let policy { _ = try await ledger.changePolicy(organization, patch: policy, by: operate) }
    }

    /// The key that the service provider's metadata publishes to encrypt for.
    func encryptionKey() throws -> PublicKey {
        let metadata = String(decoding: try ledger.serviceProviderMetadata(organization), as: UTF8.self)
        let found = try #require(metadata.firstMatch(of: /use="encryption".*?<ds:X509Certificate>([^<]*)</.dotMatchesNewlines()))
        return try Certificate(pem: "-----BEGIN CERTIFICATE-----\n\(found.1)\n-----END CERTIFICATE-----\n").publicKey
    }

    func addresses() throws -> OrganizationAddresses { OrganizationAddresses(base: Self.base, organization: organization) }

    /// A response as the organization's identity provider makes it now.
    func response(
        _ email: String, inResponseTo: String? = nil, attributes: [(String, [String])] = [],
        by other: TestIdentityProvider? = nil, persistentID: String? = nil
    ) throws -> [UInt8] {
        let addresses = try addresses()
        return try (other ?? provider).response(
            to: addresses.acsURL, audience: addresses.audienceURI, at: Int64(clock.now.nanoseconds / 1_000_000_000),
            email: email, inResponseTo: inResponseTo
        ) {
            $0.attributes = attributes.map { .init($0.0, $0.1) }
            guard let persistentID else { return }
            $0.nameID = persistentID
            $0.nameIDFormat = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"
            $0.attributes.append(.init("mail", [email]))
        }
    }

    func post(
        _ response: [UInt8], relayState: String? = nil, requests: [AssertionPost.Request] = [],
        currentSession: String? = nil, confirmation: String? = nil, acceptsReposting: Bool = false
    ) async -> SignOnAnswer {
        await ledger.signOn(
            AssertionPost(
                organization: organization, response: response, relayState: relayState, requests: requests,
                currentSession: currentSession, confirmation: confirmation, acceptsReposting: acceptsReposting))
    }

    /// An IdP-initiated login of that person.
    func signIn(_ email: String, attributes: [(String, [String])] = []) async throws -> SignOnAnswer {
        await post(try response(email, attributes: attributes))
    }

    func importUsers(_ emails: [String], method: SignInMethod = .password) async throws -> [UserView] {
        let users = try emails.map { text in
            NewUser(
                email: try #require(EmailAddress(text)), name: "", signInMethod: method, roles: [])
        }
        return try await ledger.importUsers(organization, users, by: operate)
    }

    func user(_ email: String) throws -> UserView { try ledger.user(organization, email: email, by: operate) }

    func types() throws -> [String] {
        try ledger.events(.init(organization: organization), page: .all, by: operate).items
            .compactMap { $0["type"]?.stringValue }
    }

    func lastLogin() throws -> LoginView? { try ledger.newestLogins(organization, limit: 1, by: operate).first }
}

extension SignOnAnswer {
    /// `signedIn`, `postAgain`, `confirm`, `tested`, or the refusal's code.
    var name: String {
        switch self {
        case .signedIn: "signedIn"
        case .refused(let refusal, _, _): refusal.code.rawValue
        case .postAgain: "postAgain"
        case .confirm: "confirm"
        case .tested: "tested"
        }
    }

    var signedIn: SignedIn? { if case .signedIn(let signedIn) = self { signedIn } else { nil } }
    var reference: UInt64? { if case .refused(_, let reference, _) = self { reference } else { nil } }
}

import Events
import Identity
import IdentityLedger
import Ledger
import SAML

/// The shell as the routes see it: what the contract says as JSON, and the few typed answers that become cookies and redirects.
struct Core: Sendable {
    let ledger: IdentityLedger
    /// Where checkpoints are kept outside the ledger; nil: nowhere.
    var keptCheckpoints: KeptCheckpoint?
    /// Who has a piece of a spreadsheet or a report read: half the threads, and none of the turns that saving needs.
    let tables = Turns(atOnce: 2)
    /// Where everyone is converted, or put back.
    let massChanges = Turns(atOnce: 8)
    /// Whose directory of users is read for the first time.
    let coldDirectories = Gate()

    func now() -> Instant { ledger.now }
}

extension Core {
    /// The service's secret for cookies; made when it is first asked for.
    func cookieSecret() throws -> [UInt8] {
        guard let secret = try ledger.ledger.keyRing.secret("cookie", bytes: 32, create: true) else {
            throw Problem.unavailable
        }
        return secret
    }

    func isReady() async -> Bool { await ledger.isWritable() }
    func eventCount() -> UInt64? { try? ledger.eventCount() }

    func figures() async -> Metrics.LedgerFigures {
        // The list of free pages may be long.
        let storage = try? await apart { try ledger.storage() }
        return Metrics.LedgerFigures(events: eventCount(), storage: storage, writing: ledger.writing, judging: ledger.judging)
    }
}

// MARK: - Who asks

extension Core {
    func caller(bearer token: String) throws -> Caller? { try ledger.authenticate(bearer: token) }
    func caller(session token: String) throws -> Caller? { try ledger.authenticate(session: token) }
    func caller(setup token: String) throws -> SetupCaller? { try ledger.authenticate(setupSession: token) }
    func check(_ action: OrganizationAction, _ organization: Identifier, by caller: Caller) throws {
        try ledger.check(action, organization, by: caller)
    }

    func state(ofSetupLink link: String) throws -> SetupLinkState { try ledger.state(ofSetupLink: link) }
    func useSetupLink(_ link: String) async throws -> SetupSession? { try await ledger.useSetupLink(link) }
}

// MARK: - Organizations

extension Core {
    func exists(_ organization: Identifier) throws -> Bool { try ledger.exists(organization) }

    /// What the caller may do in the organization.
    func permissions(_ organization: Identifier, by caller: Caller) throws -> Set<OrganizationAction> {
        try ledger.permissions(organization, by: caller)
    }

    func createOrganization(name: String, by caller: Caller) async throws -> CreatedOrganization {
        try await ledger.createOrganization(name: name, by: caller)
    }

    func organizations(_ page: Page, at: String?, by caller: Caller) async throws -> JSON {
        let moment = try Self.moment(at)
        return try await apart { try ledger.organizations(at: moment, page: page.request, by: caller).json }
    }

    func organization(_ organization: Identifier, at: String? = nil, by caller: Caller) async throws -> JSON {
        let moment = try Self.moment(at)
        return try await apart { try ledger.organization(organization, at: moment, by: caller).json }
    }

    func issueSetupLink(_ organization: Identifier, by caller: Caller) async throws -> SetupLinkView {
        try await ledger.issueSetupLink(organization, by: caller)
    }

    func rename(_ organization: Identifier, to name: String, by caller: Caller) async throws -> JSON {
        try await ledger.renameOrganization(organization, to: name, by: caller).json
    }

    @discardableResult
    func revokeSetupLink(_ organization: Identifier, _ link: Identifier, by caller: Caller) async throws -> [UInt64] {
        try await ledger.revokeSetupLink(organization, link, by: caller)
    }

    func endSetupSession(_ token: String) async throws { try await ledger.endSetupSession(token) }

    func keys(_ organization: Identifier, by caller: Caller) throws -> JSON {
        ListView(items: try ledger.serviceProviderKeys(organization, by: caller)).json
    }

    func addKey(_ organization: Identifier, use: String, by caller: Caller) async throws -> JSON {
        guard let use = [KeyUse.encryption, .signing].first(where: { $0.name == use }) else {
            throw Problem.invalid("“\(use)” is no use of a key; encryption and signing are.", status: 422)
        }
        return ListView(items: try await ledger.addServiceProviderKey(organization, use, by: caller)).json
    }

    func retireKey(_ organization: Identifier, _ key: Identifier, by caller: Caller) async throws -> JSON {
        ListView(items: try await ledger.retireServiceProviderKey(organization, key, by: caller)).json
    }

    func policy(_ organization: Identifier, by caller: Caller) throws -> JSON {
        try ledger.policy(organization, by: caller)
    }

    func changePolicy(_ organization: Identifier, patch: JSON, by caller: Caller) async throws -> JSON {
        try await ledger.changePolicy(organization, patch: patch, by: caller)
    }

    func addAccount(_ organization: Identifier, name: String, by caller: Caller) async throws -> JSON {
        try await ledger.addAccount(organization, name: name, by: caller).json
    }

    func accounts(_ organization: Identifier, _ page: Page, by caller: Caller) throws -> JSON {
        try ledger.accounts(organization, page: page.request, by: caller).json
    }

    /// As pages show it.
    func organizationName(_ organization: Identifier) throws -> String? { try ledger.organizationName(organization)?.undirected }

    func administeredAccounts(_ organization: Identifier, by caller: Caller) throws -> [AccountView] {
        try ledger.administeredAccounts(organization, by: caller)
    }

    func configure(_ organization: Identifier, _ document: ProviderRoutes.Document, by caller: Caller) async throws
        -> JSON
    {
        let view = try await ledger.configureIdentityProvider(
            organization, metadata: document.bytes, metadataURL: document.url, entityID: document.entityID,
            signer: try Self.certificate(document.certificate), by: caller)
        let passing = await refusalsThatWouldPass(organization, by: caller)
        return .object((view.json.members ?? []) + [.init("refusalsThatWouldPass", .array(passing.map(\.json)))])
    }

    func preview(_ organization: Identifier, _ document: ProviderRoutes.Document, by caller: Caller) async throws
        -> PreviewView
    {
        let signer = try Self.certificate(document.certificate)
        return try await apart(for: organization) {
            try ledger.previewIdentityProvider(
                organization, metadata: document.bytes, metadataURL: document.url, entityID: document.entityID, signer: signer,
                by: caller)
        }
    }

    func previewHeldRefresh(_ organization: Identifier, by caller: Caller) async throws -> PreviewView? {
        try await apart(for: organization) { try ledger.previewHeldRefresh(organization, by: caller) }
    }

    func previewPolicy(_ organization: Identifier, patch: JSON, by caller: Caller) async throws -> PolicyPreviewView {
        try await apart(for: organization) { try ledger.previewPolicy(organization, patch: patch, by: caller) }
    }

    func settingsRevision(_ organization: Identifier, by caller: Caller) throws -> UInt64 {
        try ledger.settingsRevision(organization, by: caller)
    }

    /// Whom to ask to try again; nobody, where that can't be told: what was saved is saved.
    func refusalsThatWouldPass(_ organization: Identifier, by caller: Caller) async -> [Consequence.Group] {
        (try? await apart(for: organization) { try ledger.refusalsThatWouldPass(organization, by: caller) }) ?? []
    }

    func restore(
        _ organization: Identifier, to moment: String, _ parts: Set<RestorablePart>, applies: Bool, by caller: Caller
    ) async throws -> JSON {
        guard let moment = try Self.moment(moment) else { throw Problem.invalid("The member “at” is missing.") }
        let plan = try await apart(for: organization) {
            try ledger.restorationPlan(organization, to: moment, parts: parts, by: caller)
        }
        return applies ? try await ledger.restore(plan, by: caller).json : plan.view.json
    }

    func metadataURL(_ organization: Identifier, by caller: Caller) throws -> String {
        try ledger.metadataURL(organization, by: caller)
    }

    func refresh(_ organization: Identifier, _ metadata: [UInt8], by caller: Caller) async throws -> MetadataRefreshView {
        let view = try await ledger.refreshIdentityProvider(organization, metadata: metadata, by: caller)
        guard !view.isHeld else {
            throw RuleError(
                .metadataChangeHeld, "The metadata has changed in a way that a person must look at. \(view.changes.joined(separator: " "))",
                remedy: "Compare it with what your identity provider shows, then approve it.")
        }
        return view
    }

    func heldRefresh(_ organization: Identifier, by caller: Caller) throws -> MetadataRefreshView? {
        try ledger.heldRefresh(organization, by: caller)
    }

    func approveRefresh(_ organization: Identifier, event: String?, by caller: Caller) async throws -> JSON {
        let sequence = try event.map { text in
            guard let sequence = UInt64(sequence: text) else { throw Problem.invalid("“event” is the sequence of the event that waits.") }
            return sequence
        }
        return try await ledger.approveRefresh(organization, event: sequence, by: caller).json
    }

    private static func certificate(_ text: String?) throws -> [UInt8]? {
        guard let text else { return nil }
        guard let der = IdentityLedger.certificateBytes(text) else {
            throw Problem.invalid("“metadataCertificate” is a certificate as PEM, or as base64 of its DER.", status: 422)
        }
        return der
    }

    /// A sequence number or an RFC 3339 instant.
    static func moment(_ text: String?) throws -> Moment? {
        guard let text else { return nil }
        guard let moment = Moment(text) else {
            throw Problem.invalid("“at” is a sequence number, or an instant such as 2026-11-25T00:00:00Z.")
        }
        return moment
    }
}

extension Page {
    var request: PageRequest { PageRequest(limit: limit, cursor: cursor) }
}

// MARK: - Domains

extension Core {
    func domains(_ organization: Identifier, _ page: Page, by caller: Caller) throws -> JSON {
        try ledger.domains(organization, page: page.request, by: caller).json
    }

    func domain(_ domain: String, _ organization: Identifier, by caller: Caller) throws -> DomainView {
        try ledger.domain(domain, organization, by: caller)
    }

    func verifyDomain(
        _ domain: String, _ organization: Identifier, records: [String], by caller: Caller
    ) async throws -> DomainView {
        try await ledger.verifyDomain(domain, organization, records: records, by: caller)
    }

    @discardableResult
    func removeDomain(_ domain: String, _ organization: Identifier, by caller: Caller) async throws -> [UInt64] {
        try await ledger.removeDomain(domain, organization, by: caller)
    }
}

// MARK: - Users

extension Core {
    func importUsers(_ organization: Identifier, _ users: JSON, by caller: Caller) async throws -> JSON {
        try await ledger.importUsers(organization, json: users, by: caller)
    }

    func users(_ organization: Identifier, email: String?, _ page: Page, by caller: Caller) async throws -> JSON {
        let read = { @Sendable in try ledger.users(organization, email: email, page: page.request, by: caller).json }
        return email == nil ? try await apart(directoryOf: organization, by: caller, read) : try await apart(read)
    }

    func user(_ organization: Identifier, _ user: Identifier, at: String?, by caller: Caller) async throws -> JSON {
        let moment = try Self.moment(at)
        return try await apart { try ledger.user(organization, user, at: moment, by: caller).json }
    }

    func conversion(_ organization: Identifier, by caller: Caller) async throws -> ConversionView {
        try await apart(directoryOf: organization, by: caller) { try ledger.conversion(organization, by: caller) }
    }

    func erase(_ organization: Identifier, _ user: Identifier, by caller: Caller) async throws {
        try await ledger.eraseUser(organization, user, by: caller)
    }

    func setRole(_ organization: Identifier, _ user: Identifier, account: Identifier, role: String, by caller: Caller)
        async throws -> JSON
    {
        guard let role = Role(name: role) else {
            throw Problem.invalid("“\(role)” is no role; member, administrator, owner and none are.", status: 422)
        }
        return try await ledger.setRole(organization, user, account: account, role: role, by: caller).json
    }

    func setActive(_ organization: Identifier, _ user: Identifier, _ active: Bool, by caller: Caller) async throws
        -> JSON
    {
        try await ledger.setActive(organization, user, active, by: caller).json
    }

    func convert(_ organization: Identifier, emails: [String]?, force: Bool, by caller: Caller) async throws -> JSON {
        let changed = try await massChange(organization, isLong: IdentityLedger.isLongConversion(of: emails)) {
            try await ledger.convertUsers(organization, emails: emails, force: force, by: caller)
        }
        return try await view(changed, organization, by: caller).json
    }

    func revert(_ organization: Identifier, emails: [String]?, by caller: Caller) async throws -> JSON {
        let changed = try await massChange(organization, isLong: IdentityLedger.isLongConversion(of: emails)) {
            try await ledger.revertUsers(organization, emails: emails, by: caller)
        }
        return try await view(changed, organization, by: caller).json
    }

    // Many are read in pieces, away from the threads that answer logins.
    private func view(_ changed: ChangedUsers, _ organization: Identifier, by caller: Caller) async throws -> ChangedUsersView {
        var users: [UserView] = []
        for start in stride(from: 0, to: changed.users.count, by: 500) {
            let ids = changed.users[start..<min(start + 500, changed.users.count)]
            users += try await apart { try ledger.users(organization, ids, by: caller) }
        }
        return ChangedUsersView(users: users, changed: changed.changed, recorded: changed.recorded)
    }
}

// MARK: - The ledger

extension Core {
    func events(_ organization: Identifier?, _ query: EventQuery, by caller: Caller) async throws -> JSON {
        let filter = EventFilter(organization: organization, from: query.from, type: query.type, user: query.user)
        return try await apart { try ledger.events(filter, page: query.page.request, by: caller).json }
    }

    func logins(_ organization: Identifier, user: String?, since: String?, _ page: Page, by caller: Caller) async throws
        -> JSON
    {
        let instant = since.flatMap { Instant(rfc3339: $0) }
        guard since == nil || instant != nil else {
            throw Problem.invalid("“since” is an instant such as 2026-11-25T00:00:00Z.")
        }
        return try await apart {
            try ledger.logins(organization, user: user, since: instant, page: page.request, by: caller).json
        }
    }

    /// Whether a login, or a test of one, has passed since the identity provider was last configured, as far as the newest ones tell.
    func hasLoggedIn(_ organization: Identifier, _ state: JSON, by caller: Caller) async throws -> Bool {
        if state["tested"]?.boolValue == true { return true }
        guard let revision = state["identityProvider"]?["revision"]?.integerValue else { return false }
        var accepted = LoginFilter()
        accepted.isAccepted = true
        let newest = try await apart { [accepted] in try ledger.logins(organization, accepted, limit: 1, by: caller).logins.first }
        return newest.map { $0.sequence > UInt64(clamping: revision) } ?? false
    }

    /// The entity IDs of the identity providers that metadata describes; none where it can't be read.
    func entityIDs(in metadata: [UInt8]) -> [String] { (try? IdentityProviderMetadata.entityIDs(in: metadata)) ?? [] }

    /// The story of a login, whose every check is made again on the spot.
    func explanation(_ organization: Identifier, _ sequence: UInt64, by caller: Caller) async throws -> Explanation {
        try await table(of: organization, waits: true) { try Explanation(ledger, login: sequence, of: organization, by: caller) }
    }
}

// MARK: - Signing in

extension Core {
    func session(_ token: String) throws -> SessionView? { try ledger.session(token: token) }
    func endSession(_ token: String) async throws { try await ledger.endSession(token: token) }
    func startLogout(_ organization: Identifier, _ token: String) async throws -> AfterLogout {
        try await ledger.startLogout(organization, token: token)
    }
    func receiveLogout(_ organization: Identifier, _ received: ReceivedLogout) async throws -> LogoutAnswer {
        try await ledger.receiveLogout(organization, received)
    }

    func loginMethod(_ email: String, by caller: Caller) async throws -> JSON {
        try await apart { try ledger.loginMethod(email: email, by: caller).json }
    }
    func exchange(_ code: String, by caller: Caller) throws -> JSON { try ledger.exchange(code: code, by: caller).json }
    func organization(toSignIn who: String) throws -> SignInChoice? { try ledger.signInChoice(who) }
    func destination(_ organization: Identifier) throws -> SignInDestination? { try ledger.signInDestination(organization) }

    func startLogin(_ organization: Identifier, relayKey: String, isTest: Bool) throws -> StartedLogin {
        try ledger.startLogin(organization, relayState: relayKey, isTest: isTest)
    }

    func signOn(_ post: AssertionPost) async -> SignOnAnswer { await ledger.signOn(post) }
    func serviceProviderMetadata(_ organization: Identifier) throws -> [UInt8] {
        try ledger.serviceProviderMetadata(organization)
    }
}

public import Events
import Identity
import Ledger
import Projections
public import SAML

/// A message at the logout endpoint, as it came.
public enum ReceivedLogout: Sendable {
    /// The raw query: its signature covers these octets (bindings §3.4.4.1).
    case query(String)
    /// The posted field, base64, and the RelayState.
    case posted(message: [UInt8], relayState: String?)
}

/// What came of such a message.
public enum LogoutAnswer: Sendable {
    /// The identity provider's request: sessions ended here, and the browser carries our answer back.
    case ended(sessions: Int, next: AfterLogout)
    /// The identity provider's answer to a request of ours.
    case answered(LogoutOutcome)
}

/// Where the browser goes when sessions have ended here.
public struct AfterLogout: Sendable {
    /// To the identity provider; nil: it offers no address for it, there was no session, or there is a ``fault``.
    public var way: StartedLogin.Way?
    /// Why the identity provider can't be told: for the operator's log, since the sessions here have ended all the same.
    public var fault: ServiceError?

    fileprivate init(_ way: () throws -> StartedLogin.Way?) {
        do { self.way = try way() } catch { fault = ServiceError(error) }
    }
}

extension IdentityLedger {
    /// Judges a logout message and does what it asks: exactly the sessions of that NameID and SessionIndex end (profiles §4.4; C36).
    ///
    /// - Throws: What the message lacks, in the login's codes; nothing has ended then.
    public func receiveLogout(
        _ organization: Identifier, _ received: ReceivedLogout
    ) async throws(ServiceError) -> LogoutAnswer {
        // C51: as responses are, messages that anyone can send are judged in bounded number.
        guard judgments.enter() else { throw .overloaded }
        defer { judgments.leave() }
        let (message, relayState): (LogoutMessage, String?) = try answering {
            let facts = try logoutFacts(organization)
            switch received {
            case .query(let query): return try readLogout(query: query, facts)
            case .posted(let field, let relayState):
                return (try readLogout(posted: try decodeResponseField(field).get(), facts), relayState)
            }
        }
        switch message {
        case .request(let id, let nameID, let sessionIndexes):
            let ended = try await endSessions(organization, nameID: nameID, sessionIndexes: sessionIndexes)
            return .ended(sessions: ended, next: AfterLogout { try logoutResponse(organization, to: id, relayState) })
        case .response(let request, let outcome):
            let key: [UInt8] = try answering { try secrets.requestKey() }
            // Nothing ends by it, so that an answer to no request of ours only has nothing to tell.
            guard let request, RequestID.check(request, key: key, organization: organization) != nil else {
                throw ServiceError(
                    Refusal(code: .requestUnknown, detail: "The answer must be to a logout that was asked for here; it is to none."))
            }
            return .answered(outcome)
        }
    }

    /// Ends the session that the token stands for, and says how the browser goes to the identity provider to end the one there.
    ///
    /// The session ends whether or not the identity provider can be told.
    public func startLogout(_ organization: Identifier, token: String) async throws(ServiceError) -> AfterLogout {
        let snapshot: Snapshot = try answering { try ledger.snapshot() }
        let session = try answering { try snapshot.session(Secret.sessionID(ofToken: token)) }
        guard let session, session.isValid(at: now), session.organization == organization.data else { return AfterLogout { nil } }
        let next = AfterLogout {
            guard let state = try snapshot.organization(organization) else { return nil }
            return try logoutRequest(session, state, snapshot)
        }
        try await endSession(token: token)
        return next
    }

    /// Ends the sessions of whom the identity provider names so, in a logout request that was verified (C36).
    ///
    /// - Parameter sessionIndexes: Only these; empty: all of that person's.
    /// - Returns: How many ended.
    @discardableResult
    public func endSessions(
        _ organization: Identifier, nameID: String, sessionIndexes: [String] = []
    ) async throws(ServiceError) -> Int {
        let hash: [UInt8] = try answering { try secrets.nameIDHash(nameID, organization) }
        return try await record { context in
            guard let state = try context.organization(organization) else { return 0 }
            var sessions = try context.sessions(nameIDHash: hash, in: state, now: self.now)
            if !sessionIndexes.isEmpty {
                sessions = try sessions.filter { session in
                    guard case .assertionReceived(let login)? = try context.event(session.login)?.body else { return false }
                    return sessionIndexes.contains(login.sessionIndex)
                }
            }
            try context.append(
                ended(sessions, because: .identityProvider), organization: organization,
                by: Caller(actor: .identityProvider, authority: .nobody))
            return sessions.count
        }
    }

    // MARK: - Messages

    private func logoutFacts(_ organization: Identifier) throws -> LogoutFacts {
        let snapshot = try ledger.snapshot()
        guard let state = try snapshot.organization(organization) else { throw Self.organizationUnknown }
        let base = try snapshot.service().publicURL
        guard !base.isEmpty else { throw Self.noPublicURL }
        let policy = state.effectivePolicy
        let parsed = try configurations.parsed(state, id: organization, ring: ledger.keyRing)
        return LogoutFacts(
            logoutURLs: [OrganizationAddresses(base: base, organization: organization).logoutURL],
            identityProvider: parsed.identityProvider,
            instant: now, clockSkewSeconds: policy.clockSkewSeconds,
            allowSHA1Until: policy.sha1AllowedUntil, decryptionKeys: parsed.decryptionKeys)
    }

    private func logoutRequest(_ session: Session, _ state: Organization, _ snapshot: Snapshot) throws -> StartedLogin.Way? {
        let base = try snapshot.service().publicURL
        guard !base.isEmpty, let organization = state.identifier, let endpoint = state.identityProvider.logoutEndpoint,
            case .assertionReceived(let login) = try snapshot.event(session.login)?.body, login.hasPersonal,
            let personal = try ledger.keyRing.personalData(login.personal, organization), personal.hasNameID
        else { return nil }
        let name = personal.nameID
        let request = LogoutRequest(
            id: RequestID.make(
                key: try secrets.requestKey(), organization: organization, instant: now,
                random: Secret.randomBytes(RequestID.randomByteCount)),
            issueInstant: now, destination: endpoint.location,
            issuer: OrganizationAddresses(base: base, organization: organization).audienceURI, nameID: personal.nameIDValue,
            nameIDFormat: name.formatURI.nonempty, nameQualifier: name.nameQualifier.nonempty,
            spNameQualifier: name.spNameQualifier.nonempty, sessionIndex: login.sessionIndex.nonempty)
        let signing = try signingKey(state)
        if endpoint.binding == SAMLBinding.redirect { return .redirect(try request.redirectURL(signedBy: signing?.key)) }
        return .post(
            action: endpoint.location,
            fields: try request.postFields(signedBy: signing?.key, certificate: signing?.certificate))
    }

    private func logoutResponse(
        _ organization: Identifier, to request: String, _ relayState: String?
    ) throws -> StartedLogin.Way? {
        let snapshot = try ledger.snapshot()
        guard let state = try snapshot.organization(organization), let endpoint = state.identityProvider.logoutEndpoint else { return nil }
        let base = try snapshot.service().publicURL
        let address = endpoint.responseLocation.nonempty ?? endpoint.location
        let response = LogoutResponse(
            id: "_" + Secret.randomBytes(16).hexadecimal, issueInstant: now, destination: address,
            issuer: OrganizationAddresses(base: base, organization: organization).audienceURI, inResponseTo: request)
        let signing = try signingKey(state)
        if endpoint.binding == SAMLBinding.redirect {
            return .redirect(try response.redirectURL(relayState: relayState, signedBy: signing?.key))
        }
        return .post(
            action: address,
            fields: try response.postFields(relayState: relayState, signedBy: signing?.key, certificate: signing?.certificate))
    }
}

extension IdentityProviderConfigured {
    /// Where logout messages go: by redirect if there is a choice, since it needs no page in between.
    var logoutEndpoint: Endpoint? {
        singleLogoutServices.first { $0.binding == SAMLBinding.redirect }
            ?? singleLogoutServices.first { $0.binding == SAMLBinding.post }
    }
}

extension String {
    fileprivate var nonempty: String? { isEmpty ? nil : self }
}

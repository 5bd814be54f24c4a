public import Events
import Identity
import Ledger
import Projections

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A setup link before it is recorded.
struct SetupLinkDraft: Sendable {
    // C47: seven days.
    static let lifetimeSeconds: Int64 = 7 * 86400
    static let sessionSeconds: Int64 = 8 * 3600

    let id = Identifier.random()
    let token = Secret.make(prefix: Secret.setupLinkPrefix)
    let expiresAt: Instant

    init(at now: Instant) { expiresAt = now.adding(seconds: Self.lifetimeSeconds) }

    var event: EventBody {
        var body = SetupLinkIssued()
        body.link = id.data
        body.digest = .init(Secret.digest(token))
        body.expiresAt = expiresAt.nanoseconds
        return .setupLinkIssued(body)
    }

    func url(base: String) -> String? { base.isEmpty ? nil : "\(base)/setup/\(token)" }
}

/// What has become of a setup link (C47).
public enum SetupLinkState: Sendable, Hashable {
    /// It opens the settings of this organization, once, until then.
    case open(Identifier, until: Instant)
    /// It was used, whether or not the session that it opened goes on.
    case used(Identifier)
    /// It was revoked before it was used.
    case revoked
    case expired(at: Instant)
    /// No such link was issued here.
    case unknown
}

extension IdentityLedger {
    /// A new one-time setup link for the customer's administrator.
    public func issueSetupLink(_ organization: Identifier, by caller: Caller) async throws(ServiceError) -> SetupLinkView {
        let draft = SetupLinkDraft(at: now)
        let recorded = try await recordEvents { context in
            try caller.authority.check(.administer, try context.organization(organization))
            let base = try context.service().publicURL
            try context.append([draft.event], organization: organization, by: caller)
            return draft.url(base: base)
        }
        return SetupLinkView(
            id: draft.id, token: draft.token, setupURL: recorded.result, expiresAt: draft.expiresAt,
            recorded: recorded.events.map(\.sequence))
    }

    /// What has become of a setup link: for the page that is shown before it is used.
    public func state(ofSetupLink token: String) throws(ServiceError) -> SetupLinkState {
        try answering {
            let snapshot = try ledger.snapshot()
            guard let link = try snapshot.credential(digest: Secret.digest(token)), link.kind == .setupLink,
                let id = link.identifier, let organization = Identifier(bytes: link.organization)
            else { return .unknown }
            if link.ended { return try snapshot.setupSession(of: id) == nil ? .revoked : .used(organization) }
            return link.isValid(at: now)
                ? .open(organization, until: Instant(nanoseconds: link.expiresAt)) : .expired(at: Instant(nanoseconds: link.expiresAt))
        }
    }

    /// Exchanges a setup link for a session, once; nil: it was used, is too old, or never was.
    public func useSetupLink(_ token: String) async throws(ServiceError) -> SetupSession? {
        let digest = Secret.digest(token)
        let session = Secret.make(prefix: Secret.setupSessionPrefix)
        let time = now
        return try await record { context in
            guard let link = try context.credential(digest: digest), link.kind == .setupLink, link.isValid(at: time),
                let id = link.identifier, let organization = Identifier(bytes: link.organization)
            else { return nil }
            let expiresAt = time.adding(seconds: SetupLinkDraft.sessionSeconds)
            var used = SetupLinkUsed()
            used.link = id.data
            used.sessionDigest = .init(Secret.digest(session))
            used.sessionExpiresAt = expiresAt.nanoseconds
            let caller = Caller(actor: .setupLink(id), authority: .nobody)
            try context.append([.setupLinkUsed(used)], organization: organization, by: caller)
            return SetupSession(organization: organization, token: session, expiresAt: expiresAt)
        }
    }

    /// Revokes a setup link, and ends the session that it opened; the same again is no event.
    ///
    /// - Returns: The sequences of the events that say so.
    @discardableResult
    public func revokeSetupLink(
        _ organization: Identifier, _ link: Identifier, by caller: Caller
    ) async throws(ServiceError) -> [UInt64] {
        try await recordEvents { context in
            try caller.authority.check(.administer, try context.organization(organization))
            guard let credential = try context.credential(id: link), credential.kind == .setupLink,
                Identifier(bytes: credential.organization) == organization
            else { throw RuleError(.notFound, "This organization has no setup link \(link).") }
            try Self.revoke(link, organization, by: caller, &context)
        }.events.map(\.sequence)
    }

    /// Ends a setup session: who has signed out needs a new link.
    public func endSetupSession(_ token: String) async throws(ServiceError) {
        let digest = Secret.digest(token)
        try await record { context in
            guard let session = try context.credential(digest: digest), session.kind == .setupSession, !session.ended,
                let link = session.identifier, let organization = Identifier(bytes: session.organization)
            else { return }
            try Self.revoke(link, organization, by: Caller(actor: .setupLink(link), authority: .nobody), &context)
        }
    }

    private static func revoke(
        _ link: Identifier, _ organization: Identifier, by caller: Caller, _ context: inout WriteContext
    ) throws {
        let opened = try context.setupSession(of: link)
        let isOver = try context.credential(id: link)?.ended ?? true
        guard !isOver || opened?.session.ended == false else { return }
        var revoked = SetupLinkRevoked()
        revoked.link = link.data
        if let opened { revoked.sessionDigest = .init(opened.digest) }
        try context.append([.setupLinkRevoked(revoked)], organization: organization, by: caller)
    }

    /// Who comes with a setup session; nil: none, or it has ended.
    public func authenticate(setupSession token: String) throws(ServiceError) -> SetupCaller? {
        try answering {
            guard let credential = try ledger.snapshot().credential(digest: Secret.digest(token)),
                credential.kind == .setupSession, credential.isValid(at: now), let id = credential.identifier,
                let organization = Identifier(bytes: credential.organization)
            else { return nil }
            return SetupCaller(organization: organization, caller: caller(.setupLink(id), Authority(credential)))
        }
    }
}

public import Events
public import IdentityLedger
import Ledger
import SAML

/// Recorded responses with a given pattern: was this used against us?
public struct LoginSearch: JSONView {
    /// A response that has the pattern.
    public struct Match: JSONView, Hashable {
        /// The login.
        public let login: LoginView
        /// Whose login it is.
        public let organization: Identifier?
        /// The first places where it stands, as paths of local names; none where the document as a whole has it.
        public let places: [String]
        /// Whether it could be read as XML: else what is asked for stands in it as text.
        public let isParsed: Bool

        /// `sequence`, `recordedAt`, `organization`, `outcome`, `code`, `email`, `places`, `parsed`.
        public var json: JSON {
            [
                "sequence": JSON(login.sequence), "recordedAt": JSON(login.recordedAt), "organization": JSON(organization?.description),
                "outcome": .string(login.isAccepted ? "accepted" : "refused"), "code": JSON(login.code), "email": JSON(login.email),
                "places": .array(places.map(JSON.string)), "parsed": .bool(isParsed),
            ]
        }
    }

    /// Responses that were looked through.
    public private(set) var searched: UInt64 = 0
    /// Those that have the pattern.
    public private(set) var matched: UInt64 = 0
    /// Those of them that were accepted.
    public private(set) var accepted: UInt64 = 0
    /// Responses that are no XML that may be read: they were looked through as bytes.
    public private(set) var unparsed: UInt64 = 0
    /// Evidence erased, expired or never kept: never counted as searched.
    public private(set) var unsearchable: UInt64 = 0
    /// Encrypted responses of which nothing was verified: only what surrounds the encrypted part was looked through.
    public private(set) var encrypted: UInt64 = 0
    /// Where verified elements alone are searched: logins that had none, not counted as searched.
    public private(set) var unverified: UInt64 = 0
    /// The matches in their order, as many as were asked for.
    public private(set) var matches: [Match] = []

    private enum Looked: Sendable {
        case unsearchable
        case unverified
        case searched(isParsed: Bool, isSealed: Bool, places: [String]?)
    }

    /// Looks through recorded responses, on all processors, in bounded memory.
    ///
    /// - Parameters:
    ///   - verified: Whether only the element that was verified is looked through; else all that arrived.
    ///   - limit: How many matches are kept in ``matches``; all are counted.
    ///   - found: Told each match as it is found.
    ///   - progress: Told the sequence of the last login that was looked at.
    public init(
        _ service: IdentityLedger, _ selection: LoginSelection = .init(), for pattern: SearchPattern, verified: Bool = false,
        limit: Int = 10_000, found: (Match) -> Void = { _ in }, progress: (UInt64) -> Void = { _ in }
    ) throws {
        let snapshot = try service.ledger.snapshot()
        let redecider = Redecider(service, in: snapshot)
        try selection.forEachBatch(of: Self.atOnce, service, in: snapshot) { logins in
            let looked = concurrently(logins) { login in Result { try Self.look(at: login, redecider, pattern, verified) } }
            for (login, looked) in zip(logins, looked) {
                guard let match = try count(login, looked.get(), service) else { continue }
                if matches.count < limit { matches.append(match) }
                found(match)
            }
            if let last = logins.last { progress(last.sequence) }
        }
    }

    private static let atOnce = 1024

    private static func look(
        at login: Event, _ redecider: Redecider, _ pattern: SearchPattern, _ verified: Bool
    ) throws(ServiceError) -> Looked {
        guard let response = try redecider.evidence(of: login) else { return .unsearchable }
        if verified {
            guard let part = try redecider.signedPart(of: login) else { return .unverified }
            let (places, isParsed) = pattern.find(in: part.canonicalBytes)
            return .searched(isParsed: isParsed, isSealed: false, places: places)
        }
        var (places, isParsed) = pattern.find(in: response)
        guard response.firstRange(of: encryptedData) != nil else { return .searched(isParsed: isParsed, isSealed: false, places: places) }
        // What was encrypted is looked through as it was verified.
        let opened = try redecider.signedPart(of: login)?.canonicalBytes
        let isSealed = opened.map { $0.firstRange(of: encryptedData) != nil } ?? true
        if let opened, let inside = pattern.find(in: opened).places { places = (places ?? []) + inside }
        return .searched(isParsed: isParsed, isSealed: isSealed, places: places)
    }

    private static let encryptedData = Array("EncryptedData".utf8)

    private mutating func count(_ login: Event, _ looked: Looked, _ service: IdentityLedger) throws -> Match? {
        switch looked {
        case .unsearchable: unsearchable += 1
        case .unverified: unverified += 1
        case .searched(let isParsed, let isSealed, let places):
            searched += 1
            if isSealed { encrypted += 1 }
            if !isParsed { unparsed += 1 }
            guard let places, let view = try service.loginView(login) else { return nil }
            matched += 1
            if view.isAccepted { accepted += 1 }
            return Match(login: view, organization: login.organizationID, places: places, isParsed: isParsed)
        }
        return nil
    }

    /// `searched`, `matched`, `accepted`, `unsearchable`, `unparsed`, `encrypted`, `unverified`, `unlisted`, `matches`.
    public var json: JSON {
        [
            "searched": JSON(searched), "matched": JSON(matched), "accepted": JSON(accepted), "unsearchable": JSON(unsearchable),
            "unparsed": JSON(unparsed), "encrypted": JSON(encrypted), "unverified": JSON(unverified),
            "unlisted": JSON(matched - UInt64(matches.count)),
            "matches": .array(matches.map(\.json)),
        ]
    }
}

public import Events
import Identity
public import IdentityLedger
import Ledger
import Projections

/// The last logins under another configuration or policy: who would be locked out, or let in.
public struct WhatIf: JSONView {
    /// What is asked about. What isn't given stays as it was at each login.
    public struct Question: Sendable {
        /// Another metadata document.
        public var metadata: [UInt8]?
        /// Which identity provider, where the document describes several.
        public var entityID: String?
        /// Changes to today's policy, in the API's names.
        public var policyPatch: JSON?
        /// When certificates' ends and SHA-1's deadline are looked at: would these logins pass then?
        public var at: Instant?
        /// The SHA-256 of a certificate that is not believed any more: who still signs with it?
        public var withoutCertificate: [UInt8]?
        /// Only logins recorded from then on.
        public var since: Instant?
        /// Only the newest so many; nil: all.
        public var last: Int?

        /// A question of these.
        public init(
            metadata: [UInt8]? = nil, entityID: String? = nil, policyPatch: JSON? = nil, at: Instant? = nil,
            withoutCertificate: [UInt8]? = nil, since: Instant? = nil, last: Int? = nil
        ) {
            self.at = at
            self.withoutCertificate = withoutCertificate
            self.metadata = metadata
            self.entityID = entityID
            self.policyPatch = policyPatch
            self.since = since
            self.last = last
        }
    }

    /// The logins, judged again.
    public private(set) var verdicts = VerdictChanges()

    /// Appends nothing: the recorded logins are judged again with their own facts and instants.
    ///
    /// - Parameter progress: Told the sequence of the login that is judged.
    public init(
        _ service: IdentityLedger, organization: Identifier, _ question: Question, by caller: Caller,
        progress: (UInt64) -> Void = { _ in }
    ) throws {
        var taken = RedecisionChanges(keysAt: question.at, withoutCertificate: question.withoutCertificate)
        if let metadata = question.metadata {
            taken.configuration = try IdentityLedger.configuration(reading: metadata, entityID: question.entityID)
        }
        if let patch = question.policyPatch { taken.policy = try service.policy(organization, patchedWith: patch, by: caller) }
        let snapshot = try service.ledger.snapshot()
        try service.check(.read, organization, by: caller)
        try verdicts.judge(
            try Self.logins(of: organization, question, service, snapshot), by: Redecider(service, in: snapshot, changes: taken), service,
            in: snapshot, progress: progress)
    }

    private static func logins(
        of organization: Identifier, _ question: Question, _ service: IdentityLedger, _ snapshot: Snapshot
    ) throws -> [UInt64] {
        let first = try question.since.map { try service.firstSequence(since: $0, in: snapshot) } ?? 1
        if let last = question.last {
            return try snapshot.newestLogins(organization, limit: last).reversed().filter { $0 >= first }
        }
        return try snapshot.logins(organization, from: first)
    }

    /// The contract's shape.
    public var json: JSON {
        [
            "checked": JSON(verdicts.checked), "unchanged": JSON(verdicts.unchanged), "lockedOut": JSON(verdicts.lockedOut),
            "letIn": JSON(verdicts.letIn), "reasons": .array(reasons), "changes": .array(verdicts.changes.map(\.json)),
        ]
    }

    /// The changes by what they change from and to, the most frequent first, each with the people whom it concerns.
    private var reasons: [JSON] {
        struct Pair: Hashable { let before: String, after: String }
        let groups = Dictionary(grouping: verdicts.changes) { Pair(before: $0.before, after: $0.after) }
        return groups.sorted { ($1.value.count, $0.key.before, $0.key.after) < ($0.value.count, $1.key.before, $1.key.after) }.map {
            pair, changes in
            [
                "before": .string(pair.before), "after": .string(pair.after), "logins": JSON(UInt64(changes.count)),
                "people": .array(Set(changes.compactMap(\.email)).sorted().map(JSON.string)),
            ]
        }
    }
}

public import Events
public import IdentityLedger
import Ledger

/// The last logins under another configuration or policy: who would be locked out, or let in.
public struct WhatIf: JSONView {
    /// A login whose verdict would be another one; a verdict is `accepted` or a refusal's code.
    public struct Change: Sendable, Hashable {
        /// The login's event.
        public let sequence: UInt64
        /// As received; nil: it can't be read any more.
        public let email: String?
        /// As recorded.
        public let before: String
        /// As it would be.
        public let after: String
    }

    /// What is asked about. What isn't given stays as it was at each login.
    public struct Question: Sendable {
        /// Another metadata document.
        public var metadata: [UInt8]?
        /// Which identity provider, where the document describes several.
        public var entityID: String?
        /// Changes to today's policy, in the API's names.
        public var policyPatch: JSON?
        /// Only logins recorded from then on.
        public var since: Instant?
        /// Only the newest so many; nil: all.
        public var last: Int?

        /// A question of these.
        public init(
            metadata: [UInt8]? = nil, entityID: String? = nil, policyPatch: JSON? = nil, since: Instant? = nil, last: Int? = nil
        ) {
            self.metadata = metadata
            self.entityID = entityID
            self.policyPatch = policyPatch
            self.since = since
            self.last = last
        }
    }

    /// Logins that were judged again; those without evidence are not among them.
    public private(set) var checked: UInt64 = 0
    /// Of these, how many keep their verdict.
    public private(set) var unchanged: UInt64 = 0
    /// Accepted then, refused now.
    public private(set) var lockedOut: UInt64 = 0
    /// Refused then, accepted now.
    public private(set) var letIn: UInt64 = 0
    /// Every login whose verdict would be another one, in the order of the ledger.
    public private(set) var changes: [Change] = []

    /// Appends nothing: the recorded logins are judged again with their own facts and instants.
    ///
    /// - Parameter progress: Told the sequence of the login that is judged.
    public init(
        _ service: IdentityLedger, organization: Identifier, _ question: Question, by caller: Caller,
        progress: (UInt64) -> Void = { _ in }
    ) throws {
        var taken = RedecisionChanges()
        if let metadata = question.metadata {
            taken.configuration = try IdentityLedger.configuration(reading: metadata, entityID: question.entityID)
        }
        if let patch = question.policyPatch { taken.policy = try service.policy(organization, patchedWith: patch, by: caller) }
        let page = PageRequest.all
        var logins = try service.logins(organization, since: question.since, page: page, by: caller).items[...]
        if let last = question.last { logins = logins.suffix(last) }
        let snapshot = try service.ledger.snapshot()
        for login in logins {
            progress(login.sequence)
            try judge(login, service, taken, snapshot)
        }
    }

    private mutating func judge(
        _ login: LoginView, _ service: IdentityLedger, _ taken: RedecisionChanges, _ snapshot: Snapshot
    ) throws {
        guard let event = try snapshot.event(login.sequence), let bytes = try service.evidence(of: login.sequence, in: snapshot),
            let again = try service.redecide(event, bytes: bytes, in: snapshot, changes: taken)
        else { return }
        checked += 1
        let before = login.isAccepted ? "accepted" : login.code ?? ""
        guard before != again.code else {
            unchanged += 1
            return
        }
        if before == "accepted" { lockedOut += 1 }
        if again.code == "accepted" { letIn += 1 }
        changes.append(Change(sequence: login.sequence, email: login.email, before: before, after: again.code))
    }

    /// The contract's shape.
    public var json: JSON {
        [
            "checked": JSON(checked), "unchanged": JSON(unchanged), "lockedOut": JSON(lockedOut), "letIn": JSON(letIn),
            "changes": .array(
                changes.map {
                    [
                        "sequence": JSON($0.sequence), "email": JSON($0.email), "before": .string($0.before),
                        "after": .string($0.after),
                    ]
                }),
        ]
    }
}

public import Events

/// Who could sign in to an organization in a period, who did, what changed of that and by whom, and what is worth a look.
public struct AccessReport: JSONView {
    /// That the report is of this log: a signed note, whose tree the events of the report are leaves of.
    public struct Basis: Sendable, Hashable {
        /// Events of the log when the report was made.
        public let size: UInt64
        /// The tree's root hash, in hexadecimal.
        public let root: String
        /// The signed note; nil: no public URL is recorded, or the key is not here.
        public let checkpoint: String?
    }

    /// The organization.
    public let organization: Identifier
    /// Its name now.
    public let name: String
    /// Its accounts now.
    public let accounts: [AccountView]
    /// What was asked for.
    public let period: ReportPeriod
    /// The first sequence that falls into it.
    public let first: UInt64
    /// The last one; before ``first`` where none does.
    public let last: UInt64
    /// When the report was made.
    public let madeAt: Instant
    /// By address, those whose address can't be read at the end.
    public let users: [UserAccess]
    /// Logins that were let in.
    public let accepted: UInt64
    /// Logins that were refused, those that were only counted among them.
    public let refused: UInt64
    /// In their order; no more than were asked for.
    public let changes: [AccessChange]
    /// How many there are beyond ``changes``.
    public let changesLeftOut: UInt64
    /// What is worth a look, in order.
    public let anomalies: [Anomaly]
    /// What the report rests on.
    public let basis: Basis

    /// How many could sign in at the end.
    public var signInCount: Int { users.count(where: \.canSignIn) }
    /// Who could not sign in when the period began, and can.
    public var gained: [UserAccess] { users.filter { $0.access == "gained" } }
    /// Who could sign in when the period began, and can't any more.
    public var lost: [UserAccess] { users.filter { $0.access == "lost" } }

    /// `organization`, `name`, `from`, `to`, `first`, `last`, `madeAt`, `canSignIn`, `gained`, `lost`, `accepted`, `refused`, `users`, `changes`,
    /// `changesLeftOut`, `anomalies`, `basis`.
    public var json: JSON {
        [
            "organization": JSON(organization), "name": .string(name), "from": JSON(period.from), "to": JSON(period.to),
            "first": JSON(first), "last": JSON(last), "madeAt": JSON(madeAt), "canSignIn": JSON(UInt64(signInCount)),
            "gained": .array(gained.map { JSON($0.user.id) }), "lost": .array(lost.map { JSON($0.user.id) }), "accepted": JSON(accepted),
            "refused": JSON(refused), "users": .array(users.map(\.json)), "changes": .array(changes.map(\.json)),
            "changesLeftOut": JSON(changesLeftOut), "anomalies": .array(anomalies.map(\.json)),
            "basis": ["size": JSON(basis.size), "root": .string(basis.root), "checkpoint": JSON(basis.checkpoint)],
        ]
    }
}

extension AccessReport {
    /// The same for people, a line a fact, in columns.
    public var lines: [[String]] {
        var lines = [
            ["Access to \(name) from \(period.from?.rfc3339 ?? "the beginning") to \(period.to?.rfc3339 ?? "now")."],
            ["\(signInCount) can sign in; \(gained.count) gained it, \(lost.count) lost it."],
            ["Logins: \(accepted) accepted, \(refused) refused."],
        ]
        lines += anomalies.map { [$0.severity.rawValue, $0.recordedAt.rfc3339Seconds, $0.detail, $0.email ?? "-"] }
        lines.append(["People:"])
        lines += users.map { access in
            let user = access.user
            return [
                user.email ?? (access.isErased ? "erased" : "-"), access.access, user.signInMethod.name, access.rolesText(accounts),
                user.lastLoginAt?.rfc3339Seconds ?? "never", "\(access.accepted) accepted", "\(access.refused) refused",
            ]
        }
        lines.append(["Changes:"])
        lines += changes.map { [String($0.sequence), $0.recordedAt.rfc3339Seconds, $0.email ?? "-", $0.what, "by \($0.by)"] }
        if changesLeftOut > 0 { lines.append(["\(changesLeftOut) more: list all with --csv --changes."]) }
        return lines + [["The log's \(basis.size) events have the root \(basis.root)."]]
    }
}

import Events
import IdentityLedger

/// An access report as its template reads it.
enum ReportFacts {
    /// - Parameter most: Rows of each table; what is left out is said.
    static func facts(_ report: AccessReport, most: Int = .max) -> [String: Any] {
        let changeCount = UInt64(report.changes.count) + report.changesLeftOut
        var facts: [String: Any] = [
            "name": report.name.undirected, "period": period(report.period), "madeAt": report.madeAt.rfc3339Seconds,
            "canSignIn": String(report.signInCount), "userCount": String(report.users.count(where: { !$0.isErased })),
            "gainedCount": String(report.gained.count), "lostCount": String(report.lost.count), "accepted": String(report.accepted),
            "refused": String(report.refused), "changeCount": String(changeCount),
            "events": events(report),
            "users": report.users.prefix(most).map { user($0, report.accounts) }, "changed": report.changes.prefix(most).map(change),
        ]
        if !report.anomalies.isEmpty { facts["noted"] = ["anomalies": report.anomalies.map(anomaly)] }
        if report.users.count > most {
            facts["usersLeftOut"] = ReportPhrase.usersLeftOut(["shown": String(most), "count": String(report.users.count)])
        }
        if changeCount > UInt64(min(most, report.changes.count)) {
            let shown = min(most, report.changes.count)
            facts["changesLeftOut"] = ReportPhrase.changesLeftOut(["shown": String(shown), "count": String(changeCount)])
        }
        facts["size"] = String(report.basis.size)
        facts["root"] = report.basis.root
        if let note = report.basis.checkpoint { facts["signed"] = ["note": note, "size": String(report.basis.size)] }
        return facts
    }

    private static func period(_ period: ReportPeriod) -> any Said {
        switch (period.from?.rfc3339Seconds, period.to?.rfc3339Seconds) {
        case (let from?, let to?): ReportPhrase.fromTo(["from": from, "to": to])
        case (let from?, nil): ReportPhrase.fromOn(["from": from])
        case (nil, let to?): ReportPhrase.upTo(["to": to])
        case (nil, nil): ReportPhrase.always
        }
    }

    private static func events(_ report: AccessReport) -> any Said {
        report.first > report.last
            ? ReportPhrase.noEvents : ReportPhrase.events(["first": String(report.first), "last": String(report.last)])
    }

    private static func user(_ access: UserAccess, _ accounts: [AccountView]) -> [String: Any] {
        let user = access.user
        return [
            "email": address(access), "name": user.name?.undirected ?? "", "access": words(access.access),
            "signInMethod": UserWords.name(user.signInMethod),
            "roles": roles(user, accounts), "cameBy": user.isProvisioned ? ReportPhrase.byLogin : .byImport,
            "lastLoginAt": user.lastLoginAt?.rfc3339Seconds ?? ReportPhrase.never as any Said, "accepted": String(access.accepted),
            "refused": String(access.refused), "changes": access.changes.map(String.init),
        ]
    }

    private static func address(_ access: UserAccess) -> any Said {
        if let email = access.user.email { return email }
        let phrase: ReportPhrase = access.isErased ? .erased : .unreadable
        return phrase(["user": String(access.user.id.description.prefix(8))])
    }

    private static func words(_ access: String) -> ReportPhrase {
        switch access {
        case "gained": .gained
        case "lost": .lost
        case "kept": .kept
        default: .no
        }
    }

    private static func roles(_ user: UserView, _ accounts: [AccountView]) -> Passage {
        let parts = user.roles.map { entry -> any Said in
            let account = accounts.first { $0.id.data == entry.account }?.name ?? entry.account.hexadecimal
            return UserPhrase.roleIn(["role": RolePhrase.of(entry.role), "account": account])
        }
        return Passage(parts: parts, separator: "; ")
    }

    private static func change(_ change: AccessChange) -> [String: Any] {
        [
            "sequence": String(change.sequence), "recordedAt": change.recordedAt.rfc3339Seconds, "area": phrase(change.area),
            "email": change.email ?? change.user.map { "\($0.description.prefix(8))…" } ?? "", "what": change.what, "by": change.by,
        ]
    }

    private static func phrase(_ area: AccessChange.Area) -> ReportPhrase {
        switch area {
        case .access: .access
        case .configuration: .configuration
        case .credentials: .credentials
        }
    }

    private static func phrase(_ severity: Anomaly.Severity) -> ReportPhrase {
        switch severity {
        case .notice: .notice
        case .warning: .warning
        case .alarm: .alarm
        }
    }

    private static func anomaly(_ anomaly: Anomaly) -> [String: Any] {
        var facts: [String: Any] = [
            "severity": phrase(anomaly.severity), "tone": anomaly.severity == .notice ? "code" : "bad",
            "recordedAt": anomaly.recordedAt.rfc3339Seconds, "detail": anomaly.detail,
            "sequences": anomaly.sequences.map(String.init).joined(separator: ", ")
                + (anomaly.count > UInt64(anomaly.sequences.count) ? ", …" : ""),
        ]
        if let email = anomaly.email { facts["email"] = email }
        return facts
    }
}

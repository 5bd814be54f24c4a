import Events
import IdentityLedger

/// An access report as its template reads it.
enum ReportFacts {
    /// - Parameter most: Rows of each table; what is left out is said.
    static func facts(_ report: AccessReport, most: Int = .max) -> [String: Any] {
        let changeCount = UInt64(report.changes.count) + report.changesLeftOut
        var facts: [String: Any] = [
            "name": report.name, "period": period(report.period), "madeAt": report.madeAt.rfc3339Seconds,
            "canSignIn": String(report.signInCount), "userCount": String(report.users.count(where: { !$0.isErased })),
            "gainedCount": String(report.gained.count), "lostCount": String(report.lost.count), "accepted": String(report.accepted),
            "refused": String(report.refused), "changeCount": String(changeCount),
            "events": report.first > report.last ? "none" : "\(report.first) to \(report.last)",
            "users": report.users.prefix(most).map { user($0, report.accounts) }, "changed": report.changes.prefix(most).map(change),
        ]
        if !report.anomalies.isEmpty { facts["noted"] = ["anomalies": report.anomalies.map(anomaly)] }
        if report.users.count > most {
            facts["usersLeftOut"] = ["text": "The first \(most) of \(report.users.count); all of them are in the spreadsheet of people."]
        }
        if changeCount > UInt64(min(most, report.changes.count)) {
            let shown = min(most, report.changes.count)
            facts["changesLeftOut"] = ["text": "The first \(shown) of \(changeCount); all of them are in the spreadsheet of changes."]
        }
        facts["size"] = String(report.basis.size)
        facts["root"] = report.basis.root
        if let note = report.basis.checkpoint { facts["signed"] = ["note": note, "size": String(report.basis.size)] }
        return facts
    }

    /// `from … to …`, as a sentence has it.
    static func period(_ period: ReportPeriod) -> String {
        let from = period.from.map { "from \($0.rfc3339Seconds)" } ?? "from the beginning"
        return from + (period.to.map { " to \($0.rfc3339Seconds)" } ?? " until now")
    }

    private static func user(_ access: UserAccess, _ accounts: [AccountView]) -> [String: Any] {
        let user = access.user
        let words = ["gained": "yes, gained", "lost": "no, lost", "kept": "yes", "none": "no"]
        return [
            "email": user.email ?? (access.isErased ? "erased" : "unreadable") + " (\(user.id.description.prefix(8))…)",
            "name": user.name ?? "", "access": words[access.access] ?? "", "signInMethod": user.signInMethod.name,
            "roles": access.rolesText(accounts), "cameBy": user.isProvisioned ? "a login" : "import",
            "lastLoginAt": user.lastLoginAt?.rfc3339Seconds ?? "never", "accepted": String(access.accepted),
            "refused": String(access.refused), "changes": access.changes.map(String.init),
        ]
    }

    private static func change(_ change: AccessChange) -> [String: Any] {
        [
            "sequence": String(change.sequence), "recordedAt": change.recordedAt.rfc3339Seconds, "area": change.area.rawValue,
            "email": change.email ?? change.user.map { "\($0.description.prefix(8))…" } ?? "", "what": change.what, "by": change.by,
        ]
    }

    private static func anomaly(_ anomaly: Anomaly) -> [String: Any] {
        var facts: [String: Any] = [
            "severity": anomaly.severity.rawValue, "tone": anomaly.severity == .notice ? "code" : "bad",
            "recordedAt": anomaly.recordedAt.rfc3339Seconds, "detail": anomaly.detail,
            "sequences": anomaly.sequences.map(String.init).joined(separator: ", ")
                + (anomaly.count > UInt64(anomaly.sequences.count) ? ", …" : ""),
        ]
        if let email = anomaly.email { facts["email"] = email }
        return facts
    }
}

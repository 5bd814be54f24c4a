import Events
import SAML

/// A judgment's steps as the page of them reads them.
enum StepFacts {
    /// - Parameter report: `outcome`, `code`, `detail`, `reference`, `steps` (each `name`, `ok`, `detail`), `attributes`.
    static func facts(_ report: JSON) -> [String: Any] {
        let accepted = report["outcome"]?.stringValue == "accepted"
        let reason = [report["code"]?.stringValue, report["detail"]?.stringValue].compactMap { $0 }.joined(separator: ": ")
        var facts: [String: Any] = [
            "accepted": accepted,
            "verdict": accepted ? CheckPhrase.accepted : .refused,
            "steps": (report["steps"]?.arrayValue ?? []).map { step in
                row(
                    step["name"]?.stringValue ?? "", ok: step["ok"]?.boolValue ?? false, detail: step["detail"]?.stringValue ?? "",
                    section: step["section"]?.stringValue ?? "")
            },
        ]
        if !accepted, !reason.isEmpty { facts["reason"] = reason }
        if let reference = report["reference"]?.integerValue { facts["reference"] = String(reference) }
        if let attributed = attributed(report["attributes"]?.members ?? []) { facts["attributed"] = attributed }
        return facts
    }

    static func row(_ step: Step) -> [String: Any] { row(step.name, ok: step.ok, detail: step.detail, section: step.section) }

    private static func row(_ name: String, ok: Bool, detail: String, section: String) -> [String: Any] {
        [
            "name": name, "detail": detail, "section": section, "state": ok ? CheckPhrase.passed : .failed, "style": ok ? "ok" : "bad",
        ]
    }

    // A page stays one that a person can read, whatever an identity provider sends: the login has the rest.
    private static let attributeBytes = 8 << 10

    static func attributed(_ members: [JSON.Member]) -> [String: Any]? {
        var (shown, left, leftOut): ([[String: Any]], Int, Int) = ([], attributeBytes, 0)
        for member in members {
            var values: [String] = []
            for value in (member.value.arrayValue ?? []).compactMap(\.stringValue) {
                left -= value.utf8.count + member.name.utf8.count
                if left >= 0 { values.append(value) } else { leftOut += 1 }
            }
            if left >= 0 || !values.isEmpty { shown.append(["name": member.name, "values": values]) }
        }
        guard !members.isEmpty else { return nil }
        var facts: [String: Any] = ["attributes": shown]
        if let more = ListPhrase.leftOut(leftOut) { facts["more"] = more }
        return facts
    }
}

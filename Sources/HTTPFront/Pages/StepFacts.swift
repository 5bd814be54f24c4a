import Events

/// A judgment's steps as the page of them reads them.
enum StepFacts {
    /// - Parameter report: `outcome`, `code`, `detail`, `reference`, `steps` (each `name`, `ok`, `detail`), `attributes`.
    static func facts(_ report: JSON, back: (label: String, address: String)) -> [String: Any] {
        let accepted = report["outcome"]?.stringValue == "accepted"
        let reason = [report["code"]?.stringValue, report["detail"]?.stringValue].compactMap { $0 }.joined(
            separator: ": ")
        var facts: [String: Any] = [
            "accepted": accepted,
            "verdict": accepted ? "Every check passed: this login is accepted." : "Refused. \(reason)",
            "steps": (report["steps"]?.arrayValue ?? []).map { step in
                [
                    "name": step["name"]?.stringValue ?? "", "ok": step["ok"]?.boolValue ?? false,
                    "detail": step["detail"]?.stringValue ?? "", "section": step["section"]?.stringValue ?? "",
                ] as [String: Any]
            },
            "link": ["label": back.label, "href": back.address],
        ]
        if let reference = report["reference"]?.integerValue { facts["reference"] = String(reference) }
        let attributes = (report["attributes"]?.members ?? []).map { member in
            ["name": member.name, "values": (member.value.arrayValue ?? []).compactMap(\.stringValue)] as [String: Any]
        }
        if !attributes.isEmpty { facts["attributed"] = ["attributes": attributes] }
        return facts
    }
}

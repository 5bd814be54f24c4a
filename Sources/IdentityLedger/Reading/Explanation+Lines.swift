import Events
import SAML

extension Explanation {
    /// The story for people, a line a fact.
    public var lines: [String] {
        var lines = ["Event \(text(event["sequence"])), \(text(event["type"])), recorded \(text(event["recordedAt"]))."]
        if cause != .null { lines.append("Caused by \(name(cause)).") }
        if let report {
            let verdict = report.isAccepted ? "Accepted" : "Refused: \(report.refusal?.code.rawValue ?? "")"
            lines.append("\(verdict)\(report.email.map { ", for \($0)" } ?? "").")
            lines.append("Judged by \(configuration == .null ? "no configuration" : name(configuration)), and by")
            lines[lines.count - 1] += " \(policy == .null ? "the default policy" : name(policy))."
            if let certificate { lines.append("Signed with the certificate \(certificate.sha256) (\(certificate.subject)).") }
            lines.append("Each check, made again:")
            lines += report.steps.map { "  \($0.ok ? "holds" : "FAILS")  \($0.name) (\($0.section)): \($0.detail)" }
            if let remedy = report.refusal?.remedy { lines.append("What helps: \(remedy)") }
        }
        if !caused.isEmpty {
            lines.append("It caused:")
            lines += caused.map { "  \(name($0))\($0["what"]?.stringValue.map { ": \($0)" } ?? "")" }
        }
        lines.append("Leaf hash \(text(event["leafHash"])); \(inclusion.count) hashes lead from it to the root")
        lines[lines.count - 1] += " \(root) of the tree of \(treeSize) events."
        return lines
    }

    private func name(_ event: JSON) -> String {
        "event \(text(event["sequence"])) (\(text(event["type"])), \(text(event["recordedAt"])))"
    }

    private func text(_ value: JSON?) -> String { value?.stringValue ?? value?.text ?? "-" }
}

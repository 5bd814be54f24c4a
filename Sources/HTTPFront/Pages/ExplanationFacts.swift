import Events
import IdentityLedger
import SAML

/// The story of a login as its page reads it.
struct ExplanationFacts {
    let story: Explanation
    let url: PublicURL
    let organization: Identifier

    var facts: [String: Any] {
        let back = url.address("/organizations/\(organization)/logins")
        var facts = StepFacts.facts(story.report?.json ?? .null)
        facts["back"] = back
        if let report = story.report, report.isAccepted, !report.isProved {
            facts["verdict"] = "Accepted, as was recorded: the checks can't be made again."
        }
        if let remedy = story.report?.refusal?.remedy { facts["remedy"] = remedy }
        let recorded = text("outcome") == "accepted" ? "accepted" : text("code") ?? "refused"
        if recorded != story.report?.verdict {
            facts["recorded"] = "It was recorded as “\(recorded)”, which the checks made again don't give. Ask the operator to look at it."
        }
        facts["arrived"] = arrived.compactMap { label, value, isCode in
            value.map { ["label": label, "value": $0, "isCode": isCode] as [String: Any] }
        }
        facts["basis"] = basis
        let changes = story.caused.map(change)
        if !changes.isEmpty { facts["changed"] = ["changes": changes] }
        facts["leaf"] = story.event["leafHash"]?.stringValue ?? ""
        facts["root"] = story.root
        facts["size"] = String(story.treeSize)
        facts["count"] = String(story.inclusion.count)
        facts["hashes"] = story.inclusion
        facts["checkpoint"] = url.address("/log/checkpoint")
        return facts
    }

    private var data: JSON { story.event["data"] ?? .null }
    private func text(_ name: String) -> String? { data[name]?.stringValue }

    private var arrived: [(String, String?, Bool)] {
        let size = data["responseSize"]?.integerValue.map { "\($0) bytes" }
        return [
            ("Recorded at", story.event["recordedAt"]?.stringValue, false),
            ("For", PersonName.text(email: text("email"), user: text("user").flatMap { Identifier($0) }), false),
            ("Asked for", asked, false), ("Posted to", data["facts"]?["postedTo"]?.stringValue, true),
            ("From the identity provider", text("identityProvider"), true), ("Assertion ID", text("assertionID"), true),
            ("Response", size.map { "\($0), \(kept)" }, false), ("SHA-256 of the response", text("responseDigest"), true),
            ("Judged by", text("programVersion").map { "identity-ledger \($0)" }, false),
        ]
    }

    private var asked: String? {
        if data["facts"]?["test"]?.boolValue == true { return "It is a test of the connection: it signed no one in." }
        if let instant = data["facts"]?["requestInstant"]?.stringValue { return "It answers our request of \(instant)." }
        if text("inResponseTo") != nil { return "It answers a request that isn't ours." }
        return data["unsolicited"]?.boolValue == true ? "By nobody here: the identity provider began it." : nil
    }

    private var kept: String { data["evidenceKept"]?.boolValue == true ? "kept as it arrived" : "not kept, or for a short time only" }

    private var basis: [[String: Any]] {
        var rows: [[String: Any]] = []
        if let certificate = story.certificate {
            rows.append([
                "label": "Certificate whose key signed it",
                "value":
                    "\(certificate.subject), valid from \(certificate.notBefore.rfc3339Seconds) to \(certificate.notAfter.rfc3339Seconds)",
                "code": "SHA-256 \(certificate.sha256)",
            ])
        } else if let fingerprint = text("certificateSHA256") {
            rows.append(["label": "Certificate whose key signed it", "value": "", "code": "SHA-256 \(fingerprint)"])
        }
        for (label, event, none) in [
            ("Identity provider's configuration", story.configuration, "None: no identity provider was configured."),
            ("Policy", story.policy, "The defaults: no policy had been set."),
        ] {
            var row: [String: Any] = ["label": label, "value": none]
            if let sequence = event["sequence"]?.integerValue {
                row["value"] = "Event \(sequence), of \(event["recordedAt"]?.stringValue ?? "")"
                row["href"] = url.address("/organizations/\(organization)/history") + "?at=\(sequence)"
            }
            rows.append(row)
        }
        return rows
    }

    private func change(_ event: JSON) -> [String: Any] {
        let sequence = event["sequence"]?.integerValue ?? 0
        var shown: [String: Any] = [
            "sequence": String(sequence), "type": event["type"]?.stringValue ?? "",
            "href": url.address("/organizations/\(organization)/history/\(sequence)"),
        ]
        if let what = event["what"]?.stringValue { shown["what"] = what }
        return shown
    }
}

/// Whom something is about, in a word.
enum PersonName {
    /// The address; where it can't be read any more, as after an erasure, a part of the user's ID; nil: nobody is known.
    static func text(email: String?, user: Identifier?) -> String? { email ?? user.map { "User \($0.description.prefix(8))…" } }
}

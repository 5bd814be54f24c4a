import Events
import IdentityLedger
import SAML

/// The story of a login as its page reads it.
struct ExplanationFacts {
    let story: Explanation
    let url: PublicURL
    let organization: Identifier
    let remedies: RemedyFacts

    var facts: [String: Any] {
        let back = url.address("/organizations/\(organization)/logins")
        var facts = StepFacts.facts(story.report?.json ?? .null)
        facts["back"] = back
        if let report = story.report, report.isAccepted, !report.isProved { facts["verdict"] = LoginPhrase.acceptedThen }
        let recorded = text("outcome") == "accepted" ? "accepted" : text("code") ?? "refused"
        if let code = text("code"), recorded == code {
            // The code says what helps also where the response is gone.
            let again = story.report?.refusal.flatMap { $0.code.rawValue == code ? $0.remedy : nil }
            facts["refused"] = remedies.facts(code, remedy: again)
        }
        if recorded != story.report?.verdict { facts["recorded"] = recorded }
        facts["arrived"] = arrived
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

    private var arrived: [String: Any] {
        let found: [String: Any?] = [
            "recordedAt": story.event["recordedAt"]?.stringValue, "asked": asked, "postedTo": data["facts"]?["postedTo"]?.stringValue,
            "person": PersonName.said(email: text("email"), user: text("user").flatMap { Identifier($0) }),
            "identityProvider": text("identityProvider"), "assertionID": text("assertionID"),
            "personAddress": person, "usedBefore": usedBefore,
            "responseSize": data["responseSize"]?.integerValue.map(LoginPhrase.size), "responseDigest": text("responseDigest"),
            "programVersion": text("programVersion"), "kept": data["evidenceKept"]?.boolValue == true,
        ]
        // What a response didn't say has no row.
        return found.compactMapValues { ($0 as? String)?.isEmpty == true ? nil : $0 }
    }

    // Whoever was erased has no page.
    private var person: String? {
        guard text("email")?.isEmpty == false, let user = text("user") else { return nil }
        return url.address("/organizations/\(organization)/users/\(user)")
    }

    private var usedBefore: [String: Any]? {
        guard let first = data["facts"]?["replayOf"]?.integerValue, first > 0 else { return nil }
        return ["href": url.address("/organizations/\(organization)/logins/\(first)"), "number": String(first)]
    }

    private var asked: (any Said)? {
        if data["facts"]?["test"]?.boolValue == true { return LoginPhrase.askedByTest }
        if let instant = data["facts"]?["requestInstant"]?.stringValue { return LoginPhrase.askedByUs(["instant": instant]) }
        if text("inResponseTo") != nil { return LoginPhrase.askedByOthers }
        return data["unsolicited"]?.boolValue == true ? LoginPhrase.askedByNobody : nil
    }

    private var basis: [String: Any] {
        var facts: [String: Any] = [:]
        if let certificate = story.certificate {
            facts["certificate"] = [
                "sha256": certificate.sha256,
                "known": [
                    "subject": certificate.subject, "notBefore": certificate.notBefore.rfc3339Seconds,
                    "notAfter": certificate.notAfter.rfc3339Seconds,
                ],
            ]
        } else if let fingerprint = text("certificateSHA256") {
            facts["certificate"] = ["sha256": fingerprint]
        }
        for (name, event) in [("configuration", story.configuration), ("policy", story.policy)] {
            guard let sequence = event["sequence"]?.integerValue else { continue }
            facts[name] = [
                "sequence": String(sequence), "recordedAt": event["recordedAt"]?.stringValue ?? "",
                "href": url.address("/organizations/\(organization)/history") + "?at=\(sequence)",
            ]
        }
        return facts
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

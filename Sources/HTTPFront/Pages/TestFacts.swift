import Events
import Identity
import IdentityLedger
import SAML

/// A test's report as its page shows it.
struct TestFacts {
    let url: PublicURL
    let organization: Identifier
    let now: Instant
    // A page stays one that a person can read, whatever an identity provider sends.
    private static let (shownValues, shownBytes) = (64, 256)

    func facts(_ report: JudgmentReport) -> [String: Any] {
        let test = report.test ?? TestReport()
        let pages = "/organizations/\(organization)"
        var facts: [String: Any] = [
            "isAccepted": report.isAccepted,
            "verdict": report.isAccepted ? "Every check passed: the connection works." : "Refused: \(Self.words(report.refusal)).",
            "steps": steps(report.steps), "person": TestWords.person(report, test), "again": url.address("\(pages)/test"),
            "settings": url.address("\(pages)/settings"),
        ]
        if let reference = report.reference { facts["reference"] = String(reference) }
        if let refusal = report.refusal { facts["problem"] = problem(refusal, test.preset) }
        if report.isAccepted, let refusal = test.refusalOfRealLogin {
            facts["realRemedy"] = [refusal.detail, refusal.remedy].compactMap { $0 }.joined(separator: " ")
        } else if report.isAccepted {
            facts["loginURL"] = OrganizationAddresses(base: url.text, organization: organization).loginURL
        }
        let roles = test.roles.map(TestWords.role)
        (facts["roles"], facts["hasRoles"]) = (roles, !roles.isEmpty)
        if let uses = test.uses { facts.merge(self.uses(uses, test, report.attributes ?? [])) { $1 } }
        if let assertion = test.assertion {
            var shown: [String: Any] = ["xml": assertion.xml]
            if assertion.linesLeftOut > 0 { shown["cut"] = "without its last \(assertion.linesLeftOut) lines" }
            facts["assertion"] = shown
        }
        return facts
    }

    private static func words(_ refusal: Refusal?) -> String {
        guard let title = refusal.map({ Problem($0, reference: nil).title }) else { return "refused" }
        // Names within it stay as they are written.
        return title.prefix(1).lowercased() + title.dropFirst()
    }

    private func steps(_ steps: [Step]) -> [[String: Any]] {
        var shown = steps.map { step -> [String: Any] in
            [
                "name": step.name, "section": step.section, "detail": step.detail, "state": step.ok ? "passed" : "failed",
                "style": step.ok ? "ok" : "bad",
                "compared": step.compared.map { ["name": $0.name, "expected": $0.expected, "received": $0.received ?? "nothing"] },
            ]
        }
        let reached = Set(steps.map(\.name))
        for name in Step.usual + SignOnCheck.allCases.map(\.rawValue) where !reached.contains(name) {
            shown.append(["name": name, "section": "", "detail": false, "state": "not reached", "style": "", "compared": [String]()])
        }
        return shown
    }

    private func problem(_ refusal: Refusal, _ preset: IdentityProviderPreset?) -> [String: Any] {
        var shown: [String: Any] = ["detail": refusal.detail, "code": refusal.code.rawValue]
        if let remedy = refusal.remedy { shown["remedy"] = remedy }
        let addresses = OrganizationAddresses(base: url.text, organization: organization)
        switch refusal.code {
        case .audienceMismatch:
            shown["paste"] = ["id": "paste", "label": "The value that belongs there", "value": addresses.audienceURI]
        case .recipientMismatch, .destinationMismatch:
            shown["paste"] = ["id": "paste", "label": "The value that belongs there", "value": addresses.acsURL]
        default: break
        }
        if let guide = Guide.of(preset) {
            shown["guide"] = ["name": guide.name, "href": url.address("/organizations/\(organization)/settings?provider=\(guide.id)#ours")]
        }
        return shown
    }

    private func uses(_ uses: AttributeUses, _ test: TestReport, _ attributes: [Attribute]) -> [String: Any] {
        var rows: [[String: Any]] = []
        if let nameID = test.nameID {
            rows.append(row("NameID", nameID, uses.nameIDIsEmail ? TestWords.use(.email) : "the name for single logout"))
        }
        var leftOut = 0
        for attribute in attributes {
            let found = [uses.use(of: attribute.name).map(TestWords.use), test.roleAttributes.contains(attribute.name) ? "roles" : nil]
            let words = found.compactMap { $0 }.joined(separator: ", ")
            for value in attribute.values {
                guard rows.count < Self.shownValues else { leftOut += 1; continue }
                rows.append(row(attribute.name, value, words.isEmpty ? "not used" : words))
            }
        }
        var facts: [String: Any] = ["uses": rows, "hasUses": true]
        if leftOut > 0 { facts["more"] = leftOut == 1 ? "One more value is left out here." : "\(leftOut) more values are left out here." }
        return facts
    }

    private func row(_ name: String, _ value: String, _ use: String) -> [String: Any] {
        ["name": Self.cut(name), "value": Self.cut(value), "use": use]
    }

    private static func cut(_ text: String) -> String {
        text.utf8.count <= shownBytes ? text : String(text.unicodeScalars.prefix(shownBytes)) + "…"
    }
}

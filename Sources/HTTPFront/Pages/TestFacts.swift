import Events
import Identity
import IdentityLedger
import SAML

/// A test's report as its page shows it.
struct TestFacts {
    let url: PublicURL
    let organization: Identifier
    let remedies: RemedyFacts
    // A page stays one that a person can read, whatever an identity provider sends.
    private static let (shownValues, shownBytes) = (64, 192)

    func facts(_ report: JudgmentReport) -> [String: Any] {
        let test = report.test ?? TestReport()
        let pages = "/organizations/\(organization)"
        var facts: [String: Any] = [
            "isAccepted": report.isAccepted, "steps": steps(report.steps),
            "again": url.address("\(pages)/test"),
            "settings": url.address("\(pages)/settings"),
        ]
        if let reference = report.reference {
            facts["recorded"] = ["reference": String(reference), "story": url.address("\(pages)/logins/\(reference)")] as [String: Any]
        }
        if let first = test.shownBefore {
            facts["shownBefore"] = ["href": url.address("\(pages)/logins/\(first)"), "number": String(first)] as [String: Any]
        }
        // The response is gone: what it said of a person can't be told any more.
        if report.isAccepted, !report.isProved {
            facts["isGone"] = true
            return facts
        }
        facts["person"] = TestWords.person(report, test)
        if let refusal = report.refusal {
            facts["refusal"] = RefusalInSentence(code: refusal.code.rawValue)
            facts["problem"] = problem(refusal, test.preset)
        }
        if report.isAccepted, let refusal = test.refusalOfRealLogin {
            facts["real"] = remedies.facts(refusal.code.rawValue, remedy: refusal.remedy).merging(["detail": refusal.detail]) { $1 }
        } else if report.isAccepted {
            facts["loginURL"] = OrganizationAddresses(base: url.text, organization: organization).loginURL
        }
        let roles = test.roles.map(TestWords.role)
        (facts["roles"], facts["hasRoles"]) = (roles, !roles.isEmpty)
        if let uses = test.uses { facts.merge(self.uses(uses, test, report.attributes ?? [])) { $1 } }
        if let assertion = test.assertion {
            var shown: [String: Any] = ["xml": assertion.xml]
            if assertion.linesLeftOut > 0 { shown["cut"] = String(assertion.linesLeftOut) }
            facts["assertion"] = shown
        }
        return facts
    }

    private func steps(_ steps: [Step]) -> [[String: Any]] {
        var shown = steps.map { step -> [String: Any] in
            var row = StepFacts.row(step)
            row["compared"] = step.compared.map { compared -> [String: Any] in
                var facts: [String: Any] = ["name": compared.name, "expected": compared.expected]
                if let received = compared.received { facts["received"] = received }
                return facts
            }
            return row
        }
        let reached = Set(steps.map(\.name))
        for name in Step.usual + SignOnCheck.allCases.map(\.rawValue) where !reached.contains(name) {
            shown.append([
                "name": name, "section": "", "detail": false, "state": CheckPhrase.notReached, "style": "", "compared": [String](),
            ])
        }
        return shown
    }

    private func problem(_ refusal: Refusal, _ preset: IdentityProviderPreset?) -> [String: Any] {
        var shown = remedies.facts(refusal.code.rawValue, remedy: refusal.remedy)
        shown["detail"] = refusal.detail
        let addresses = OrganizationAddresses(base: url.text, organization: organization)
        let value: String? =
            switch refusal.code {
            case .audienceMismatch: addresses.audienceURI
            case .recipientMismatch, .destinationMismatch: addresses.acsURL
            default: nil
            }
        if let value { shown["paste"] = ["id": "paste", "label": TestPhrase.belongsThere, "value": value] as [String: Any] }
        if let guide = Guide.of(preset) {
            let href = url.address("/organizations/\(organization)/settings?provider=\(guide.id)#ours")
            shown["guide"] = ["name": guide.name, "href": href] as [String: Any]
        }
        return shown
    }

    private func uses(_ uses: AttributeUses, _ test: TestReport, _ attributes: [Attribute]) -> [String: Any] {
        var rows: [[String: Any]] = []
        if let nameID = test.nameID {
            rows.append(row("NameID", nameID, uses.nameIDIsEmail ? TestPhrase.email : TestPhrase.logoutName))
        }
        var leftOut = 0
        for attribute in attributes {
            var found = [uses.use(of: attribute.name).map(TestWords.use)].compactMap { $0 }
            if test.roleAttributes.contains(attribute.name) { found.append(.roles) }
            let use: any Said = found.isEmpty ? TestPhrase.notUsed : Passage(parts: found, separator: ", ")
            for value in attribute.values {
                guard rows.count < Self.shownValues else { leftOut += 1; continue }
                rows.append(row(attribute.name, value, use))
            }
        }
        var facts: [String: Any] = ["uses": rows, "hasUses": true]
        if let more = ListPhrase.leftOut(leftOut) { facts["more"] = more }
        return facts
    }

    private func row(_ name: String, _ value: String, _ use: any Said) -> [String: Any] {
        ["name": Self.cut(name), "value": Self.cut(value), "use": use]
    }

    private static func cut(_ text: String) -> String {
        text.utf8.count <= shownBytes ? text : String(text.unicodeScalars.prefix(shownBytes)) + "…"
    }
}

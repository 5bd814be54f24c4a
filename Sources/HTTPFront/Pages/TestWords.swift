import IdentityLedger
import SAML

/// The sentences of a test's report.
enum TestWords {
    static func person(_ report: JudgmentReport, _ test: TestReport) -> String {
        let who = report.email ?? "this person"
        guard report.isAccepted else {
            switch test.isKnown {
            case true?: return "It names \(who), who is a user here. A real login would be refused like this one."
            case false?: return "It names \(who), who is no user here yet. A real login would be refused like this one."
            case nil: return "Whom it names can't be told, as the checks did not get that far. A real login would be refused like this one."
            }
        }
        let roles = test.roles.isEmpty ? "without any role." : "with these roles:"
        let name = test.name.map { " (\($0))" } ?? ""
        switch (test.refusalOfRealLogin, test.isKnown) {
        case (.some, true?): return "\(who)\(name) is a user here, but a real login would be refused."
        case (.some, _): return "\(who)\(name) is no user here, and a real login would be refused."
        case (nil, true?): return "\(who)\(name) is a user here and would be signed in, \(roles)"
        case (nil, _): return "\(who)\(name) is no user here yet. A real login would make this user, \(roles)"
        }
    }

    static func role(_ role: TestReport.Role) -> String {
        "\(role.role) of \(role.account)" + (role.because.map { ", because of \($0)" } ?? "")
    }

    static func use(_ use: AttributeUse) -> String {
        switch use {
        case .email: "the e-mail address"
        case .name: "the name"
        case .firstName: "the first name"
        case .lastName: "the last name"
        case .groups: "groups"
        }
    }
}

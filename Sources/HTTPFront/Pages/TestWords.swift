import IdentityLedger
import SAML

/// The sentences of a test's report.
enum TestWords {
    /// Who a real login would be.
    static func person(_ report: JudgmentReport, _ test: TestReport) -> any Said {
        let who: any Said = report.email ?? TestPhrase.thisPerson
        guard report.isAccepted else {
            guard let isKnown = test.isKnown else { return TestPhrase.refusedNobody }
            return (isKnown ? TestPhrase.refusedUser : .refusedStranger)(["who": who])
        }
        let isKnown = test.isKnown == true
        let phrase: TestPhrase =
            if test.refusalOfRealLogin != nil {
                isKnown ? .userRefused : .strangerRefused
            } else if test.roles.isEmpty {
                isKnown ? .userWithoutRole : .newUserWithoutRole
            } else {
                isKnown ? .userWithRoles : .newUserWithRoles
            }
        return phrase(["who": test.name.map { TestPhrase.named(["address": who, "name": $0]) } ?? who])
    }

    /// What a real login would leave the person with.
    static func role(_ role: TestReport.Role) -> Sentence {
        let word = RolePhrase.named(role.role)
        guard let attribute = role.because else { return TestPhrase.role(["role": word, "account": role.account]) }
        return TestPhrase.roleBecause(["role": word, "account": role.account, "attribute": attribute])
    }

    /// What a part of the assertion is used as.
    static func use(_ use: AttributeUse) -> TestPhrase {
        switch use {
        case .email: .email
        case .name: .name
        case .firstName: .firstName
        case .lastName: .lastName
        case .groups: .groups
        }
    }
}

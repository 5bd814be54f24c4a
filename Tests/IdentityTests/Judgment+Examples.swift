import Events
import Testing

@testable import SAML

extension Claims {
    /// What a judged response of `user@example.com` claims.
    static func example() throws -> Claims {
        Claims(email: try #require(EmailAddress("user@example.com")))
    }
}

extension Judgment {
    static func accepting(_ claims: Claims) -> Judgment { Judgment(outcome: .accepted(claims)) }

    static func refusing(_ code: RefusalCode) -> Judgment {
        Judgment(outcome: .refused(Refusal(code: code, detail: "As the test wants it.", remedy: nil)))
    }
}

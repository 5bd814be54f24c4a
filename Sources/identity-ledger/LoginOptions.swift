import ArgumentParser
import Events
import Replay
import SAML

/// Which of the recorded logins an audit looks at.
struct LoginOptions: ParsableArguments {
    @Argument(help: "Only this organization's logins.") var organization: Identifier?
    @Option(help: "Only this user's, of the organization: an ID or an e-mail address.") var user: String?
    @Option(help: "Only from this instant on, as RFC 3339 has it.") var since: Instant?
    @Option(help: "Only before this instant.") var until: Instant?
    @Option(help: "accepted, refused, or a refusal's code.") var outcome: String?
    @Option(help: "Only responses of this identity provider, by its entity ID.") var identityProvider: String?

    func validate() throws {
        if user != nil, organization == nil { throw ValidationError("--user needs the organization.") }
        if let outcome, !["accepted", "refused"].contains(outcome), RefusalCode(rawValue: outcome) == nil {
            throw ValidationError("There is no outcome “\(outcome)”: accepted, refused, or a refusal's code.")
        }
    }

    var selection: LoginSelection {
        LoginSelection(
            organization: organization, user: user, since: since, until: until, outcome: outcome, identityProvider: identityProvider)
    }
}

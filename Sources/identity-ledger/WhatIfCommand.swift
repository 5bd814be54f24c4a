import ArgumentParser
import Events
import Identity
import IdentityLedger
import Replay

struct WhatIfCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "what-if", abstract: "Who would be locked out, or let in, if…? Appends nothing.",
        discussion: """
            Examples: identity-ledger replay what-if ORG --metadata new-idp.xml
                      identity-ledger replay what-if ORG --policy requireSignedAssertion=true allowedEmailDomains=a.example,b.example
            """)
    @OptionGroup var common: CommonOptions
    @Argument(help: "The Organization ID.") var organization: Identifier
    @Option(help: "Another metadata document, instead of the one of then; - for standard input.") var metadata: String?
    @Option(name: .customLong("entity-id"), help: "Which identity provider, where the document describes several.") var entityID: String?
    @Option(parsing: .upToNextOption, help: "Changes to today's policy, as name=value; lists are comma-separated.")
    var policy: [String] = []
    @Option(help: "Only logins from this instant on, as RFC 3339 has it.") var since: Instant?
    @Option(help: "Only the newest so many.") var last: Int?

    func validate() throws {
        if metadata == nil, policy.isEmpty { throw ValidationError("Give --metadata, --policy, or both.") }
        if let last, last < 1 { throw ValidationError("--last is 1 or more.") }
    }

    func run() async throws {
        var question = WhatIf.Question(entityID: entityID, since: since, last: last)
        question.metadata = try metadata.map { try contents(of: $0) }
        if !policy.isEmpty { question.policyPatch = try PolicyDocument.patch(assignments: policy) }
        let service = try await common.openReadOnly()
        let progress = Progress(of: try service.eventCount())
        let answer = try WhatIf(service, organization: organization, question, by: .commandLine()) { progress($0) }
        progress.end()
        Output.facts(answer.json, asJSON: common.json)
    }
}

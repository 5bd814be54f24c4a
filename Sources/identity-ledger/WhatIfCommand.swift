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
                      identity-ledger replay what-if ORG --policy refuseExpiredCertificates=true --at 2027-03-01T00:00:00Z
                      identity-ledger replay what-if ORG --without-certificate FINGERPRINT
                      identity-ledger replay what-if ORG --rules

            --rules alone changes no fact: before an upgrade, the new program asks so what its own rules would have decided otherwise.
            """)
    @OptionGroup var common: CommonOptions
    @Argument(help: "The Organization ID.") var organization: Identifier
    @Option(help: "Another metadata document, instead of the one of then; - for standard input.") var metadata: String?
    @Option(name: .customLong("entity-id"), help: "Which identity provider, where the document describes several.") var entityID: String?
    @Option(parsing: .upToNextOption, help: "Changes to today's policy, as name=value; lists are comma-separated.")
    var policy: [String] = []
    @Option(help: "When certificates' ends and SHA-1's deadline are looked at, as RFC 3339 has it.") var at: Instant?
    @Option(help: "The SHA-256 fingerprint, in hexadecimal, of a certificate that is not believed any more.")
    var withoutCertificate: String?
    @Flag(help: "Only this program's rules, with everything else as it was.") var rules = false
    @Option(help: "Only logins from this instant on, as RFC 3339 has it.") var since: Instant?
    @Option(help: "Only the newest so many.") var last: Int?

    func validate() throws {
        let changesNothing = metadata == nil && policy.isEmpty && at == nil && withoutCertificate == nil
        if changesNothing, !rules {
            throw ValidationError("Give --metadata, --policy, --at, --without-certificate, or several of them; or --rules.")
        }
        if rules, !changesNothing { throw ValidationError("--rules is asked alone: with it every other fact stays as it was.") }
        if withoutCertificate != nil, fingerprint == nil {
            throw ValidationError("--without-certificate takes a SHA-256 fingerprint: 64 hexadecimal digits, with or without colons.")
        }
        if let last, last < 1 { throw ValidationError("--last is 1 or more.") }
    }

    private var fingerprint: [UInt8]? {
        let digits = withoutCertificate.map { $0.filter { $0 != ":" }.lowercased() }
        return digits.flatMap { [UInt8](hexadecimal: $0) }.flatMap { $0.count == 32 ? $0 : nil }
    }

    func run() async throws {
        var question = WhatIf.Question(entityID: entityID, at: at, withoutCertificate: fingerprint, since: since, last: last)
        question.metadata = try metadata.map { try contents(of: $0) }
        if !policy.isEmpty { question.policyPatch = try PolicyDocument.patch(assignments: policy) }
        let service = try await common.openReadOnly()
        let progress = Progress(of: try service.eventCount())
        let answer = try WhatIf(service, organization: organization, question, by: .commandLine()) { progress($0) }
        progress.end()
        Output.facts(answer.json, asJSON: common.json)
    }
}

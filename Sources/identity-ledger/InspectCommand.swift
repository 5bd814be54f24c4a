import ArgumentParser
import Events
import IdentityLedger
import SAML

struct InspectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect", abstract: "Decodes and judges a SAML response offline, step by step.",
        discussion: "Example: identity-ledger inspect response.xml --organization ORG")
    @OptionGroup var common: CommonOptions
    @Argument(help: "XML or base64; - for standard input.") var response: String
    @Option(help: "As this organization would judge it.") var organization: Identifier?
    @Option(help: "The identity provider's metadata, instead of what is configured.") var metadata: String?
    @Option(help: "The instant to judge at, as RFC 3339 has it.") var at: Instant?

    func validate() throws {
        if organization == nil { throw ValidationError("--organization is needed: a response is judged by whom it is meant for.") }
    }

    func run() async throws {
        guard let organization else { return }
        let bytes = try contents(of: response)
        let isXML = bytes.first { !" \t\r\n\u{FEFF}".utf8.contains($0) } == UInt8(ascii: "<")
        let xml: [UInt8] = try isXML ? bytes : decodeResponseField(bytes).get()
        let service = try common.openReadOnly()
        var facts = try service.judgmentFacts(organization, at: at)
        if let metadata {
            let document = try IdentityProviderMetadata.read(try contents(of: metadata), entityID: nil, allowHTTPOnLoopback: true)
            facts.identityProvider = TrustedIdentityProvider(entityID: document.entityID, certificates: document.signingCertificates)
        }
        let report = JudgmentReport(judge(response: xml, facts))
        if common.json { return Output.line(report.json.text) }
        for step in report.steps { Output.line(Output.clean("\(step.ok ? "ok  " : "no  ")\(step.name) (\(step.section)): \(step.detail)")) }
        Output.line(report.isAccepted ? "accepted" : "refused: \(report.refusal?.code.rawValue ?? "-")")
    }
}

import ArgumentParser
import Events
import Foundation
import IdentityLedger
import Ledger
import Replay
import SAML

struct InspectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect", abstract: "Decodes and judges a SAML response offline, step by step.",
        discussion: """
            Examples: identity-ledger inspect response.xml --organization ORG
                      identity-ledger inspect response.b64 --metadata idp.xml --at 2026-11-25T05:00:00Z

            Without --organization the addresses that the response itself names are taken as the right ones.
            A reproducer, as “explain --reproducer” makes it, says what it is judged by, and which verdict must come of it: exit 0 where
            it comes, 1 where another one does.
            """)
    @OptionGroup var common: CommonOptions
    @Argument(help: "XML or base64; - for standard input.") var response: String
    @Option(help: "As this organization would judge it.") var organization: Identifier?
    @Option(help: "The identity provider's metadata, instead of what is configured.") var metadata: String?
    @Option(name: .customLong("entity-id"), help: "Which identity provider, where the document describes several.") var entityID: String?
    @Option(help: "The instant to judge at, as RFC 3339 has it.") var at: Instant?

    func run() async throws {
        let report: JudgmentReport
        let bytes = try contents(of: response)
        if let reproducer = Reproducer(bytes) { return try decide(reproducer) }
        switch decoded(bytes) {
        case .success(let xml): report = JudgmentReport(judge(response: xml, try await facts(xml)))
        case .failure(let refusal):
            let step = Step(name: "Base64", section: "bindings §3.5.4", ok: false, detail: refusal.detail)
            report = JudgmentReport(refusal: refusal, steps: [step])
        }
        show(report)
        if !report.isAccepted { throw ExitStatus.doesNotHold }
    }

    private func decide(_ reproducer: Reproducer) throws {
        guard organization == nil, at == nil else {
            throw ValidationError("A reproducer says itself by what and when it is judged: give neither --organization nor --at.")
        }
        let (judgment, verdict) = reproducer.judged(trusting: try metadata.map { try identityProvider($0) })
        let report = Redecision(judgment: judgment, verdict: verdict).report(reference: nil)
        show(report)
        let code = report.refusal?.code.rawValue ?? "accepted"
        guard code == reproducer.expected else {
            Output.note("differs: the verdict is “\(code)”, and “\(Output.clean(reproducer.expected))” was expected")
            throw ExitStatus.doesNotHold
        }
        Output.note("as expected: \(code)")
    }

    private func show(_ report: JudgmentReport) {
        guard !common.json else { return Output.line(report.json.text) }
        for step in report.steps {
            Output.line(Output.clean("\(step.ok ? "ok  " : "no  ")\(step.name) (\(step.section)): \(step.detail)"))
        }
        Output.line(report.isAccepted ? "accepted" : "refused: \(report.refusal?.code.rawValue ?? "-")")
    }

    private func decoded(_ bytes: [UInt8]) -> Result<[UInt8], Refusal> {
        let isXML = bytes.first { !" \t\r\n\u{FEFF}".utf8.contains($0) } == UInt8(ascii: "<")
        // A file ends with a line feed, where a form's field doesn't.
        return isXML ? .success(bytes) : decodeResponseField(bytes.filter { !" \t\r\n".utf8.contains($0) })
    }

    private func facts(_ xml: [UInt8]) async throws -> JudgmentFacts {
        var facts =
            if let organization { try await common.openReadOnly().judgmentFacts(organization, at: at) } else {
                Self.facts(namedBy: xml, at: at ?? .now)
            }
        if let metadata {
            facts.identityProvider = try identityProvider(metadata)
        } else if organization == nil {
            Output.note("hint: give --organization or --metadata: without either no signature can be verified")
        }
        return facts
    }

    private func identityProvider(_ metadata: String) throws -> TrustedIdentityProvider {
        do {
            let document = try IdentityProviderMetadata.read(try contents(of: metadata), entityID: entityID, allowHTTPOnLoopback: true)
            return TrustedIdentityProvider(entityID: document.entityID, certificates: document.signingCertificates)
        } catch let error as MetadataError {
            throw ServiceError(code: error.code.rawValue, status: 422, detail: error.detail, remedy: error.remedy)
        }
    }

    // What the response says of itself, read as text: good enough to look at it, and nobody is let in by it.
    private static func facts(namedBy xml: [UInt8], at instant: Instant) -> JudgmentFacts {
        let text = String(decoding: xml, as: UTF8.self)
        let addresses = text.matches(of: /(?:Recipient|Destination)=["']([^"']*)["']/).map { unescaped($0.1) }
        let audience = text.firstMatch(of: /<(?:[\w.-]+:)?Audience(?:\s[^>]*)?>([^<]*)</).map { unescaped($0.1) }
        return JudgmentFacts(
            acsURLs: addresses, serviceProviderEntityID: audience ?? "", identityProvider: nil, instant: instant)
    }

    private static func unescaped(_ text: Substring) -> String {
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")].reduce(String(text)) {
            $0.replacing($1.0, with: $1.1)
        }
    }
}

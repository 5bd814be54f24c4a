import ArgumentParser
import Events
import HTTPFront
import Hummingbird
import IdentityLedger
import Ledger
import Logging
import ServiceLifecycle
import UnixSignals

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "The server.",
        discussion: "Example: identity-ledger serve --listen 127.0.0.1:8080 --public-url https://login.example.com")
    @OptionGroup var common: CommonOptions
    @Option(help: "HOST:PORT to listen on; port 0 is any free one.") var listen: String
    @Flag(help: "Let metadata be fetched from loopback and private addresses, and over http from loopback.") var allowPrivateMetadata =
        false
    @Option(help: "Refused ACS posts per source and minute; 0 lifts every limit per source.") var refusalLimit = 300
    @Option(help: "Where the newest checkpoint is kept, best on another disk; else “checkpoints” in the data directory.")
    var checkpointDirectory: String?
    @Option(help: "Ask this DNS server about domains, ADDRESS or ADDRESS:PORT, instead of the machine's.") var dnsServer: DNSServer?
    @Option(parsing: .upToNextOption, help: "Whose forwarded addresses are believed, as CIDRs.") var trustedProxy: [String] = []
    @Option(help: "The operator's own organization: owners of every account there open the console by single sign-on.")
    var operatorOrganization: String?

    @OptionGroup(title: "Appearance") var look: AppearanceOptions

    private var address: (host: String, port: Int)? {
        guard let colon = listen.lastIndex(of: ":"), let port = Int(listen[listen.index(after: colon)...]), (0...65535).contains(port)
        else {
            return nil
        }
        return (String(listen[..<colon].filter { $0 != "[" && $0 != "]" }), port)
    }

    func validate() throws {
        if address == nil { throw ValidationError("--listen is HOST:PORT.") }
        if refusalLimit < 0 { throw ValidationError("--refusal-limit is 0 or more.") }
        if let operatorOrganization, Identifier(operatorOrganization) == nil {
            throw ValidationError("--operator-organization is an Organization ID: 32 lowercase hexadecimal digits.")
        }
        for range in trustedProxy where AddressRange(range) == nil { throw ValidationError("--trusted-proxy \(range) is no CIDR.") }
    }

    func run() async throws {
        guard let address else { return }
        let appearance = try look.appearance()
        let service = try await common.open(create: true)
        guard let url = try service.publicURL() else {
            throw ServiceError(
                code: "invalid_request", status: 422, detail: "No public URL is recorded.", remedy: "Give --public-url once.")
        }
        let operators = operatorOrganization.flatMap { Identifier($0) }
        if let operators, try !service.exists(operators) {
            throw ServiceError(
                code: "organization_unknown", status: 404, detail: "--operator-organization names no organization of this ledger.",
                remedy: "List them with: identity-ledger organization list")
        }
        let checkpoints = common.keptCheckpoints(in: checkpointDirectory)
        try service.check(checkpoints)
        var logger = Logger(label: "identity-ledger") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = .notice
        let front = try HTTPFront(
            ledger: service,
            options: FrontOptions(
                publicURL: url, host: address.host, port: address.port, allowPrivateMetadata: allowPrivateMetadata,
                refusalLimit: refusalLimit, connections: ProcessLimits.connections(), dnsServer: dnsServer, keptCheckpoints: checkpoints,
                trustedProxies: trustedProxy.compactMap { AddressRange($0) }, operatorOrganization: operators, appearance: appearance),
            logger: logger)
        let application = front.application { port in
            Output.line("listening on \(address.host):\(port), reached at \(url)")
        }
        let group = ServiceGroup(
            configuration: .init(
                services: [.init(service: application)], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
        try await group.run()
    }
}

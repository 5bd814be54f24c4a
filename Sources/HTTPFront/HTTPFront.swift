import Events
public import Hummingbird
import HummingbirdCore
import Identity
public import IdentityLedger
import Ledger
public import Logging
import NIOCore

/// The server: SAML endpoints, pages, the administration API and the log, on hummingbird.
public struct HTTPFront: Sendable {
    private let services: Services
    private let options: FrontOptions

    /// - Throws: `invalid_request` where the public URL is none; an error of the ledger where its secrets can't be read.
    public init(ledger: IdentityLedger, options: FrontOptions, logger: Logger) throws {
        guard let url = PublicURL(options.publicURL) else {
            throw RuleError(
                .invalidRequest, "“\(options.publicURL)” is no public URL.",
                remedy: "Give an absolute address that starts with https.")
        }
        let core = Core(ledger: ledger, keptCheckpoints: options.keptCheckpoints)
        let unlimited = options.refusalLimit == 0
        self.options = options
        services = Services(
            core: core, url: url, pages: try Pages(base: url.path, appearance: options.appearance),
            cookies: CookieNames(secure: url.isSecure),
            sealer: CookieSealer(secret: try core.cookieSecret()),
            fetcher: MetadataFetcher(allowPrivate: options.allowPrivateMetadata),
            textRecords: TextRecords(server: options.dnsServer),
            metrics: Metrics(), drifts: DriftBoard(), refusals: SourceLimiter(limit: options.refusalLimit),
            unreadable: SourceLimiter(limit: unlimited ? 0 : 10),
            lookups: SourceLimiter(limit: unlimited ? 0 : 20),
            setups: SourceLimiter(limit: unlimited ? 0 : 5),
            operators: OperatorAccess(), logger: logger)
        ledger.setOperatorOrganization(options.operatorOrganization)
    }

    /// The server as a service: it runs until its service group shuts it down, and finishes what it is answering.
    ///
    /// - Parameter onServerRunning: Called with the port that is listened on.
    public func application(
        onServerRunning: @escaping @Sendable (_ port: Int) async -> Void = { _ in }
    ) -> some ApplicationProtocol {
        let responder = FrontResponder(
            services: services, table: table, source: ClientSource(trustedProxies: options.trustedProxies),
            headers: SecurityHeaders(secure: services.url.isSecure), bodies: BodyBudget(limit: options.bodiesBytes),
            now: { services.core.now() })
        return Application(
            responder: responder,
            server: .http1(
                configuration: .init(
                    idleTimeout: .seconds(60),
                    httpDecoderConfiguration: .init(
                        maxHeaderFieldSize: 24 << 10, maxHeaderListSize: 32 << 10, maxHeaderFieldCount: 200))),
            configuration: ApplicationConfiguration(
                address: .hostname(options.host, port: options.port), serverName: nil,
                availableConnectionsDelegate: MaximumAvailableConnections(options.connections)),
            services: [
                Upkeep(
                    ledger: services.core.ledger, fetcher: services.fetcher, metrics: services.metrics, drifts: services.drifts,
                    checkpoints: services.core.keptCheckpoints, logger: services.logger)
            ],
            onServerRunning: { channel in await onServerRunning(channel.localAddress?.port ?? options.port) },
            logger: services.logger)
    }

    var table: RouteTable {
        var table = RouteTable()
        LoginRoutes(services: services).register(in: &table)
        ConsumerRoutes(services: services).register(in: &table)
        LogoutRoutes(services: services).register(in: &table)
        ApplicationRoutes(services: services).register(in: &table)
        OrganizationRoutes(services: services).register(in: &table)
        ProviderRoutes(services: services).register(in: &table)
        KeyRoutes(services: services).register(in: &table)
        DomainRoutes(services: services).register(in: &table)
        UserRoutes(services: services).register(in: &table)
        LedgerRoutes(services: services).register(in: &table)
        DescriptionRoutes(services: services).register(in: &table)
        SetupRoutes(services: services).register(in: &table)
        FirstPageRoute(services: services).register(in: &table)
        SettingsRoutes(services: services).register(in: &table)
        SavingRoutes(services: services).register(in: &table)
        TestReportRoutes(services: services).register(in: &table)
        PolicyRoutes(services: services).register(in: &table)
        PeopleRoutes(services: services).register(in: &table)
        ConversionRoutes(services: services).register(in: &table)
        LoginHistoryRoutes(services: services).register(in: &table)
        HistoryRoutes(services: services).register(in: &table)
        CertificateRoutes(services: services).register(in: &table)
        ReportRoutes(services: services).register(in: &table)
        OperatorRoutes(services: services).register(in: &table)
        LogRoutes(services: services).register(in: &table)
        OperationsRoutes(services: services).register(in: &table)
        HelpRoutes(services: services).register(in: &table)
        return table
    }
}

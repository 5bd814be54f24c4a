import ArgumentParser
import DevelopmentIdP
import Events
import Foundation
import HTTPFront
import Hummingbird
import Identity
import IdentityLedger
import Logging
import Replay
import ServiceLifecycle
import UnixSignals

struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "A server and a development identity provider on loopback, with sample users.",
        discussion: "The ledger lies in a temporary directory, unless --data names a new one; no ledger that is there already is touched.")
    @OptionGroup var common: CommonOptions
    @Flag(help: "Log in once at either side without a browser, print what the ledger recorded, verify it, and exit.") var check = false
    @Option(help: "The server's port; another is taken, and said, where it is occupied.") var port = 8080
    @OptionGroup(title: "Appearance") var look: AppearanceOptions

    func run() async throws {
        let appearance = try look.appearance()
        let own = try freePort(from: port)
        let other = try freePort(from: own + 1)
        for (wanted, got) in [(port, own), (own + 1, other)] where wanted != got {
            Output.note("port \(wanted) is occupied: taking \(got)")
        }
        // Two names, so that a browser counts them as two sites, as in life.
        let base = "http://127.0.0.1:\(own)"
        let provider = "http://localhost:\(other)"
        var logger = Logger(label: "identity-ledger") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = .critical

        let directory = common.data ?? temporaryDirectory()
        guard !FileManager.default.fileExists(atPath: directory + "/ledger") else {
            throw ServiceError(
                code: "conflict", status: 409, detail: "There is a ledger in \(directory) already; the demo makes one of its own.",
                remedy: "Name a new directory with --data, or none at all (IDENTITY_LEDGER_DATA names one as well).")
        }
        defer { if check, common.data == nil { try? FileManager.default.removeItem(atPath: directory) } }
        let service = try IdentityLedger.open(common.options(directory: directory, create: true))
        let caller = Caller.commandLine()
        try await service.setPublicURL(base, by: caller)
        let organization = try await service.createOrganization(name: "Sample organization", by: caller)
        guard let addresses = organization.addresses else { return }
        let identityProvider = try DevelopmentIdentityProvider(
            baseURL: provider,
            serviceProviders: [
                ServiceProvider(name: organization.name, entityID: addresses.audienceURI, acsURL: addresses.acsURL)
            ],
            logger: logger)
        _ = try await service.configureIdentityProvider(organization.id, metadata: identityProvider.metadata, by: caller)

        let front = try HTTPFront(
            ledger: service, options: FrontOptions(publicURL: base, port: own, appearance: appearance), logger: logger)
        let group = ServiceGroup(
            configuration: .init(
                services: [.init(service: front.application()), .init(service: identityProvider.application())],
                gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
        if check {
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                tasks.addTask { try await group.run() }
                let client = DemoClient(base: base, provider: provider, addresses: addresses)
                do {
                    try await client.waitUntilReady()
                    try await logInAtBothSides(client, service, organization.id)
                } catch {
                    await group.triggerGracefulShutdown()
                    throw error
                }
                await group.triggerGracefulShutdown()
                try await tasks.waitForAll()
            }
            return
        }
        Output.line(
            """
            Sign in at the service:            \(addresses.loginURL)
            Begin at the identity provider:    \(provider)/initiate
            The settings page, by setup link:  \(organization.setupURL ?? base)

            Choose a person, and look who is signed in at \(base)/session.
            At the identity provider, choose a misbehaviour (expired, altered after signing, replayed …) and see the refusal.
            The ledger: identity-ledger events --data \(directory)
                        identity-ledger verify --data \(directory)
                        identity-ledger replay reprove --data \(directory)
            Control-C ends it; the ledger stays, to be looked at and removed.
            """)
        try await group.run()
    }

    private func logInAtBothSides(_ client: DemoClient, _ service: IdentityLedger, _ organization: Identifier) async throws {
        let users = SampleUser.all
        let first = try await client.logInFromIdentityProvider(users[0].email)
        Output.line("signed in from the identity provider: \(first)")
        let second = try await client.logInFromService(users[1].email)
        Output.line("signed in from the service: \(second)")
        for event in try service.events(EventFilter(), page: .all, by: .commandLine()).items {
            Output.line("\(event["sequence"]?.integerValue ?? 0)\t\(event["type"]?.stringValue ?? "")")
        }
        let verification = try Verification(service)
        let reproof = try Reproof(service)
        Output.line("verify: \(verification.json.text)")
        Output.line("reprove: \(reproof.json.text)")
        guard verification.ok, reproof.same == 2, first == users[0].email, second == users[1].email else {
            Output.error("the demo's check does not hold", hint: nil)
            throw ExitStatus.doesNotHold
        }
    }

    private func temporaryDirectory() -> String {
        FileManager.default.temporaryDirectory.appendingPathComponent("identity-ledger-demo-\(UUID().uuidString)").path
    }

    private func freePort(from first: Int) throws -> Int {
        for port in first..<min(first + 200, 65536) where Self.isFree(port) { return port }
        throw ServiceError(code: "conflict", status: 409, detail: "No port from \(first) on is free.", remedy: "Name another with --port.")
    }

    // Whether a listener can have the port, asked by being one for a moment.
    private static func isFree(_ port: Int) -> Bool {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var reuse: Int32 = 1
        unsafe setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &reuse, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }
}

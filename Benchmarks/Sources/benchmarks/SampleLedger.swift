import CFloor
import Cryptography
import DevelopmentIdP
import Events
import Foundation
import IdentityLedger
import Ledger

/// A directory that is gone with the benchmark.
final class BenchmarkDirectory {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("identity-ledger-bench-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}

/// A ledger with organizations of one identity provider: forms to post, and real logins to make others like them.
final class SampleLedger: Sendable {
    /// One that people sign in to.
    struct Organization: Sendable {
        let id: Identifier
        let acsURL: String
        let audience: String
    }

    let service: IdentityLedger
    let organizations: [Organization]
    private let key: PrivateKey
    private let certificate: Certificate

    init(directory: String, organizations count: Int = 1) throws {
        let key = try PrivateKey.generate(.rsa(bits: 2048))
        let certificate = try key.selfSignedCertificate(commonName: "idp.example", notBefore: 1_577_836_800, notAfter: 4_102_444_800)
        let metadata = IdentityProviderDescriptor(
            entityID: "https://idp.example/metadata", singleSignOnURL: "https://idp.example/sso", certificates: [certificate]
        ).metadata
        (service, organizations) = try waiting {
            let service = try IdentityLedger.open(.init(directory: directory, create: true))
            try await service.setPublicURL("http://127.0.0.1:8080", by: .commandLine())
            var organizations: [Organization] = []
            for number in 1...count {
                let organization = try await service.createOrganization(name: "Example \(number)", by: .commandLine())
                _ = try await service.configureIdentityProvider(organization.id, metadata: metadata, by: .commandLine())
                guard let addresses = organization.addresses else { throw BenchmarkError("the organization has no addresses") }
                organizations.append(.init(id: organization.id, acsURL: addresses.acsURL, audience: addresses.audienceURI))
            }
            return (service, organizations)
        }
        self.key = key
        self.certificate = certificate
    }

    /// Where the forms are posted.
    var path: String { "/saml/acs?org=\(organizations[0].id)" }

    /// The organization that a user is of.
    func organization(of user: Int) -> Organization { organizations[user % organizations.count] }

    /// A form with a response, signed over the assertion.
    func form(user: Int) throws -> String {
        let response = String(decoding: try response(user), as: UTF8.self)
        return "SAMLResponse=\(response.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")"
    }

    /// A login's events, to be appended again as other logins.
    struct Login: Sendable {
        let events: [(event: Event, evidence: [UInt8]?)]
        /// Events and evidence.
        let bytes: Int
    }

    /// Signs people in twice each, and gives their second logins: those of known users.
    func logins(users: Int) throws -> [Login] {
        try (0..<users).map { user in
            for _ in 0..<2 {
                let response = try self.response(user)
                let (service, organization) = (service, organization(of: user).id)
                let answer = try waiting { await service.signOn(AssertionPost(organization: organization, response: response)) }
                guard case .signedIn = answer else { throw BenchmarkError("the login was refused: \(answer)") }
            }
            return try newest()
        }
    }

    // The last AssertionReceived and what it caused.
    private func newest() throws -> Login {
        let snapshot = try service.ledger.snapshot()
        var start = snapshot.head
        while start > 1 {
            if case .assertionReceived? = try snapshot.event(start)?.body { break }
            start -= 1
        }
        var events: [(event: Event, evidence: [UInt8]?)] = []
        var bytes = 0
        for sequence in start...snapshot.head {
            guard let event = try snapshot.event(sequence), let stored = try snapshot.eventBytes(sequence) else { continue }
            let evidence = try snapshot.evidence(sequence)
            events.append((event, evidence))
            bytes += stored.count + (evidence?.count ?? 0)
        }
        return Login(events: events, bytes: bytes)
    }

    /// Another login like that one, in a decision.
    static func append(_ login: Login, _ number: UInt64, in context: inout WriteContext) throws {
        // As hashes are: nothing says where the next one lies.
        let scattered = (number &+ 1) &* 0x9E37_79B9_7F4A_7C15
        let key = (scattered ^ scattered >> 29).bigEndianBytes + [UInt8](repeating: 0xA5, count: 16) + number.bigEndianBytes
        var received: UInt64 = 0
        for (event, evidence) in login.events {
            var event = event
            switch event.body {
            case .assertionReceived(var body):
                body.assertionID = "_a\(number)"
                event.body = .assertionReceived(body)
            case .sessionStarted(var body):
                body.session = Data(context.nextSequence.bigEndianBytes + key.prefix(24))
                event.body = .sessionStarted(body)
                event.causedBy = received
            default: break
            }
            let sequence = try context.append(event, evidence: evidence)
            if evidence != nil { received = sequence }
        }
    }

    struct Run {
        let seconds: Double
        /// Of waiting for a commit, in milliseconds.
        let p99: Double
        /// Microseconds of each login.
        let cpu: Double
    }

    /// So many logins by so many appenders, each waiting for its own.
    func append(_ logins: [Login], count: Int, appenders: Int) throws -> Run {
        let service = service
        let spent = floor_cpu_nanoseconds()
        let start = ContinuousClock.now
        let durations = try waiting {
            try await withThrowingTaskGroup(of: [Double].self) { group in
                for appender in 0..<appenders {
                    group.addTask {
                        var durations: [Double] = []
                        for index in 0..<(count / appenders) {
                            let number = UInt64(appenders) << 48 | UInt64(appender) << 32 | UInt64(index)
                            let begun = ContinuousClock.now
                            let login = logins[(appender + index) % logins.count]
                            _ = try await service.ledger.submit { context in try Self.append(login, number, in: &context) }
                            durations.append((ContinuousClock.now - begun) / .milliseconds(1))
                        }
                        return durations
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
        }.sorted()
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        return Run(
            seconds: seconds, p99: durations[durations.count * 99 / 100],
            cpu: Double(floor_cpu_nanoseconds() - spent) / 1000 / Double(count))
    }

    /// So many logins as fast as they can be had: a history to measure on.
    ///
    /// - Parameter first: The number of the first; none is used twice.
    func fill(_ logins: [Login], from first: Int = 0, count: Int) throws {
        let service = service
        guard count > 0 else { return }
        try waiting {
            for start in stride(from: first, to: first + count, by: 4096) {
                _ = try await service.ledger.submit { context in
                    for number in start..<min(start + 4096, first + count) {
                        try Self.append(logins[number % logins.count], UInt64(number), in: &context)
                    }
                }
            }
        }
    }

    private func response(_ number: Int) throws -> [UInt8] {
        let organization = organization(of: number)
        var builder = ResponseBuilder(
            issuer: "https://idp.example/metadata", destination: organization.acsURL, audience: organization.audience,
            nameID: "user\(number)@example.com",
            responseID: "_r\(UUID().uuidString)", assertionID: "_a\(UUID().uuidString)", issueInstant: Int64(Date().timeIntervalSince1970),
            key: key, certificate: certificate)
        builder.attributes = [.init("displayName", ["User \(number)"]), .init("groups", (0..<8).map { "group \($0)" })]
        return Array(try builder.base64().utf8)
    }
}

/// Runs asynchronous work from a plain function.
func waiting<Value: Sendable>(_ body: @escaping @Sendable () async throws -> Value) throws -> Value {
    let done = DispatchSemaphore(value: 0)
    nonisolated(unsafe) var result: Result<Value, any Error>?
    Task {
        do { result = .success(try await body()) } catch { result = .failure(error) }
        done.signal()
    }
    done.wait()
    guard let result else { throw BenchmarkError("nothing was answered") }
    return try result.get()
}

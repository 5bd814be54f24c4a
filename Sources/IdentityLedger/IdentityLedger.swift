import Cryptography
public import Events
import Identity
public import Ledger
import Projections
import Synchronization

/// Single sign-on as a ledger: the one shell that loads facts, judges, decides, appends and answers.
///
/// Everything here may be called from anywhere at once. What changes something returns after its events are on disk.
public final class IdentityLedger: Sendable {
    /// The ledger itself: snapshots, events, keys.
    public let ledger: Ledger

    let clock: @Sendable () -> Instant
    let makeServiceProviderKey: @Sendable () throws -> PrivateKey
    let secrets: ServiceSecrets
    let configurations: ConfigurationCache
    let dictionaries = EvidenceDictionaries()
    let directories = OrganizationCache<UserDirectory>(mostWeight: IdentityLedger.mostUsersKept) { $0.entries.count + 1 }
    let organizations = Mutex<OrganizationDirectory?>(nil)
    let tallies = OrganizationCache<LoginTally>(mostWeight: 10_000) { _ in 1 }
    let judgments: Admission
    let refusals: RefusalBound
    let codes: SignInCodes
    let readiness = Readiness()
    let judged = Mutex(Histogram.seconds)
    let operators = Mutex<Identifier?>(nil)

    private init(ledger: Ledger, options: Options) throws {
        self.ledger = ledger
        clock = options.clock
        makeServiceProviderKey = options.makeServiceProviderKey
        secrets = try ServiceSecrets(ledger.keyRing, create: !options.readOnly)
        configurations = ConfigurationCache(maximumCount: 1024)
        judgments = Admission(limit: options.judgmentsAtOnce)
        refusals = RefusalBound()
        codes = SignInCodes()
    }

    /// Opens the ledger of a directory, or makes one.
    public static func open(_ options: Options) throws(ServiceError) -> IdentityLedger {
        try answering {
            let ledger = try Ledger.open(options.ledger, projection: StateProjection())
            return try IdentityLedger(ledger: ledger, options: options)
        }
    }

    /// The clock's time.
    public var now: Instant { clock() }

    /// How many events there are.
    public func eventCount() throws(ServiceError) -> UInt64 { try answering { try ledger.head } }
}

/// Runs `body`; whatever it throws becomes a ``ServiceError``.
func answering<Value>(_ body: () throws -> Value) throws(ServiceError) -> Value {
    do { return try body() } catch { throw ServiceError(error) }
}

extension IdentityLedger {
    /// Has the writer decide; its events are on disk when this returns.
    ///
    /// - Parameter decide: Must be quick, and throw before it appends anything.
    func record<Value: Sendable>(
        _ decide: @escaping @Sendable (inout WriteContext) throws -> Value
    ) async throws(ServiceError) -> Value {
        try await recordEvents(decide).result
    }

    /// The same, with the events that it appended.
    func recordEvents<Value: Sendable>(
        _ decide: @escaping @Sendable (inout WriteContext) throws -> Value
    ) async throws(ServiceError) -> Submission<Value> {
        do { return try await ledger.submit(decide) } catch { throw ServiceError(error) }
    }
}

extension WriteContext {
    /// Appends each of these in its order.
    ///
    /// - Parameters:
    ///   - metadata: The document of a body that speaks of one, packed.
    ///   - origin: What they are taken from; nil: they happen here.
    mutating func append(
        _ bodies: [EventBody], organization: Identifier?, by caller: Caller, causedBy: UInt64 = 0, metadata: [UInt8]? = nil,
        origin: EventOrigin? = nil
    ) throws {
        for body in bodies {
            let event = Event(
                body, organization: organization, actor: caller.actor, correlation: caller.correlation,
                causedBy: causedBy, origin: origin)
            _ = try append(event, evidence: event.attachment == nil ? nil : metadata)
        }
    }
}

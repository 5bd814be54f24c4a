import Events
import Foundation
import IdentityLedger
import TestSupport

/// One life: steps from a seed, done by the real modules and by the model, and compared after each.
final class Life {
    let pool: KeyPool
    let world: World
    var model = Model()
    var random: Seeded
    private(set) var story: [String] = []
    var coverage = Coverage()
    private(set) var step = 0
    private(set) var counted = Invariants()
    var credentials: [Credential] = []
    private let steps: Int
    private let place: String
    let operate = Caller.commandLine()

    /// - Parameters:
    ///   - steps: nil: 20 to 100.
    ///   - directory: Where lives have their ledgers.
    init(seed: UInt64, steps: Int?, in directory: String, _ pool: KeyPool) throws {
        self.pool = pool
        random = Seeded(state: seed)
        self.steps = steps ?? Int.random(in: 20...100, using: &random)
        place = "\(directory)/\(seed)"
        try? FileManager.default.removeItem(atPath: place)
        world = try World(place, pool, random: Seeded(state: ~seed))
    }

    deinit { try? FileManager.default.removeItem(atPath: place) }

    /// Lives it, to the end or to the first property that doesn't hold.
    func run() async throws {
        try await perform("the public URL is set", Expectation(outcome: "ok", events: ["ServiceConfigured"])) {
            try await $0.setPublicURL(World.base, by: Caller.commandLine())
            return "ok"
        }
        try await createOrganization()
        while step < steps {
            try await takeStep()
            try checkSessions(atMost: 3)
            if chance(10) { try world.checkProjections() }
            if chance(4) { try checkState(of: pick(model.organizations.indices)) }
        }
        try checkEnd()
    }

    private func takeStep() async throws {
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<32: try await signOn()
        case 32..<37: try await sendAgain()
        case 37..<41: try await signOnAtOnce()
        case 41..<44: try await signOnInUsedBrowser()
        case 44..<48: try startLogin()
        case 48..<51: try await endSession()
        case 51..<58: try await takeConfigurationStep()
        case 58..<64: try await changePolicy()
        case 64..<78: try await takePeopleStep()
        case 78..<87: try await takeAccessStep()
        case 87..<90: try await takeUpkeepStep()
        case 90..<96: moveClock()
        default: try crash()
        }
    }

    // MARK: - What every step is made of

    /// Does a step and compares what came of it with what must come of it. Sometimes the disk is full the first time: then nothing happened.
    ///
    /// - Parameter action: Returns the outcome; a `ServiceError` is its code.
    func perform(
        _ line: String, _ expected: Expectation, _ action: (IdentityLedger) async throws -> String
    ) async throws {
        let outcome = try await outcome(action)
        try compare(line, expected, outcome)
    }

    /// The outcome, after a disk that was full the first time has room again.
    func outcome(_ action: (IdentityLedger) async throws -> String) async throws -> String {
        func attempt() async throws -> String {
            do { return try await action(world.service) } catch let error as ServiceError { return error.code }
        }
        if model.events > 8 && chance(16) {
            var outcome = ""
            try await world.withFullDisk(sparePages: Int.random(in: 0...2, using: &random)) { outcome = try await attempt() }
            guard outcome == "ledger_unavailable" else { return outcome }
            coverage.count("disk full")
            let head = try world.service.eventCount()
            guard head == model.events else {
                throw Broken("what was not acknowledged on a full disk is not there", "\(model.events) events", "\(head)")
            }
        }
        return try await attempt()
    }

    /// Compares, and takes the step into the story.
    ///
    /// - Parameter inOrder: False where several came at once, and nobody knows in which order.
    func compare(_ line: String, _ expected: Expectation, _ outcome: String, inOrder: Bool = true) throws {
        tell("\(line) → \(expected.outcome)")
        coverage.count(outcome: expected.outcome)
        guard outcome == expected.outcome else { throw Broken("the model's outcome", expected.outcome, outcome) }
        let events = try world.newEvents()
        model.events += UInt64(events.count)
        let names = events.compactMap { $0.body?.name }
        for name in names { coverage.count("event " + name) }
        let seen = names.filter { $0 != "SessionEnded" }
        guard inOrder ? seen == expected.events : seen.sorted() == expected.events.sorted() else {
            throw Broken("the model's events", expected.events.joined(separator: " "), seen.joined(separator: " "))
        }
        let ended = names.count - seen.count
        guard expected.sessionsEnded.contains(ended) else {
            throw Broken("the model's ended sessions", "\(expected.sessionsEnded)", "\(ended)")
        }
        guard !events.isEmpty else { return }
        model.recorded = max(model.recorded, world.now)
        for event in events {
            guard event.recordedAt == UInt64(model.recorded) * 1_000_000_000 else {
                throw Broken("recorded instants never go backwards", "\(model.recorded)", "\(event.recordedAt / 1_000_000_000)")
            }
            try counted.look(at: event)
        }
    }

    /// A line of the story, which is the same for the same seed.
    func tell(_ line: String) {
        step += 1
        story.append("\(step). \(line)")
    }

    // MARK: - Choosing

    func chance(_ outOf: Int) -> Bool { Int.random(in: 0..<outOf, using: &random) == 0 }

    func pick<Values: Collection>(_ values: Values) -> Values.Element {
        guard let value = values.randomElement(using: &random) else { preconditionFailure("there is something to choose from") }
        return value
    }

    /// An address out of few, so that people meet again; often one that the organization knows.
    func pickEmail(of organization: Int) -> String {
        let known = model.organizations[organization].users.filter { !$0.isErased }.map(\.email)
        if !known.isEmpty && chance(2) { return pick(known) }
        let email = pick(["ann", "bob", "cyd", "dee", "eve"]) + "@" + pick(["alpha.example", "alpha.example", "beta.example"])
        return chance(8) ? email.prefix(1).uppercased() + email.dropFirst() : email
    }

    private func moveClock() {
        let seconds = pick([1, 30, 60, 299, 900, 901, 3600, 28_800, 86_400, 15 * 86_400, 45 * 86_400, -1, -30, -900, -7200])
        world.now = max(KeyPool.start, world.now + Int64(seconds))
        tell("the clock goes \(seconds) s")
    }

    private func crash() throws {
        let copied = chance(2)
        tell(copied ? "a crash; a copy of the files is opened" : "a crash; the files are opened again")
        coverage.count("crash")
        try world.crash(copied: copied)
        for index in model.organizations.indices {
            model.organizations[index].refusals = (0, 0, 0)
            model.organizations[index].refused = []
        }
        try checkSessions(atMost: .max)
    }
}

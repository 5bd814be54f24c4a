import Events
import Identity
import Projections
import Testing

@Suite struct `Any order of commands` {
    @Test(arguments: 0..<40) func `keeps the invariants, and a replay gives the same bytes`(_ seed: UInt64) throws {
        var random = SplitMix(state: seed)
        var given = try Given()
        try given.happened(try decideAccount(name: "Second", id: .numbered(3), in: given.organization))
        for number: UInt8 in 10..<15 {
            try given.imported(
                number, role: [.member, .administrator, .owner].randomElement(using: &random) ?? .member)
        }
        for step in 0..<60 {
            try command(&given, &random, step)
            try checkInvariants(given)
        }
        try checkReplay(given, &random)
    }

    private func command(_ given: inout Given, _ random: inout SplitMix, _ step: Int) throws {
        let user = try given.user(UInt8.random(in: 10..<15, using: &random))
        let organization = try given.organization
        let id = user.identifier ?? .numbered(0)
        let sessions = try given.state.sessions(Given.organization, of: id)
        let account = [Given.account, .numbered(3)].randomElement(using: &random) ?? Given.account
        do throws(RuleError) {
            let events: [EventBody]
            switch Int.random(in: 0..<10, using: &random) {
            case 0: events = try decideConversion(of: [user], all: false, force: false, in: organization)
            case 1:
                events = try decideConversion(
                    of: [user], all: true, force: Bool.random(using: &random), in: organization)
            case 2: events = decideReversion(of: [user])
            case 3, 4:
                let others = try? given.state.otherOwners(Given.organization, of: user)[account]?.count
                events = try decideRole(
                    of: user, in: account, to: Role.allCases.randomElement(using: &random) ?? .none,
                    organization: organization,
                    by: .operator, otherOwners: others ?? 0)
            case 5:
                let alone = user.active && (try? given.state.otherOwners(Given.organization, of: user).values.contains([])) ?? false
                events = try decideActive(
                    of: user, Bool.random(using: &random), sessions: sessions, organization: organization,
                    by: .owner(of: Given.account, .numbered(3)), ownsAlone: alone)
            case 6:
                let session = UInt8.random(in: 1..<200, using: &random)
                events = user.active ? [.started(session: session, user: id.bytes[0])] : []
            case 7:
                events = Int.random(in: 0..<6, using: &random) == 0 ? decideErasure(of: user, sessions: sessions) : []
            case 8:
                events = decideConfiguration(Given.configuration("https://\(step % 3).example.com"), of: organization)
            default: events = ended(Array(sessions.prefix(1)), because: .logout)
            }
            do { try given.happened(events) } catch { Issue.record(error) }
        } catch {
            #expect([.lastOwner, .conversionUntested, .notFound].contains(error.code))
        }
    }

    private func checkInvariants(_ given: Given) throws {
        for user in try given.state.users(Given.organization) {
            let id = try #require(user.identifier)
            let sessions = try given.state.sessions(Given.organization, of: id)
            if !user.active { #expect(sessions.isEmpty) }
            if user.erased {
                #expect(!user.hasPersonal && user.addressHash.isEmpty)
            } else {
                #expect(
                    try given.state.user(Given.organization, addressHash: Array(user.addressHash))?.identifier == id)
            }
            #expect(user.roles.map(\.account.hexadecimal) == user.roles.map(\.account.hexadecimal).sorted())
        }
        #expect(try given.state.events(Given.organization) == given.events.map(\.sequence))
    }

    private func checkReplay(_ given: Given, _ random: inout SplitMix) throws {
        var replayed = MemoryState()
        var pieces = MemoryState(onlyState: true)
        for event in given.events {
            let stored = try Event(decoding: event.encoded())
            try replayed.fold(stored)
            if Bool.random(using: &random) { pieces = copied(pieces) }  // a copy goes on like the original
            try pieces.fold(stored)
        }
        #expect(try StateDigest.all(replayed) == StateDigest.all(given.state))
        #expect(try StateDump.text(pieces) == StateDump.text(given.state))
        #expect(try StateDump.text(given.state, organization: .numbered(200)).isEmpty)
    }

    private func copied(_ state: MemoryState) -> MemoryState { state }
}

/// Sebastiano Vigna's SplitMix64: the same seed gives the same commands.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

import Events
import IdentityLedger
import Testing

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

@Suite struct `Events that are worth a look` {
    @Test func `are an elevation within a day of a change of certificates, and none a day later or at the beginning`() {
        var story = Story()
        story.configured(certificates: [1])
        story.role(1, .administrator)
        #expect(story.kinds.isEmpty, "the first configuration begins the story")
        story.later(hours: 48)
        let change = story.configured(certificates: [1, 2])
        story.later(hours: 23)
        let elevation = story.role(2, .owner)
        #expect(story.found.map(\.sequences) == [[change, elevation]])
        #expect(story.found.first?.severity == .alarm && story.found.first?.user == .numbered(2))
        story.later(hours: 2)
        story.role(3, .administrator)
        story.role(1, .member, former: .administrator)
        #expect(story.kinds == [.elevationAfterProviderChange])
    }

    @Test func `are ten refusals in ten minutes, told once with their number, and not ten in an hour`() {
        var story = Story()
        for _ in 0..<12 {
            story.refused("expired")
            story.later(seconds: 300)
        }
        #expect(story.kinds.isEmpty)
        story.later(hours: 1)
        for _ in 0..<25 {
            story.refused("signature_invalid")
            story.later(seconds: 10)
        }
        #expect(story.kinds == [.refusalBurst])
        #expect(story.found.first?.count == 25 && story.found.first?.sequences.count == 10)
        #expect(story.found.first?.detail.contains("25 of them “signature_invalid”") == true)
        story.later(hours: 1)
        var summary = RefusalsSummarized()
        summary.count = 5000
        story.append(.refusalsSummarized(summary))
        #expect(story.found.map(\.count) == [25, 5000])
    }

    @Test func `are the first logins from another identity provider and certificate, and a test login is none`() {
        var story = Story()
        story.loggedIn(1, certificate: 1)
        story.loggedIn(1, certificate: 2, isTest: true)
        #expect(story.kinds.isEmpty)
        story.loggedIn(2, certificate: 2)
        #expect(story.kinds == [.newCertificate])
        story.loggedIn(2, certificate: 2, issuer: "https://other.example")
        story.loggedIn(2, certificate: 2, issuer: "https://other.example")
        #expect(story.kinds == [.newCertificate, .newIdentityProvider])
    }

    @Test func `are a person's own elevation before a change of the configuration`() {
        var story = Story()
        let raised = story.role(1, .owner, by: .user(.numbered(1)))
        let changed = story.append(.policyChanged(.init()), by: .user(.numbered(2)))
        #expect(story.kinds.isEmpty && changed > raised)
        let own = story.append(.policyChanged(.init()), by: .user(.numbered(1)))
        #expect(story.found.map(\.kind) == [.selfElevationThenConfiguration] && story.found.first?.sequences == [raised, own])
    }

    @Test func `are logins with SHA-1, told once a day's run, and one who comes back after 90 days`() {
        var story = Story()
        for _ in 0..<3 { story.loggedIn(1, usesSHA1: true) }
        #expect(story.found.map(\.count) == [3] && story.kinds == [.sha1])
        story.later(hours: 24 * 91)
        story.loggedIn(1)
        story.loggedIn(1)
        #expect(story.kinds == [.sha1, .longUnseen])
    }

    @Test func `are setup links that are used late, or configured from twice`() {
        var story = Story()
        story.linkIssued(7)
        story.later(hours: 24 * 4)
        story.linkUsed(7)
        story.configured(certificates: [1], by: .setupLink(.numbered(7)))
        story.configured(certificates: [1], by: .setupLink(.numbered(7)))
        story.configured(certificates: [1], by: .setupLink(.numbered(7)))
        #expect(story.kinds == [.setupLinkUsedLate, .setupLinkConfiguredTwice])
        #expect(story.found.first?.detail == "A setup link was used 4 days after it was issued.")
    }

    @Test func `are certificates that alternate, administrators by mapping, and an erasure after an elevation`() {
        var story = Story()
        for certificate in [1, 2, 1, 2, 1, 2] as [UInt8] { story.loggedIn(1, certificate: certificate) }
        #expect(story.kinds == [.newCertificate, .alternatingCertificates])
        story.role(2, .administrator, by: .identityProvider)
        story.later(hours: 24)
        var erased = UserErased()
        erased.user = Identifier.numbered(2).data
        story.append(.userErased(erased))
        #expect(story.kinds.suffix(2) == [.administratorByMapping, .erasedAfterElevation])
    }

    @Test(arguments: 0..<50 as Range<UInt64>)
    func `are bursts of ten at least, that share no refusal, whatever comes when`(_ seed: UInt64) {
        var story = Story()
        var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
        var refused: UInt64 = 0
        for _ in 0..<200 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            story.later(seconds: state >> 33 % (seed.isMultiple(of: 2) ? 200 : 900))
            story.refused("expired")
            refused += 1
        }
        let bursts = story.found
        #expect(bursts.allSatisfy { $0.kind == .refusalBurst && $0.count >= 10 && $0.sequences.count == 10 }, "seed \(seed)")
        #expect(bursts.reduce(0) { $0 + $1.count } <= refused)
        #expect(zip(bursts, bursts.dropFirst()).allSatisfy { $0.last < $1.sequences[0] })
        #expect(bursts.allSatisfy { $0.last - $0.sequences[0] + 1 == $0.count })
    }

    @Test func `are counted where they are too many to be told, and slight ones hide no grave one`() {
        var story = Story()
        story.configured(certificates: [1])
        // Everybody comes back after a hundred days, again and again.
        for user in 0..<200 as Range<UInt8> { story.loggedIn(user) }
        for _ in 0..<51 {
            story.later(hours: 2400)
            for user in 0..<200 as Range<UInt8> { story.loggedIn(user) }
        }
        story.configured(certificates: [1, 2])
        story.role(2, .owner)
        let found = story.found
        #expect(found.count { $0.kind == .longUnseen } == 10_000)
        #expect(found.suffix(2).map(\.kind) == [.elevationAfterProviderChange, .leftOut])
        #expect(found.last?.count == 200)
    }

    @Test func `are told of a period with what came before it in mind`() {
        var story = Story()
        story.loggedIn(1, certificate: 1)
        let first = story.loggedIn(1, certificate: 2)
        #expect(story.found(since: first).map(\.kind) == [.newCertificate])
        #expect(story.found(since: first + 1).isEmpty)
    }
}

/// One organization's events, as the ledger would record them.
private struct Story {
    private var events: [Event] = []
    private var seconds: UInt64 = 1_795_600_000

    var found: [Anomaly] { found(since: 1) }
    var kinds: [Anomaly.Kind] { found.map(\.kind) }

    func found(since first: UInt64) -> [Anomaly] {
        var watch = AnomalyWatch(since: first)
        for event in events { watch.take(event) }
        return watch.anomalies
    }

    mutating func later(hours: UInt64 = 0, seconds more: UInt64 = 0) { seconds += hours * 3600 + more }

    @discardableResult
    mutating func append(_ body: EventBody, by actor: Actor = .commandLine) -> UInt64 {
        var event = Event(body, organization: .numbered(1), actor: actor, correlation: .numbered(9))
        event.sequence = UInt64(events.count + 1)
        event.recordedAt = seconds * 1_000_000_000
        events.append(event)
        return event.sequence
    }

    @discardableResult
    mutating func configured(certificates: [UInt8], by actor: Actor = .commandLine) -> UInt64 {
        var configured = IdentityProviderConfigured()
        configured.entityID = "https://idp.example"
        configured.signingCertificates = certificates.map { Data([$0]) }
        return append(.identityProviderConfigured(configured), by: actor)
    }

    @discardableResult
    mutating func role(_ user: UInt8, _ role: Role, former: Role = .member, by actor: Actor = .commandLine) -> UInt64 {
        var changed = RoleChanged()
        changed.user = Identifier.numbered(user).data
        changed.role = role
        changed.former = former
        return append(.roleChanged(changed), by: actor)
    }

    mutating func refused(_ code: String) {
        var received = AssertionReceived()
        received.code = code
        append(.assertionReceived(received), by: .anonymous)
    }

    @discardableResult
    mutating func loggedIn(
        _ user: UInt8, certificate: UInt8 = 1, issuer: String = "https://idp.example", isTest: Bool = false, usesSHA1: Bool = false
    ) -> UInt64 {
        var received = AssertionReceived()
        received.accepted = true
        received.user = Identifier.numbered(user).data
        received.issuer = issuer
        received.certificateSha256 = Data([certificate])
        received.facts.test = isTest
        received.usedSha1 = usesSHA1
        return append(.assertionReceived(received), by: .identityProvider)
    }

    mutating func linkIssued(_ link: UInt8) {
        var issued = SetupLinkIssued()
        issued.link = Identifier.numbered(link).data
        append(.setupLinkIssued(issued))
    }

    mutating func linkUsed(_ link: UInt8) {
        var used = SetupLinkUsed()
        used.link = Identifier.numbered(link).data
        append(.setupLinkUsed(used), by: .setupLink(.numbered(link)))
    }
}

extension Identifier {
    /// Sixteen times the same byte.
    fileprivate static func numbered(_ number: UInt8) -> Identifier {
        guard let identifier = Identifier(bytes: [UInt8](repeating: number, count: 16)) else {
            preconditionFailure("16 bytes make an identifier")
        }
        return identifier
    }
}

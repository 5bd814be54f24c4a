public import Events

/// Looks at one organization's events for what is worth a look. Pure: events come in order, each once; what is kept grows with the number
/// of people, and never with that of logins.
public struct AnomalyWatch: Sendable {
    private static let day: Int64 = 86400
    private static let mostFound = 10_000

    private let first: UInt64
    private var found: [Anomaly] = []

    private struct Moment: Sendable {
        let sequence: UInt64
        let at: Instant
    }

    private struct Person {
        var lastLogin: Instant?
        var elevated: Moment?
        var selfElevated: Moment?
        // The newest certificates of this person's logins, the newest last; a change back and forth is A B A B.
        var certificates: [(certificate: String, sequence: UInt64)] = []
        var alternates = false
    }

    private struct Link {
        let issued: Moment
        var configured: [UInt64] = []
    }

    private var configuration: IdentityProviderConfigured?
    private var providerChange: (moment: Moment, what: String, severity: Anomaly.Severity)?
    private var people: [Identifier: Person] = [:]
    private var links: [Identifier: Link] = [:]
    private var providers: Set<String> = []
    private var certificates: Set<String> = []
    private var refusals = RefusalRun()
    private var sha1: (sequences: [UInt64], count: UInt64, last: Moment)?

    /// - Parameter first: What an earlier event completed is not told; it is only looked at.
    public init(since first: UInt64 = 1) { self.first = first }

    /// Takes the organization's next event.
    public mutating func take(_ event: Event) {
        let moment = Moment(sequence: event.sequence, at: event.recordedInstant)
        switch event.body {
        case .assertionReceived(let received): if !received.facts.test { take(received, moment) }
        case .refusalsSummarized(let summarized):
            tell(refusals.take(event.sequence, at: event.recordedAt, code: "", count: summarized.count))
        case .identityProviderConfigured(let configured):
            change(to: configured, moment)
            changeConfiguration(event.actor, moment)
            noteLink(event.actor, moment)
        case .identityProviderRefreshed(let refreshed): if !refreshed.held { change(to: refreshed.configuration, moment) }
        case .policyChanged, .domainVerified, .domainRemoved, .serviceProviderKeyAdded, .serviceProviderKeyRetired, .accountAdded:
            changeConfiguration(event.actor, moment)
        case .userImported(let imported):
            if Self.elevates(imported.roles) { elevate(imported.user, event.actor, moment) }
        case .userProvisioned(let provisioned):
            if let user = Identifier(bytes: provisioned.user) { people[user, default: Person()].lastLogin = moment.at }
        case .roleChanged(let changed):
            guard changed.role.rawValue > changed.former.rawValue, changed.role.rawValue >= Role.administrator.rawValue else { return }
            elevate(changed.user, event.actor, moment)
        case .userErased(let erased): erase(erased.user, moment)
        case .setupLinkIssued(let issued): if let id = Identifier(bytes: issued.link) { links[id] = Link(issued: moment) }
        case .setupLinkUsed(let used): use(used.link, moment)
        default: break
        }
    }

    /// What was noticed, and what was going on when the last event came; in the order of the events that completed it.
    public var anomalies: [Anomaly] {
        var whole = self
        whole.tell(whole.refusals.finish())
        whole.endSHA1()
        return whole.found.sorted { $0.last < $1.last }
    }

    private mutating func tell(_ anomaly: Anomaly?) {
        if let anomaly, anomaly.last >= first, found.count < Self.mostFound { found.append(anomaly) }
    }

    private static func isWithin(_ days: Int64, _ earlier: Instant, _ later: Instant) -> Bool {
        later <= earlier.adding(seconds: days * day)
    }

    // MARK: - The identity provider and the configuration

    private mutating func change(to next: IdentityProviderConfigured, _ moment: Moment) {
        defer { configuration = next }
        guard let former = configuration else { return }  // the first one begins the story
        if former.entityID != next.entityID {
            providerChange = (moment, "The identity provider was replaced by another one", .alarm)
        } else if Set(former.signingCertificates) != Set(next.signingCertificates) {
            providerChange = (moment, "The identity provider's certificates were changed", .alarm)
        } else {
            providerChange = (moment, "The identity provider was configured again", .warning)
        }
    }

    private mutating func changeConfiguration(_ actor: Actor, _ moment: Moment) {
        guard actor.kind == .user, let user = Identifier(bytes: actor.id), let elevated = people[user]?.selfElevated,
            Self.isWithin(1, elevated.at, moment.at)
        else { return }
        tell(
            Anomaly(
                .selfElevationThenConfiguration, .alarm, [elevated.sequence, moment.sequence], at: moment.at, user: user,
                "Somebody raised their own role, and then changed the configuration."))
    }

    private mutating func noteLink(_ actor: Actor, _ moment: Moment) {
        guard actor.kind == .setupLink, let id = Identifier(bytes: actor.id), var link = links[id] else { return }
        link.configured.append(moment.sequence)
        if link.configured.count == 2 {
            tell(
                Anomaly(
                    .setupLinkConfiguredTwice, .notice, link.configured, at: moment.at,
                    "From one setup link the identity provider was configured more than once."))
        }
        link.configured = Array(link.configured.prefix(2))
        links[id] = link
    }

    private mutating func use(_ link: some Collection<UInt8>, _ moment: Moment) {
        guard let issued = Identifier(bytes: link).flatMap({ links[$0]?.issued }), !Self.isWithin(3, issued.at, moment.at) else { return }
        let days = (moment.at.nanoseconds - issued.at.nanoseconds) / 86_400_000_000_000
        tell(
            Anomaly(
                .setupLinkUsedLate, .notice, [issued.sequence, moment.sequence], at: moment.at,
                "A setup link was used \(days) days after it was issued."))
    }

    // MARK: - People

    private static func elevates(_ roles: [AccountRole]) -> Bool { roles.contains { $0.role.rawValue >= Role.administrator.rawValue } }

    private mutating func elevate(_ user: some Collection<UInt8>, _ actor: Actor, _ moment: Moment) {
        guard let user = Identifier(bytes: user) else { return }
        people[user, default: Person()].elevated = moment
        if actor.kind == .user, Identifier(bytes: actor.id) == user { people[user]?.selfElevated = moment }
        if actor.kind == .identityProvider {
            tell(
                Anomaly(
                    .administratorByMapping, .notice, [moment.sequence], at: moment.at, user: user,
                    "A login's attributes made somebody administrator, by the policy's role mapping."))
        }
        if let change = providerChange, Self.isWithin(1, change.moment.at, moment.at) {
            tell(
                Anomaly(
                    .elevationAfterProviderChange, change.severity, [change.moment.sequence, moment.sequence], at: moment.at, user: user,
                    "\(change.what), and within a day somebody was made administrator or owner."))
        }
    }

    private mutating func erase(_ user: some Collection<UInt8>, _ moment: Moment) {
        guard let user = Identifier(bytes: user) else { return }
        if let elevated = people[user]?.elevated, Self.isWithin(7, elevated.at, moment.at) {
            tell(
                Anomaly(
                    .erasedAfterElevation, .warning, [elevated.sequence, moment.sequence], at: moment.at, user: user,
                    "Somebody was erased within a week of being made administrator or owner."))
        }
        people[user] = nil
    }

    // MARK: - Logins

    private mutating func take(_ received: AssertionReceived, _ moment: Moment) {
        guard received.accepted else {
            return tell(refusals.take(moment.sequence, at: moment.at.nanoseconds, code: received.code))
        }
        let certificate = received.certificateSha256.hexadecimal
        if providers.insert(received.issuer).inserted, providers.count > 1 {
            tell(
                Anomaly(
                    .newIdentityProvider, .warning, [moment.sequence], at: moment.at,
                    "The first login from the identity provider “\(received.issuer)”."))
        }
        if certificates.insert(certificate).inserted, certificates.count > 1 {
            tell(
                Anomaly(
                    .newCertificate, .notice, [moment.sequence], at: moment.at,
                    "The first login that the certificate \(certificate.prefix(16))… signed."))
        }
        noteSHA1(received.usedSha1, moment)
        guard let user = Identifier(bytes: received.user) else { return }
        noteLogin(of: user, certificate, moment)
    }

    private mutating func noteLogin(of user: Identifier, _ certificate: String, _ moment: Moment) {
        var person = people[user] ?? Person()
        if let last = person.lastLogin, last.adding(seconds: 90 * Self.day) <= moment.at {
            let days = (moment.at.nanoseconds - last.nanoseconds) / 86_400_000_000_000
            tell(
                Anomaly(
                    .longUnseen, .notice, [moment.sequence], at: moment.at, user: user, "Somebody signed in again after \(days) days."))
        }
        person.lastLogin = moment.at
        if person.certificates.last?.certificate != certificate {
            person.certificates = person.certificates.suffix(3) + [(certificate, moment.sequence)]
            let last = person.certificates
            if !person.alternates, last.count == 4, last[0].certificate == last[2].certificate, last[1].certificate == last[3].certificate {
                person.alternates = true
                tell(
                    Anomaly(
                        .alternatingCertificates, .notice, last.map(\.sequence), at: moment.at, user: user,
                        "One person's logins come alternately with two certificates."))
            }
        }
        people[user] = person
    }

    // SHA-1 is told once for logins that follow each other within a day.
    private mutating func noteSHA1(_ used: Bool, _ moment: Moment) {
        if let run = sha1, !Self.isWithin(1, run.last.at, moment.at) { endSHA1() }
        guard used else { return }
        var run = sha1 ?? ([], 0, moment)
        if run.sequences.count < 10 { run.sequences.append(moment.sequence) }
        run.count += 1
        run.last = moment
        sha1 = run
    }

    private mutating func endSHA1() {
        guard let run = sha1 else { return }
        sha1 = nil
        let logins = run.count == 1 ? "An accepted login rests" : "\(run.count) accepted logins rest"
        tell(
            Anomaly(
                .sha1, .warning, run.sequences, count: run.count, last: run.last.sequence, at: run.last.at,
                "\(logins) on SHA-1, which the policy allows for a time."))
    }
}

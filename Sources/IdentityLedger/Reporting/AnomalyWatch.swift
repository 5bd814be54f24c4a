public import Events

/// Looks at one organization's events for what is worth a look. Pure: events come in order, each once; what is kept grows with the number
/// of people, and never with that of logins.
public struct AnomalyWatch: Sendable {
    // Of each severity, so that what is slight never hides what is grave.
    private static let mostFound = 10_000

    private let first: UInt64
    private var found: [Anomaly.Severity: [Anomaly]] = [:]
    private var leftOut: (count: UInt64, last: Moment)?

    private struct Moment: Sendable {
        let sequence: UInt64
        let at: Instant
    }

    private struct Person {
        var elevated: Moment?
        var selfElevated: Moment?
    }

    private struct Link {
        let issued: Moment
        var configured: [UInt64] = []
    }

    private var configuration: IdentityProviderConfigured?
    private var providerChange: (moment: Moment, what: String, severity: Anomaly.Severity)?
    private var people: [Identifier: Person] = [:]
    private var links: [Identifier: Link] = [:]
    private var logins = LoginWatch()

    /// - Parameter first: What an earlier event completed is not told; it is only looked at.
    public init(since first: UInt64 = 1) { self.first = first }

    /// Takes the organization's next event.
    public mutating func take(_ event: Event) {
        let moment = Moment(sequence: event.sequence, at: event.recordedInstant)
        switch event.body {
        case .assertionReceived(let received): logins.take(received, event.sequence, moment.at).forEach { tell($0) }
        case .refusalsSummarized(let summarized): tell(logins.take(summarized, event.sequence, moment.at))
        case .identityProviderConfigured(let configured):
            change(to: configured, moment)
            changeConfiguration(event.actor, moment)
            noteLink(event.actor, moment)
        case .identityProviderRefreshed(let refreshed): if !refreshed.held { change(to: refreshed.configuration, moment) }
        case .policyChanged, .domainVerified, .domainRemoved, .serviceProviderKeyAdded, .serviceProviderKeyRetired, .accountAdded:
            changeConfiguration(event.actor, moment)
        case .userImported(let imported):
            if Self.elevates(imported.roles) { elevate(imported.user, event.actor, moment) }
        case .roleChanged(let changed):
            guard changed.role.rawValue > changed.former.rawValue, changed.role.rawValue >= Role.administrator.rawValue else { return }
            elevate(changed.user, event.actor, moment)
        case .userErased(let erased): erase(erased.user, moment)
        case .setupLinkIssued(let issued): if let id = Identifier(bytes: issued.link) { links[id] = Link(issued: moment) }
        case .setupLinkUsed(let used): use(used.link, moment)
        case .serviceConfigured, .organizationCreated, .organizationRenamed, .metadataRefreshFailed, .certificateEndNoticed,
            .evidenceExpired,
            .userProvisioned, .userProfileChanged, .userEmailChanged, .userConverted, .userConversionReverted, .userDeactivated,
            .userReactivated, .sessionStarted, .sessionEnded, .setupLinkRevoked, .tokenIssued, .tokenRevoked, nil:
            break
        }
    }

    /// What was noticed, and what was going on when the last event came; in the order of the events that completed it.
    public var anomalies: [Anomaly] {
        var whole = self
        whole.logins.finish().forEach { whole.tell($0) }
        var told = whole.found.values.joined().sorted { ($0.last, $0.kind.rawValue) < ($1.last, $1.kind.rawValue) }
        if let (count, last) = whole.leftOut {
            told.append(
                Anomaly(
                    .leftOut, .warning, [last.sequence], count: count, at: last.at,
                    "\(count) more things were noticed than are told: ask for a shorter period."))
        }
        return told
    }

    private mutating func tell(_ anomaly: Anomaly?) {
        guard let anomaly, anomaly.last >= first else { return }
        guard found[anomaly.severity, default: []].count < Self.mostFound else {
            leftOut = ((leftOut?.count ?? 0) + 1, Moment(sequence: anomaly.last, at: anomaly.recordedAt))
            return
        }
        found[anomaly.severity, default: []].append(anomaly)
    }

    private static func isWithin(_ days: Int64, _ earlier: Instant, _ later: Instant) -> Bool {
        later <= earlier.adding(seconds: days * 86400)
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
}

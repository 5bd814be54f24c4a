public import Events
import Identity
public import Ledger
public import Projections

extension IdentityLedger {
    /// The sequence of the last event at a moment.
    ///
    /// - Throws: `invalid_request` for what is yet to come.
    func sequence(at moment: Moment, in snapshot: Snapshot) throws -> UInt64 {
        switch moment {
        case .sequence(let sequence):
            guard sequence <= snapshot.head else {
                throw RuleError(
                    .invalidRequest, "The ledger has \(snapshot.head) events; there is none of sequence \(sequence).")
            }
            return sequence
        case .instant(let instant):
            // Instants never go backwards, so half of what is left can be left out each time.
            var (low, high) = (UInt64(0), snapshot.head)
            while low < high {
                let middle = low + (high - low + 1) / 2
                guard let event = try snapshot.event(middle) else { break }
                if event.recordedInstant <= instant { low = middle } else { high = middle - 1 }
            }
            return low
        }
    }

    /// An organization as it was, from the events that changed its row; nil: it was not there yet.
    func organization(_ id: Identifier, through last: UInt64, in snapshot: Snapshot) throws -> Organization? {
        var organization: Organization?
        for sequence in try snapshot.eventsThatChanged(id) {
            guard sequence <= last else { break }
            guard let event = try snapshot.event(sequence) else { continue }
            organization = organization ?? Organization()
            organization?.evolve(event)
        }
        return organization
    }

    /// A user as they were, from the events about them; nil: they were not there yet.
    func user(_ id: Identifier, of organization: Identifier, through last: UInt64, in snapshot: Snapshot) throws -> User? {
        var user: User?
        for sequence in try snapshot.events(organization, about: id) {
            guard sequence <= last else { break }
            guard let event = try snapshot.event(sequence), let body = event.body else { continue }
            // A login that provisions comes before the event that makes the user.
            switch body {
            case .userImported, .userProvisioned: user = user ?? User()
            default: break
            }
            user?.evolve(event)
        }
        return user
    }

    /// The whole state as it was.
    ///
    /// - Throws: `invalid_request` for what is yet to come.
    public func state(at moment: Moment, onAllProcessors: Bool = false) throws(ServiceError) -> MemoryState {
        try answering {
            let snapshot = try ledger.snapshot()
            let last = try sequence(at: moment, in: snapshot)
            var state = MemoryState(onlyState: true)
            guard last > 0 else { return state }
            try snapshot.forEachDecodedEvent(through: last, onAllProcessors: onAllProcessors) { _, _, event in
                try state.fold(try event.get())
                return true
            }
            return state
        }
    }
}

/// Which events are asked for.
public struct EventFilter: Sendable {
    /// nil: every one that the caller may see.
    public var organization: Identifier?
    /// From this sequence on.
    public var from: UInt64
    /// An event's name; nil: all.
    public var type: String?
    /// Only those about this user, of ``organization``: an ID or an address.
    public var user: String?

    /// A filter.
    public init(organization: Identifier? = nil, from: UInt64 = 1, type: String? = nil, user: String? = nil) {
        self.organization = organization
        self.from = from
        self.type = type
        self.user = user
    }
}

extension IdentityLedger {
    /// Events in their order, in the contract's shape. The cursor is a sequence.
    public func events(
        _ filter: EventFilter = EventFilter(), page: PageRequest = PageRequest(), by caller: Caller
    ) throws(ServiceError) -> ListView<JSON> {
        try answering {
            let snapshot = try ledger.snapshot()
            if let organization = filter.organization {
                try caller.authority.check(.read, try snapshot.organization(organization))
            } else {
                try caller.authority.check(.read)
            }
            if let type = filter.type, !EventBody.names.contains(type) {
                throw RuleError(.invalidRequest, "There is no event named “\(type)”.")
            }
            let start = max(1, filter.from, try Self.cursor(page))
            var items: [JSON] = []
            var next: UInt64?
            try scan(filter, from: start, in: snapshot) { sequence in
                guard let event = try snapshot.event(sequence) else { return false }
                if let type = filter.type, event.body?.name != type { return true }
                guard items.count < page.limit else {
                    next = sequence
                    return false
                }
                items.append(try json(event, in: snapshot))
                return true
            }
            return ListView(items: items, next: next.map(String.init))
        }
    }

    /// One event in the contract's shape; nil: there is none of that sequence.
    public func event(_ sequence: UInt64, by caller: Caller) throws(ServiceError) -> JSON? {
        try answering {
            let snapshot = try ledger.snapshot()
            guard let event = try snapshot.event(sequence) else { return nil }
            if let organization = event.organizationID {
                try caller.authority.check(.read, try snapshot.organization(organization))
            } else {
                try caller.authority.check(.read)
            }
            return try json(event, in: snapshot)
        }
    }

    private func json(_ event: Event, in snapshot: Snapshot) throws -> JSON {
        let organization = event.organizationID
        let leafHash = try snapshot.leafHash(event.sequence)
        return event.json(leafHash: leafHash) { sealed in
            organization.flatMap { try? ledger.keyRing.personalData(sealed, $0) }
        }
    }

    private func scan(
        _ filter: EventFilter, from start: UInt64, in snapshot: Snapshot, _ body: (UInt64) throws -> Bool
    ) throws {
        guard let organization = filter.organization else {
            guard filter.user == nil else {
                throw RuleError(.invalidRequest, "Events about a user are asked for within an organization.")
            }
            var sequence = start
            while sequence <= snapshot.head, try body(sequence) { sequence += 1 }
            return
        }
        var user: Identifier?
        if let text = filter.user {
            guard let found = try self.user(text, organization, in: snapshot)?.identifier else { return }
            user = found
        }
        // In pieces, so that a long history isn't collected at once.
        var from = start
        while true {
            let piece =
                if let user {
                    try snapshot.events(organization, about: user, from: from, limit: 1000)
                } else {
                    try snapshot.events(organization, from: from, limit: 1000)
                }
            for sequence in piece {
                guard try body(sequence) else { return }
            }
            guard piece.count == 1000, let last = piece.last else { return }
            from = last + 1
        }
    }

    static func cursor(_ page: PageRequest) throws -> UInt64 {
        guard let text = page.cursor else { return 0 }
        guard let sequence = UInt64(text), sequence <= Int64.max else {
            throw RuleError(.invalidRequest, "This cursor is none that a page gave.", remedy: "Start without one.")
        }
        return sequence
    }

    /// A user by ID or address; nil: none.
    func user(_ text: String, _ organization: Identifier, in snapshot: Snapshot) throws -> User? {
        if let id = Identifier(text) { return try snapshot.user(organization, id) }
        guard let email = EmailAddress(text) else { return nil }
        return try snapshot.user(organization, addressHash: try secrets.addressHash(email, organization))
    }

    /// The ID of the organization's user of this ID or address.
    public func userID(_ text: String, of organization: Identifier?, in snapshot: Snapshot) throws(ServiceError) -> Identifier {
        try answering {
            guard let organization, let user = try user(text, organization, in: snapshot)?.identifier else { throw Authority.userUnknown }
            return user
        }
    }
}

extension IdentityLedger {
    /// Login history: every assertion, accepted or refused, with its reason, in the order of the ledger.
    ///
    /// - Parameters:
    ///   - user: A user's ID or an e-mail address; an address that is no user's finds refusals that named it.
    ///   - since: Only those recorded from then on.
    public func logins(
        _ organization: Identifier, user: String? = nil, since: Instant? = nil, page: PageRequest = PageRequest(),
        by caller: Caller
    ) throws(ServiceError) -> ListView<LoginView> {
        try answering {
            let snapshot = try ledger.snapshot()
            try caller.authority.check(.read, try snapshot.organization(organization))
            let wanted = try user.map { try self.user($0, organization, in: snapshot)?.identifier }
            let address = user.flatMap { EmailAddress($0)?.normalized }
            var from = max(1, try Self.cursor(page))
            if let since { from = max(from, try firstSequence(since: since, in: snapshot)) }
            var items: [LoginView] = []
            while true {
                let piece = try snapshot.logins(organization, from: from, limit: 1000)
                for sequence in piece {
                    guard let login = try login(sequence, in: snapshot) else { continue }
                    if user != nil {
                        let isUser = login.user != nil && login.user == (wanted ?? nil)
                        let isAddress = address != nil && login.email.flatMap { EmailAddress($0)?.normalized } == address
                        guard isUser || isAddress else { continue }
                    }
                    guard items.count < page.limit else { return ListView(items: items, next: String(sequence)) }
                    items.append(login)
                }
                guard piece.count == 1000, let last = piece.last else { return ListView(items: items) }
                from = last + 1
            }
        }
    }

    /// The first event that was recorded at an instant or after it; one beyond the last, where there is none.
    public func firstSequence(since instant: Instant, in snapshot: Snapshot) throws(ServiceError) -> UInt64 {
        guard instant.nanoseconds > 0 else { return 1 }
        return try answering { try sequence(at: .instant(Instant(nanoseconds: instant.nanoseconds - 1)), in: snapshot) + 1 }
    }

    /// The newest logins, the newest first.
    public func newestLogins(
        _ organization: Identifier, limit: Int = 20, by caller: Caller
    ) throws(ServiceError) -> [LoginView] {
        try answering {
            let snapshot = try ledger.snapshot()
            try caller.authority.check(.read, try snapshot.organization(organization))
            return try snapshot.newestLogins(organization, limit: limit).compactMap {
                try login($0, in: snapshot)
            }
        }
    }

    private func login(_ sequence: UInt64, in snapshot: Snapshot) throws -> LoginView? {
        try snapshot.event(sequence).flatMap { try loginView($0) }
    }

    /// A login as the history shows it, for whoever has its event; nil: it is none.
    public func loginView(_ event: Event) throws(ServiceError) -> LoginView? {
        try answering {
            guard case .assertionReceived(let received) = event.body, let organization = event.organizationID else { return nil }
            let personal = received.hasPersonal ? try ledger.keyRing.personalData(received.personal, organization) : nil
            return LoginView(event, received, personal)
        }
    }
}

import Events

/// What a browser carries between a login's start and its answer, sealed (C41): which request it made, for whom, and where it wants to go.
struct RequestCookie: Sendable, Hashable {
    static let lifetimeSeconds = 900
    static let maximumCount = 5
    static let maximumBytes = 3500

    let requestID: String
    let organization: Identifier
    let startedAt: Instant
    /// What travels as RelayState: an opaque key (C44).
    let relayKey: String
    /// What the application asked for; nil: nothing.
    let relayState: String?
    /// Whether it only tests the connection.
    let isTest: Bool

    func sealed(by sealer: CookieSealer) -> String? {
        let json: JSON = [
            "r": .string(requestID), "o": .string(organization.description), "t": JSON(startedAt.nanoseconds),
            "k": .string(relayKey), "s": JSON(relayState), "x": .bool(isTest),
        ]
        return sealer.seal(json.encoded(), purpose: "request")
    }

    /// nil for what we didn't seal, and for what is older than 15 minutes.
    init?(sealed: String, by sealer: CookieSealer, now: Instant) {
        guard let bytes = sealer.open(sealed, purpose: "request"), let json = try? JSON(parsing: bytes),
            let requestID = json["r"]?.stringValue,
            let organization = json["o"]?.stringValue.flatMap({ Identifier($0) }),
            let time = json["t"]?.integerValue, let relayKey = json["k"]?.stringValue
        else { return nil }
        startedAt = Instant(nanoseconds: UInt64(clamping: time))
        guard startedAt.adding(seconds: Int64(Self.lifetimeSeconds)) > now else { return nil }
        self.requestID = requestID
        self.organization = organization
        self.relayKey = relayKey
        relayState = json["s"]?.stringValue
        isTest = json["x"]?.boolValue ?? false
    }

    init(
        requestID: String, organization: Identifier, startedAt: Instant, relayKey: String, relayState: String?,
        isTest: Bool
    ) {
        self.requestID = requestID
        self.organization = organization
        self.startedAt = startedAt
        self.relayKey = relayKey
        self.relayState = relayState
        self.isTest = isTest
    }

    /// The cookie's name: one per request.
    func name(_ names: CookieNames, _ sealer: CookieSealer) -> String {
        names.requestPrefix + sealer.digest(requestID, purpose: "cookie name").prefix(8)
    }
}

/// The request cookies that a browser sent.
struct RequestCookieJar: Sendable {
    struct Kept: Sendable {
        let name: String
        let size: Int
        let cookie: RequestCookie
    }

    let kept: [Kept]
    /// Cookies of ours that no longer say anything.
    let stale: [String]

    init(_ cookies: RequestCookies, names: CookieNames, sealer: CookieSealer, now: Instant) {
        var kept: [Kept] = []
        var stale: [String] = []
        for (name, value) in cookies.all(prefix: names.requestPrefix).prefix(32) {
            if let cookie = RequestCookie(sealed: value, by: sealer, now: now) {
                kept.append(Kept(name: name, size: name.utf8.count + value.utf8.count, cookie: cookie))
            } else {
                stale.append(name)
            }
        }
        self.kept = kept.sorted { $0.cookie.startedAt < $1.cookie.startedAt }
        self.stale = stale
    }

    /// The names that must go so that one more of this size has room: the oldest first (C41).
    func evicted(toKeep size: Int) -> [String] {
        var rest = kept[...]
        var evicted = stale
        while rest.count >= RequestCookie.maximumCount
            || (!rest.isEmpty && rest.reduce(size) { $0 + $1.size } > RequestCookie.maximumBytes)
        {
            if let oldest = rest.popFirst() { evicted.append(oldest.name) }
        }
        return evicted
    }
}

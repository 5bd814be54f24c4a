import FoundationEssentials

/// To whom a response goes, and what it answers.
struct Errand: Sendable {
    let acsURL: String
    let audience: String
    let requestID: String?
    let relayState: String?

    /// nil: the address is neither on loopback nor a known service's.
    init?(acsURL: String, audience: String, requestID: String?, relayState: String?, known: [ServiceProvider]) {
        guard known.contains(where: { $0.acsURL == acsURL }) || Self.isLoopback(acsURL) else { return nil }
        self.acsURL = acsURL
        self.audience = audience
        self.requestID = requestID
        self.relayState = relayState
    }

    private static func isLoopback(_ url: String) -> Bool {
        guard let components = URLComponents(string: url), components.scheme == "http", components.user == nil else { return false }
        return ["127.0.0.1", "localhost", "[::1]", "::1"].contains(components.host ?? "")
    }
}

import Events

/// The cookies' names: with the `__Host-` prefix under https, which ties them to this host and to TLS (C40, C41).
struct CookieNames: Sendable, Hashable {
    let secure: Bool

    var session: String { secure ? "__Host-session" : "session" }
    /// The customer's administrator, after a setup link. Each organization has its own: whoever sets up several in one browser loses none.
    func setup(_ organization: Identifier) -> String { setupPrefix + organization.description }
    var setupPrefix: String { secure ? "__Host-setup-" : "setup-" }
    /// Tells the ACS that this browser has a session (C42).
    var marker: String { secure ? "__Host-marker" : "marker" }
    /// One per request, followed by a few characters of its ID.
    var requestPrefix: String { secure ? "__Host-request-" : "request-" }
    /// A login that is only a test of the connection.
    var question: String { secure ? "__Host-question" : "question" }

    /// The operator's console.
    var `operator`: String { secure ? "__Host-operator" : "operator" }
    /// Of the console's sign-in form, before there is a session.
    var operatorForm: String { secure ? "__Host-operator-form" : "operator-form" }
    /// The organization that this browser last signed in with.
    var organization: String { secure ? "__Host-organization" : "organization" }

    func set(_ name: String, _ value: String, sameSite: SetCookie.SameSite = .lax, maximumAgeSeconds: Int?) -> SetCookie {
        SetCookie(name: name, value: value, maximumAgeSeconds: maximumAgeSeconds, sameSite: sameSite, secure: secure)
    }

    func remove(_ name: String, sameSite: SetCookie.SameSite = .lax) -> SetCookie {
        set(name, "", sameSite: sameSite, maximumAgeSeconds: 0)
    }
}

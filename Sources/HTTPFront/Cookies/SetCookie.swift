/// One `Set-Cookie` header's value (RFC 6265 §4.1). All cookies of ours are `HttpOnly` and for the whole host.
struct SetCookie: Sendable, Hashable {
    enum SameSite: String, Sendable {
        case strict = "Strict"
        case lax = "Lax"
        case none = "None"
    }

    let name: String
    let value: String
    /// nil: until the browser is closed; 0: removed.
    let maximumAgeSeconds: Int?
    let sameSite: SameSite
    let secure: Bool

    var headerValue: String {
        var text = "\(name)=\(value); Path=/; HttpOnly; SameSite=\(sameSite.rawValue)"
        if let maximumAgeSeconds { text += "; Max-Age=\(maximumAgeSeconds)" }
        // Browsers take a SameSite=None cookie only with Secure, which they allow on loopback over http too.
        if secure || sameSite == .none { text += "; Secure" }
        return text
    }
}

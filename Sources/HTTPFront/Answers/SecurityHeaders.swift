import HTTPTypes
import Hummingbird

/// The headers that every answer carries (C45).
struct SecurityHeaders: Sendable {
    let secure: Bool

    func apply(to response: inout Response) {
        let values: [(String, String)] = [
            ("Content-Security-Policy", Self.policy), ("X-Content-Type-Options", "nosniff"),
            ("Referrer-Policy", "same-origin"), ("Cache-Control", "no-store"),
        ]
        for (name, value) in values {
            guard let name = HTTPField.Name(name), response.headers[name] == nil else { continue }
            response.headers[name] = value
        }
        if secure { response.headers[.strictTransportSecurity] = "max-age=31536000" }
    }

    // No form-action: browsers apply it to redirects too, and the sign-in form leads to the identity provider.
    static let policy =
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'"

    /// For the logout endpoint, which some identity providers open in an `<iframe>`.
    static let framedPolicy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; base-uri 'none'"
}

extension Response {
    /// Lets this answer be shown in a frame.
    mutating func allowFraming() {
        if let name = HTTPField.Name("Content-Security-Policy") { headers[name] = SecurityHeaders.framedPolicy }
    }
}

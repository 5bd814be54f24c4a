import HTTPTypes

extension HTTPField.Name {
    // Constant names are valid by construction; a fallback keeps the initializer's nil out of every use.
    static let secFetchSite = HTTPField.Name("Sec-Fetch-Site") ?? .origin
    static let lastEventID = HTTPField.Name("Last-Event-ID") ?? .origin
    static let link = HTTPField.Name("Link") ?? .origin
    static let forwardedFor = HTTPField.Name("X-Forwarded-For") ?? .origin
    static let requestUser = HTTPField.Name("X-Auth-Request-User") ?? .origin
    static let requestEmail = HTTPField.Name("X-Auth-Request-Email") ?? .origin
    static let requestGroups = HTTPField.Name("X-Auth-Request-Groups") ?? .origin
    static let requestOrganization = HTTPField.Name("X-Auth-Request-Organization") ?? .origin
}

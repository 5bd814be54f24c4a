import Events
import HTTPTypes
import Identity
import Logging

/// What all routes share.
struct Services: Sendable {
    let core: Core
    let url: PublicURL
    let pages: Pages
    let cookies: CookieNames
    let sealer: CookieSealer
    let keptBoxes = KeptBoxes()
    let fetcher: MetadataFetcher
    let textRecords: TextRecords
    let metrics: Metrics
    let drifts: DriftBoard
    let refusals: SourceLimiter
    /// Messages that could not be decrypted (C26).
    let unreadable: SourceLimiter
    let lookups: SourceLimiter
    let setups: SourceLimiter
    let operators: OperatorAccess
    let logger: Logger

    /// The organization that the path names.
    func organization(_ request: FrontRequest) throws -> Identifier {
        guard let id = request.parameters["org"].flatMap({ Identifier($0) }) else { throw Problem.organizationUnknown }
        return id
    }

    /// The organization that the query names.
    func queriedOrganization(_ request: FrontRequest) throws -> Identifier {
        guard let text = try request.query.one("org"), let id = Identifier(text) else {
            throw Problem.organizationUnknown
        }
        return id
    }

    /// C43: a form must come from a page of ours. Browsers say so in `Origin`, or in `Sec-Fetch-Site`.
    func isForeign(_ request: FrontRequest) -> Bool {
        if let origin = request.header(.origin) { return Origin(of: origin) != url.origin }
        if let site = request.header(.secFetchSite) { return site != "same-origin" && site != "none" }
        return false
    }
}

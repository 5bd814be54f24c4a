/// A command that the rules refuse: the contract's code, a sentence, and what to do.
public struct RuleError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The administration API's codes (contract: administration API).
    public enum Code: String, Sendable, CaseIterable {
        case unauthorized
        case forbidden
        case notFound = "not_found"
        case organizationUnknown = "organization_unknown"
        case organizationNotConfigured = "organization_not_configured"
        case conflict
        case invalidRequest = "invalid_request"
        case metadataInvalid = "metadata_invalid"
        case noSigningKey = "no_signing_key"
        case keyTooWeak = "key_too_weak"
        case metadataUnreachable = "metadata_unreachable"
        case metadataAddressForbidden = "metadata_address_forbidden"
        case metadataChangeHeld = "metadata_change_held"
        case lastOwner = "last_owner"
        case conversionUntested = "conversion_untested"
        case domainNotProved = "domain_not_proved"
    }

    /// The contract's code.
    public let code: Code
    /// A sentence, expected before found.
    public let detail: String
    /// What to do; nil where nothing helps.
    public let remedy: String?

    /// A refusal with its sentence.
    public init(_ code: Code, _ detail: String, remedy: String? = nil) {
        self.code = code
        self.detail = detail
        self.remedy = remedy
    }

    /// The status that the API answers with.
    public var httpStatus: Int {
        switch code {
        case .unauthorized: 401
        case .forbidden: 403
        case .notFound, .organizationUnknown: 404
        case .conflict, .metadataChangeHeld, .lastOwner, .conversionUntested, .organizationNotConfigured,
            .domainNotProved:
            409
        case .invalidRequest, .metadataInvalid, .noSigningKey, .keyTooWeak, .metadataUnreachable,
            .metadataAddressForbidden:
            422
        }
    }

    /// The sentence and what to do.
    public var description: String { remedy.map { "\(detail) \($0)" } ?? detail }
}

/// Why a response, or a request around it, was refused: the contract's codes.
public enum RefusalCode: String, CaseIterable, Sendable, Hashable {
    case organizationUnknown = "organization_unknown"
    case organizationNotConfigured = "organization_not_configured"
    case requestMalformed = "request_malformed"
    case tooLarge = "too_large"
    case tooManyRequests = "too_many_requests"
    case base64Malformed = "base64_malformed"
    case xmlMalformed = "xml_malformed"
    case doctypeForbidden = "doctype_forbidden"
    case schemaViolation = "schema_violation"
    case duplicateID = "duplicate_id"
    case versionUnsupported = "version_unsupported"
    case statusNotSuccess = "status_not_success"
    case signatureMissing = "signature_missing"
    case signatureMalformed = "signature_malformed"
    case signatureInvalid = "signature_invalid"
    case certificateUntrusted = "certificate_untrusted"
    case certificateExpired = "certificate_expired"
    case algorithmForbidden = "algorithm_forbidden"
    case keyTooWeak = "key_too_weak"
    case referenceMismatch = "reference_mismatch"
    case canonicalizationFailed = "canonicalization_failed"
    case issuerMismatch = "issuer_mismatch"
    case destinationMismatch = "destination_mismatch"
    case recipientMismatch = "recipient_mismatch"
    case audienceMismatch = "audience_mismatch"
    case notYetValid = "not_yet_valid"
    case expired
    case subjectConfirmationMissing = "subject_confirmation_missing"
    case requestUnknown = "request_unknown"
    case requestOtherBrowser = "request_other_browser"
    case unsolicitedNotAllowed = "unsolicited_not_allowed"
    case replayed
    case encryptionUnreadable = "encryption_unreadable"
    case encryptionRequired = "encryption_required"
    case emailMissing = "email_missing"
    case emailNotAnAddress = "email_not_an_address"
    case emailDomainNotAllowed = "email_domain_not_allowed"
    case userNotConverted = "user_not_converted"
    case userDeactivated = "user_deactivated"
    case provisioningDisabled = "provisioning_disabled"
    case ledgerUnavailable = "ledger_unavailable"
    case overloaded

    /// The status that answers an ACS post with this code (contract, SAML endpoints).
    public var httpStatus: Int {
        switch self {
        case .requestMalformed, .base64Malformed, .xmlMalformed, .doctypeForbidden, .schemaViolation, .duplicateID,
            .versionUnsupported:
            400
        case .organizationUnknown: 404
        case .replayed: 409
        case .tooLarge: 413
        case .tooManyRequests: 429
        case .ledgerUnavailable, .overloaded: 503
        case .organizationNotConfigured, .statusNotSuccess, .signatureMissing, .signatureMalformed, .signatureInvalid,
            .certificateUntrusted, .certificateExpired, .algorithmForbidden, .keyTooWeak, .referenceMismatch,
            .canonicalizationFailed, .issuerMismatch, .destinationMismatch, .recipientMismatch, .audienceMismatch,
            .notYetValid, .expired, .subjectConfirmationMissing, .requestUnknown, .requestOtherBrowser,
            .unsolicitedNotAllowed, .encryptionUnreadable, .encryptionRequired, .emailMissing, .emailNotAnAddress,
            .emailDomainNotAllowed, .userNotConverted, .userDeactivated, .provisioningDisabled:
            403
        }
    }
}

import Crypto
import Events
import Identity
import Ledger
import SAML

/// A response that was judged, with everything that the judgment rested on: what the writer decides about.
struct ReceivedResponse: Sendable {
    let organization: Identifier
    /// The XML; of a field that is no base64, its text.
    let bytes: [UInt8]
    let digest: [UInt8]
    /// nil: the field was no base64, or too long; then ``undecodable`` says so.
    let judgment: Judgment?
    let undecodable: Refusal?
    /// What was known before the writer is entered; the writer adds what it alone knows.
    let facts: SignOnFacts
    let base: String
    let policy: Policy
    /// What the compressor of its bytes knows; nil: nothing.
    let dictionary: Packing.Dictionary?

    /// Of verified bytes.
    var issuer: String? { claims?.issuer ?? judgment?.verified?.issuer }
    /// Of verified bytes.
    var assertionID: String? { claims?.assertionID ?? judgment?.verified?.assertionID }
    /// Of verified bytes (C34).
    var inResponseTo: String? { claims != nil ? claims?.inResponseTo : judgment?.verified?.inResponseTo }
    /// Whether any trusted key signed; only then are its bytes worth keeping.
    var isVerified: Bool { judgment?.verified != nil }

    /// Why it was refused before anything was decided about users; nil: it was accepted.
    var refusal: Refusal? {
        if let undecodable { return undecodable }
        if case .refused(let refusal) = judgment?.outcome { return refusal }
        return nil
    }

    var claims: Claims? { if case .accepted(let claims) = judgment?.outcome { claims } else { nil } }

    /// Whom it names: only an address can be a user.
    var email: EmailAddress? { claims?.email ?? judgment?.verified?.email.flatMap { EmailAddress($0) } }

    /// What is sealed with the login; nil where nothing was verified.
    var personal: PersonalData? {
        guard isVerified else { return nil }
        var personal = PersonalData()
        personal.email = claims?.email.text ?? judgment?.verified?.email ?? ""
        personal.name = claims?.displayName ?? ""
        personal.attributes = claims?.attributes ?? judgment?.verified?.attributes ?? []
        if let claims, let value = claims.nameID {
            personal.nameIDValue = value
            personal.nameID.formatURI = claims.nameIDFormat ?? ""
            personal.nameID.nameQualifier = claims.nameQualifier ?? ""
            personal.nameID.spNameQualifier = claims.spNameQualifier ?? ""
        }
        return personal
    }
}

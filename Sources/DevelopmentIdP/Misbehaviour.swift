/// What an identity provider can get wrong, for demonstrations and tests: each differs from a good response in one thing.
public enum Misbehaviour: String, Sendable, CaseIterable {
    /// Everything is an hour old.
    case expired
    /// The audience is another service.
    case wrongAudience
    /// Recipient and Destination are another address.
    case wrongRecipient
    /// The address is another one than was signed.
    case alteredAfterSigning
    /// Nothing is signed.
    case unsigned
    /// The signature is a stranger's; KeyInfo names the usual certificate.
    case wrongKey
    /// The NameID is a name, and no attribute holds an address.
    case notAnAddress

    /// A sentence for people who choose.
    public var summary: String {
        switch self {
        case .expired: "The response is an hour old"
        case .wrongAudience: "The response is meant for another service"
        case .wrongRecipient: "The response is addressed to another address"
        case .alteredAfterSigning: "The person is changed after signing"
        case .unsigned: "Nothing is signed"
        case .wrongKey: "A stranger's key signs"
        case .notAnAddress: "The name is no e-mail address"
        }
    }
}

extension ResponseBuilder {
    /// The same response, spoilt. ``Misbehaviour/alteredAfterSigning`` and ``Misbehaviour/wrongKey`` show when it is built.
    public func misbehaving(_ misbehaviour: Misbehaviour) -> ResponseBuilder {
        var spoilt = self
        switch misbehaviour {
        case .expired: spoilt.issueInstant -= 3600
        case .wrongAudience: spoilt.audience = "https://another.example/metadata"
        case .wrongRecipient:
            spoilt.destination = "https://another.example/saml/acs"
            spoilt.recipient = spoilt.destination
        case .alteredAfterSigning: spoilt.isAltered = true
        case .unsigned: spoilt.signing = .none
        case .wrongKey: spoilt.signsWithStrangersKey = true
        case .notAnAddress:
            spoilt.nameID = spoilt.nameID.prefix { $0 != "@" }.description
            spoilt.nameIDFormat = NameIDFormat.unspecified
            spoilt.attributes.removeAll { $0.values.contains { $0.contains("@") } }
        }
        return spoilt
    }
}

/// The formats of a NameID that are sent (core §8.3).
public enum NameIDFormat {
    /// An e-mail address.
    public static let emailAddress = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress"
    /// Anything.
    public static let unspecified = "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified"
    /// An opaque name that stays.
    public static let persistent = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"
}

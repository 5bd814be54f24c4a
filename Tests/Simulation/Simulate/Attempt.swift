import Cryptography
import DevelopmentIdP
import Events
import Foundation
import IdentityLedger
import SAML
import TestSupport

/// One response as an identity provider, or an attacker, makes it: what the model judges, and the bytes that are posted.
struct Attempt: Sendable {
    /// What is wrong with it, beside what its other members say.
    enum Fault: String, Sendable, CaseIterable {
        case notBase64, notXML, doctype, statusFailure, wrapped, comment, altered, stranger, strangerNamed, unsigned, sha1
        case version, duplicateID, namespace, signature
        case wrongDestination, wrongRecipient, wrongAudience, noAddress, twoAddresses
    }

    /// An attribute as it is asserted.
    struct Attribute: Sendable, Equatable {
        var name: String
        var values: [String]
    }

    /// A request of ours that it answers.
    struct Request: Sendable, Equatable {
        var id: String
        var organization: Int
        /// In seconds.
        var instant: Int64
        var isTest: Bool
    }

    var id: String
    /// Whose addresses it names.
    var addressee: Int
    var email: String
    var name = ""
    var groups: [String] = []
    var persistentID: String?
    /// The issuer, by its number.
    var entity: Int
    /// The pair that signs, by its number in the pool.
    var key: Int
    /// In seconds since the Unix epoch.
    var issued: Int64
    /// How long after it was issued its session lasts; nil: it isn't said.
    var sessionSeconds: Int64?
    var request: Request?
    /// Whether the response is signed, instead of the assertion.
    var signsResponse = false
    var fault: Fault?
    /// As posted: base64.
    var bytes: [UInt8] = []

    /// How long an assertion may be used after it was issued, and before it.
    static let lifetime: Int64 = 300
    static let earliness: Int64 = 30

    static func entityID(_ entity: Int) -> String { "https://idp\(entity).example/metadata?id=\(entity)" }

    var attributes: [Attribute] {
        var attributes: [Attribute] = []
        if !name.isEmpty { attributes.append(Attribute(name: "displayName", values: [name])) }
        if !groups.isEmpty { attributes.append(Attribute(name: "groups", values: groups)) }
        if persistentID != nil && fault != .noAddress {
            attributes.append(Attribute(name: "mail", values: fault == .twoAddresses ? [email, "second@alpha.example"] : [email]))
        }
        return attributes
    }

    /// In a story.
    var text: String {
        var text = "\(email) by issuer \(entity) with key \(key)"
        if let persistentID { text += " as \(persistentID)" }
        if let request { text += request.isTest ? ", a test" : ", asked for" }
        if signsResponse { text += ", response signed" }
        if !groups.isEmpty { text += ", groups \(groups.joined(separator: " "))" }
        if let fault { text += ", fault \(fault.rawValue)" }
        return text
    }

    /// Makes the bytes.
    mutating func build(_ pool: KeyPool, _ addresses: OrganizationAddresses) throws {
        let pair = pool.pairs[key]
        var builder = ResponseBuilder(
            issuer: Self.entityID(entity), destination: addresses.acsURL, audience: addresses.audienceURI,
            nameID: persistentID ?? email, responseID: "_response\(id)", assertionID: "_assertion\(id)", issueInstant: issued,
            key: pair.key, certificate: pair.certificate)
        builder.lifetime = Self.lifetime
        builder.earliness = Self.earliness
        if persistentID != nil { builder.nameIDFormat = NameIDFormat.persistent }
        builder.attributes = attributes.map { .init($0.name, $0.values) }
        builder.inResponseTo = request?.id
        builder.sessionIndex = "_session\(id)"
        builder.sessionNotOnOrAfter = sessionSeconds.map { issued + $0 }
        builder.signing = signsResponse ? .response : .assertion
        switch fault {
        case .stranger: (builder.key, builder.certificate) = (pool.stranger.key, pool.stranger.certificate)
        case .strangerNamed: builder.key = pool.stranger.key
        case .unsigned: builder.signing = .none
        case .sha1: builder.digest = .sha1
        case .statusFailure: builder.status = "urn:oasis:names:tc:SAML:2.0:status:Responder"
        case .wrongDestination: builder.destination = "https://another.example/saml/acs"
        case .wrongRecipient: builder.recipient = "https://another.example/saml/acs"
        case .wrongAudience: builder.audience = "https://another.example/metadata"
        default: break
        }
        var text = String(decoding: try builder.xml(), as: UTF8.self)
        let end = "</saml:NameID>"
        switch fault {
        case .altered: text = text.replacing(">\(persistentID ?? email)\(end)", with: ">mallory@alpha.example\(end)")
        case .comment: text = text.replacing(end, with: "<!-- -->.example\(end)")
        case .doctype: text = "<!DOCTYPE r>" + text
        case .notXML: text = String(text.dropLast(5))
        case .version: text = text.replacing("Version=\"2.0\"", with: "Version=\"1.1\"", maxReplacements: 1)
        case .duplicateID: text = text.replacing("ID=\"_response\(id)\"", with: "ID=\"_assertion\(id)\"")
        case .namespace: text = text.replacing("<samlp:Response ", with: "<samlp:Response xmlns:x=\"relative\" ")
        case .signature: text = text.replacing("<ds:SignatureValue>", with: "<ds:SignatureValue>*")
        case .wrapped:
            // A forged assertion, before the one that is signed.
            var forged = builder
            forged.nameID = "mallory@alpha.example"
            forged.assertionID += "f"
            forged.signing = .none
            let other = String(decoding: try forged.xml(), as: UTF8.self)
            if let start = other.range(of: "<saml:Assertion"), let stop = other.range(of: "</saml:Assertion>"),
                let place = text.range(of: "<saml:Assertion")
            {
                text.insert(contentsOf: other[start.lowerBound..<stop.upperBound], at: place.lowerBound)
            }
        default: break
        }
        bytes = fault == .notBase64 ? Array("*\(id)".utf8) : Array(Data(text.utf8).base64EncodedString().utf8)
    }
}

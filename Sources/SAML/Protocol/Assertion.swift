import Cryptography
import Events
import XML

/// An assertion, read from verified bytes and from nothing else (C1).
struct Assertion {
    struct Confirmation {
        var method: String
        var hasData: Bool
        var recipient: String?
        var inResponseTo: String?
        var notBefore: Instant?
        var notOnOrAfter: Instant?
    }

    struct Conditions {
        var notBefore: Instant?
        var notOnOrAfter: Instant?
        /// One array of audiences per AudienceRestriction; each must name us.
        var audiences: [[String]] = []
    }

    /// An attribute with the elements of its values: only what is mapped must be text.
    struct RawAttribute {
        var name: String
        var values: [XMLElement]
    }

    /// As it was verified.
    let element: XMLElement
    var id: String
    var issuer: String
    var nameID: String?
    var nameIDFormat: String?
    var nameQualifier: String?
    var spNameQualifier: String?
    var confirmations: [Confirmation] = []
    var conditions: Conditions?
    var authnInstant: Instant?
    var sessionIndex: String?
    var sessionNotOnOrAfter: Instant?
    var rawAttributes: [RawAttribute] = []

    /// Reads an assertion out of a verified element: the element itself, or the only assertion of a verified Response (C17).
    ///
    /// - Parameter keys: Ours, for encrypted names and attributes.
    init(reading verified: VerifiedElement, keys: [PrivateKey] = []) throws(Refusal) {
        let root = verified.root
        var element = root
        if !isAssertion(root) {
            guard root.matches("Response", in: Names.protocol),
                let inner = try root.only("Assertion", in: Names.assertion)
            else { throw Refusal(.schemaViolation, "The signed element must be an Assertion or hold one; it does not.") }
            element = inner
        }
        try checkAssertionShape(element)
        self.element = element
        id = try element.required("ID")
        guard let issuer = try element.only("Issuer", in: Names.assertion) else {
            throw Refusal(.schemaViolation, "An Assertion must have an Issuer; this one has none.")
        }
        self.issuer = try issuer.value()
        if let subject = try element.only("Subject", in: Names.assertion) { try read(subject: subject, keys) }
        if let conditions = try element.only("Conditions", in: Names.assertion) {
            self.conditions = try Self.conditions(conditions)
        }
        for statement in element.children("AuthnStatement", in: Names.assertion) { try read(statement: statement) }
        var places: [String: Int] = [:]
        for statement in element.children("AttributeStatement", in: Names.assertion) {
            try read(attributes: statement, &places, keys)
        }
    }

    // core §2.4
    private mutating func read(subject: XMLElement, _ keys: [PrivateKey]) throws(Refusal) {
        let plain = try subject.only("NameID", in: Names.assertion)
        let encrypted = try subject.only("EncryptedID", in: Names.assertion)
        guard plain == nil || encrypted == nil else {
            throw Refusal(.schemaViolation, "A Subject may have a NameID or an EncryptedID; this one has both.")
        }
        if let name = try encrypted.map({ element throws(Refusal) in try openEncrypted(element, as: "NameID", keys: keys) }) ?? plain {
            nameID = try name.value()
            nameIDFormat = name.attribute("Format")
            nameQualifier = name.attribute("NameQualifier")
            spNameQualifier = name.attribute("SPNameQualifier")
        }
        for confirmation in subject.children("SubjectConfirmation", in: Names.assertion) {
            let data = try confirmation.only("SubjectConfirmationData", in: Names.assertion)
            confirmations.append(
                Confirmation(
                    method: try confirmation.required("Method"), hasData: data != nil,
                    recipient: data?.attribute("Recipient"), inResponseTo: data?.attribute("InResponseTo"),
                    notBefore: try Self.optionalInstant(data, "NotBefore"),
                    notOnOrAfter: try Self.optionalInstant(data, "NotOnOrAfter")))
        }
    }

    // core §2.5; C31: what is not understood refuses.
    private static func conditions(_ element: XMLElement) throws(Refusal) -> Conditions {
        var conditions = Conditions()
        conditions.notBefore = try optionalInstant(element, "NotBefore")
        conditions.notOnOrAfter = try optionalInstant(element, "NotOnOrAfter")
        for child in element.children {
            if child.matches("AudienceRestriction", in: Names.assertion) {
                var audiences: [String] = []
                for audience in child.children {
                    guard audience.matches("Audience", in: Names.assertion) else {
                        throw Refusal(.schemaViolation, "An AudienceRestriction may hold Audience only; it holds \(quoted(audience.name)).")
                    }
                    audiences.append(try audience.value())
                }
                conditions.audiences.append(audiences)
            } else if !child.matches("OneTimeUse", in: Names.assertion), !child.matches("ProxyRestriction", in: Names.assertion) {
                // C31: every assertion is used once here, whether it asks for that or not.
                throw Refusal(
                    .schemaViolation,
                    "Conditions must be AudienceRestriction, OneTimeUse or ProxyRestriction; there is \(quoted(child.name)).")
            }
        }
        return conditions
    }

    // core §2.7.2; of several statements the earliest end counts.
    private mutating func read(statement: XMLElement) throws(Refusal) {
        let instant = try SAML.instant(statement, "AuthnInstant")
        if authnInstant == nil { authnInstant = instant }
        if sessionIndex == nil { sessionIndex = statement.attribute("SessionIndex") }
        if let end = try Self.optionalInstant(statement, "SessionNotOnOrAfter") {
            sessionNotOnOrAfter = sessionNotOnOrAfter.map { min($0, end) } ?? end
        }
    }

    // core §2.7.3; the same name may come several times (Keycloak), its values belong together.
    private mutating func read(
        attributes statement: XMLElement, _ places: inout [String: Int], _ keys: [PrivateKey]
    ) throws(Refusal) {
        var decrypted = 0
        for element in statement.children {
            var child = element
            if element.matches("EncryptedAttribute", in: Names.assertion) {
                // C7: each takes as long as an encrypted assertion.
                decrypted += 1
                guard decrypted <= 16 else {
                    throw Refusal(.schemaViolation, "At most 16 attributes may be encrypted one by one; there are more.")
                }
                child = try openEncrypted(element, as: "Attribute", keys: keys)
            }
            guard child.matches("Attribute", in: Names.assertion) else {
                throw Refusal(.schemaViolation, "An AttributeStatement may hold Attribute only; it holds \(quoted(child.name)).")
            }
            let name = try child.required("Name")
            var values: [XMLElement] = []
            for value in child.children {
                guard value.matches("AttributeValue", in: Names.assertion) else {
                    throw Refusal(.schemaViolation, "An Attribute may hold AttributeValue only; it holds \(quoted(value.name)).")
                }
                let isNil = value.attributes.contains {
                    $0.name == "nil" && $0.namespace == "\(Names.instance)" && ($0.value == "true" || $0.value == "1")
                }
                if !isNil { values.append(value) }
            }
            if let index = places[name] {
                rawAttributes[index].values += values
            } else {
                places[name] = rawAttributes.count
                rawAttributes.append(RawAttribute(name: name, values: values))
            }
        }
    }

    private static func optionalInstant(_ element: XMLElement?, _ attribute: StaticString) throws(Refusal) -> Instant? {
        guard let element, let text = element.attribute(attribute) else { return nil }
        return try SAML.instant(text, "\(element.name)/@\(attribute)")
    }
}

extension Assertion {
    /// The values of an attribute; an element among them refuses (C8).
    func values(_ name: String) throws(Refusal) -> [String] {
        guard let attribute = rawAttributes.first(where: { $0.name == name }) else { return [] }
        var values: [String] = []
        for value in attribute.values { values.append(try value.value()) }
        return values
    }

    /// Those values of an attribute that are text: of attributes that nothing maps.
    func texts(_ name: String) -> [String] {
        rawAttributes.first { $0.name == name }?.values.compactMap(\.text) ?? []
    }

    /// What is reported: the attributes whose values are text. Values that hold elements are left out.
    var attributes: [Attribute] {
        rawAttributes.compactMap { raw in
            let values = raw.values.compactMap(\.text)
            guard !values.isEmpty || raw.values.isEmpty else { return nil }
            var attribute = Attribute()
            attribute.name = raw.name
            attribute.values = values
            return attribute
        }
    }
}

import XML

/// The one parse of the bytes received (C1 to C4).
func readDocument(_ xml: [UInt8], limits: XMLLimits = .message) throws(Refusal) -> XMLDocument {
    do throws(XMLError) {
        return try XMLDocument(parsing: xml, limits: limits)
    } catch {
        throw Refusal(xml: error)
    }
}

extension Refusal {
    init(xml error: XMLError) {
        switch error.code {
        case .tooLarge: self.init(.tooLarge, error.message)
        case .malformed: self.init(.xmlMalformed, error.message)
        case .doctype: self.init(.doctypeForbidden, error.message)
        case .entityReference: self.init(.schemaViolation, error.message)
        case .notCanonicalizable: self.init(.canonicalizationFailed, error.message)
        }
    }
}

extension XMLElement {
    /// The whole text of a value; an element in it refuses (C8).
    func value() throws(Refusal) -> String {
        guard let text else {
            throw Refusal(.schemaViolation, "“\(name)” must hold text; it holds an element.")
        }
        return text
    }

    /// An attribute that the schema requires.
    func required(_ attribute: StaticString) throws(Refusal) -> String {
        guard let value = self.attribute(attribute) else {
            throw Refusal(.schemaViolation, "“\(name)” must have the attribute “\(attribute)”; it has none.")
        }
        return value
    }

    /// The one child of that name, if there is one.
    func only(_ name: StaticString, in namespace: StaticString) throws(Refusal) -> XMLElement? {
        let found = children(name, in: namespace)
        guard found.count <= 1 else {
            throw Refusal(.schemaViolation, "“\(self.name)” may have one “\(name)”; it has \(found.count).")
        }
        return found.first
    }
}

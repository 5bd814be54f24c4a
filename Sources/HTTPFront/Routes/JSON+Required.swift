import Events

extension JSON {
    /// The member's text.
    func requiredText(_ name: String) throws -> String {
        guard let value = self[name] else { throw Problem.invalid("The member “\(name)” is missing.") }
        guard let text = value.stringValue else { throw Problem.invalid("The member “\(name)” is no string.") }
        return text
    }

    func requiredBool(_ name: String) throws -> Bool {
        guard let value = self[name] else { throw Problem.invalid("The member “\(name)” is missing.") }
        guard let flag = value.boolValue else {
            throw Problem.invalid("The member “\(name)” is neither true nor false.")
        }
        return flag
    }

    /// The member's truth value; false where there is none.
    func optionalBool(_ name: String) throws -> Bool { self[name] == nil ? false : try requiredBool(name) }

    func optionalText(_ name: String) throws -> String? {
        guard let value = self[name], !value.isNull else { return nil }
        return try requiredText(name)
    }

    /// The member's strings; nil where there is none.
    func optionalTexts(_ name: String) throws -> [String]? {
        guard let value = self[name] else { return nil }
        guard let values = value.arrayValue else { throw Problem.invalid("The member “\(name)” is no array.") }
        return try values.map { value in
            guard let text = value.stringValue else {
                throw Problem.invalid("The member “\(name)” holds something that is no string.")
            }
            return text
        }
    }
}

import Identity

/// The fields of a form or a query, in the order in which they came.
struct Fields: Sendable, Hashable {
    struct Field: Sendable, Hashable {
        let name: String
        let value: String
    }

    let fields: [Field]

    /// Reads `application/x-www-form-urlencoded` (WHATWG URL §5.1), strictly.
    ///
    /// - Throws: `request_malformed` for a broken percent-encoding, text that is no UTF-8, or more than 1,000 fields.
    init(urlEncoded bytes: some Collection<UInt8>) throws(Problem) {
        var fields: [Field] = []
        var rest = Array(bytes)[...]
        while !rest.isEmpty {
            let part = rest.prefix { $0 != UInt8(ascii: "&") }
            rest = rest.dropFirst(part.count + 1)
            if part.isEmpty { continue }
            let name = part.prefix { $0 != UInt8(ascii: "=") }
            let value = part.dropFirst(name.count + 1)
            guard let name = PercentCoding.decode(name, plusIsSpace: true),
                let value = PercentCoding.decode(value, plusIsSpace: true)
            else { throw .malformed("A field is not percent-encoded UTF-8.") }
            guard fields.count < 1000 else { throw .malformed("There are more than 1,000 fields.") }
            fields.append(Field(name: name, value: value))
        }
        self.fields = fields
    }

    init(_ fields: [Field]) { self.fields = fields }

    /// The field's one value; nil where there is none.
    ///
    /// - Throws: `request_malformed` where it comes twice: which one counts would be anyone's guess.
    func one(_ name: String) throws(Problem) -> String? {
        let values = all(name)
        guard values.count < 2 else {
            throw .comesTwice(name, times: values.count)
        }
        return values.first
    }

    /// The field's one value, where an empty one counts as none.
    func text(_ name: String) throws(Problem) -> String? {
        let value = try one(name)
        return value?.isEmpty == false ? value : nil
    }

    /// The same without the white space around it, which comes along when people copy.
    func typed(_ name: String) throws(Problem) -> String? {
        guard let value = try one(name)?.withoutOuterSpace, !value.isEmpty else { return nil }
        return value
    }

    func all(_ name: String) -> [String] { fields.filter { $0.name == name }.map(\.value) }
}

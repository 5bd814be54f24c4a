import Events

/// JSON Schema (2020-12), in the few forms that the description needs.
enum Schema {
    static let text: JSON = ["type": "string"]
    static let flag: JSON = ["type": "boolean"]
    static let count: JSON = ["type": "integer", "minimum": 0]
    /// As we write instants.
    static let instant: JSON = ["type": "string", "format": "date-time"]
    /// Where a list goes on from: 0 is its beginning, too.
    static let position: JSON = ["type": "integer", "minimum": 0, "maximum": .integer(.max)]
    static let sequence: JSON = ["type": "integer", "minimum": 1, "maximum": .integer(.max)]
    static let identifier = reference("Identifier")
    static let digest: JSON = ["type": "string", "pattern": "^[0-9a-f]{64}$"]
    static let null: JSON = ["type": "null"]

    static func reference(_ name: String) -> JSON { ["$ref": .string("#/components/schemas/\(name)")] }
    static func list(of item: JSON) -> JSON { ["type": "array", "items": item] }
    static func orNull(_ schema: JSON) -> JSON { ["anyOf": [schema, null]] }
    static func one(of values: [String]) -> JSON { ["type": "string", "enum": .array(values.map(JSON.string))] }
    static func map(of value: JSON) -> JSON { ["type": "object", "additionalProperties": value] }
    static func all(of schemas: JSON...) -> JSON { ["allOf": .array(schemas)] }

    /// What we answer: every member is there; later versions may add some.
    static func object(_ members: [(String, JSON)]) -> JSON {
        ["type": "object", "required": names(members.map(\.0)), "properties": properties(members)]
    }

    /// What we take: these members and no others.
    static func body(_ required: [(String, JSON)], optional: [(String, JSON)] = []) -> JSON {
        [
            "type": "object", "additionalProperties": false, "required": names(required.map(\.0)),
            "properties": properties(required + optional),
        ]
    }

    /// A page of a list.
    static func page(of item: JSON) -> JSON { object([("items", list(of: item)), ("next", orNull(text))]) }

    static func described(_ schema: JSON, _ words: String) -> JSON {
        .object((schema.members ?? []) + [.init("description", .string(words))])
    }

    private static func names(_ names: [String]) -> JSON { .array(names.map(JSON.string)) }
    private static func properties(_ members: [(String, JSON)]) -> JSON { .object(members.map { .init($0.0, $0.1) }) }
}

import Events

/// A schema in a few words, for people; the names of other shapes among them are links on the page.
enum ShapeWords {
    struct Piece: Sendable, Hashable {
        let text: String
        var isShape = false
    }

    static func words(_ schema: JSON) -> [Piece] {
        if let name = schema["$ref"]?.stringValue?.split(separator: "/").last { return [Piece(text: String(name), isShape: true)] }
        if let values = schema["enum"]?.arrayValue { return [Piece(text: values.compactMap(\.stringValue).joined(separator: ", "))] }
        if let value = schema["const"] { return [Piece(text: value.text)] }
        for (name, between) in [("anyOf", " or "), ("oneOf", " or "), ("allOf", " and ")] {
            guard let parts = schema[name]?.arrayValue else { continue }
            return Array(parts.map(words).joined(separator: [Piece(text: between)]))
        }
        switch schema["type"]?.stringValue {
        case "array": return [Piece(text: "list of ")] + words(schema["items"] ?? .object([]))
        case "object": return object(schema)
        case "integer": return [Piece(text: "whole number\(range(schema))")]
        case "string": return [Piece(text: string(schema))]
        case let type?: return [Piece(text: type)]
        case nil: return [Piece(text: "anything")]
        }
    }

    private static func object(_ schema: JSON) -> [Piece] {
        if let item = schema["properties"]?["items"]?["items"], schema["properties"]?["next"] != nil {
            return [Piece(text: "page of ")] + words(item)
        }
        if let members = schema["properties"]?.members { return [Piece(text: "{ \(members.map(\.name).joined(separator: ", ")) }")] }
        return schema["additionalProperties"].map { [Piece(text: "object of names and ")] + words($0) } ?? [Piece(text: "object")]
    }

    private static func string(_ schema: JSON) -> String {
        if let format = schema["format"]?.stringValue { return "text (\(format))" }
        guard let most = schema["maxLength"]?.integerValue else { return "text" }
        return "text of \(schema["minLength"]?.integerValue ?? 0) to \(most) characters"
    }

    private static func range(_ schema: JSON) -> String {
        guard let least = schema["minimum"]?.integerValue else { return "" }
        guard let most = schema["maximum"]?.integerValue, most != .max else { return " from \(least)" }
        return " from \(least) to \(most)"
    }
}

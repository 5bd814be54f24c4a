import Events

/// A schema in a few words, for people.
enum ShapeWords {
    static func words(_ schema: JSON) -> String {
        if let name = reference(schema) { return name }
        if let values = schema["enum"]?.arrayValue { return values.compactMap(\.stringValue).joined(separator: ", ") }
        if let value = schema["const"] { return value.text }
        for (name, between) in [("anyOf", " or "), ("oneOf", " or "), ("allOf", " and ")] {
            if let parts = schema[name]?.arrayValue { return parts.map(words).joined(separator: between) }
        }
        switch schema["type"]?.stringValue {
        case "array": return "list of \(schema["items"].map(words) ?? "anything")"
        case "object": return object(schema)
        case "integer": return "whole number\(range(schema))"
        case "string": return string(schema)
        case let type?: return type
        case nil: return "anything"
        }
    }

    static func reference(_ schema: JSON) -> String? {
        schema["$ref"]?.stringValue.map { String($0.split(separator: "/").last ?? "") }
    }

    private static func object(_ schema: JSON) -> String {
        if let item = schema["properties"]?["items"]?["items"], schema["properties"]?["next"] != nil { return "page of \(words(item))" }
        if let members = schema["properties"]?.members { return "{ \(members.map(\.name).joined(separator: ", ")) }" }
        return schema["additionalProperties"].map { "object of names and \(words($0))" } ?? "object"
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

import Events

/// JSON for people: one member a line.
enum IndentedJSON {
    static func text(_ json: JSON, depth: Int = 0) -> String {
        let inner = String(repeating: "  ", count: depth + 1)
        let outer = String(repeating: "  ", count: depth)
        switch json {
        case .object(let members) where !members.isEmpty:
            let lines = members.map { "\(inner)\(JSON.string($0.name).text): \(text($0.value, depth: depth + 1))" }
            return "{\n\(lines.joined(separator: ",\n"))\n\(outer)}"
        case .array(let values) where !values.isEmpty:
            return "[\n\(values.map { inner + text($0, depth: depth + 1) }.joined(separator: ",\n"))\n\(outer)]"
        case .null, .bool, .integer, .number, .string, .object, .array:
            return json.text
        }
    }
}

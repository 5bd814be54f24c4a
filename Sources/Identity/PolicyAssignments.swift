public import Events

extension PolicyDocument {
    /// A patch from the command line's `name=value`: lists are comma-separated, `null` takes a value back,
    /// `attributeMapping.email=mail` names a member's member; what begins with `[` or `{` is read as JSON.
    public static func patch(assignments: [String]) throws(RuleError) -> JSON {
        var patch = JSON.object([])
        for assignment in assignments {
            guard let equals = assignment.firstIndex(of: "="), equals != assignment.startIndex else {
                throw RuleError(.invalidRequest, "“\(assignment)” is not of the form name=value.")
            }
            let path = assignment[..<equals].split(separator: ".", maxSplits: 1).map(String.init)
            guard let name = path.first, let standard = Policy.defaults.json[name] else {
                throw RuleError(
                    .invalidRequest, "The policy has no member “\(assignment[..<equals])”.",
                    remedy: "Its members are \(members.joined(separator: ", ")).")
            }
            let text = String(assignment[assignment.index(after: equals)...])
            if path.count == 2 {
                let inner = JSON.object([.init(path[1], text == "null" || text.isEmpty ? .null : .string(text))])
                patch = patch.adding(name, (patch[name] ?? .object([])).adding(path[1], inner[path[1]] ?? .null))
            } else {
                patch = patch.adding(name, try value(text, of: name, like: standard))
            }
        }
        return patch
    }

    private static func value(_ text: String, of name: String, like standard: JSON) throws(RuleError) -> JSON {
        if text == "null" { return .null }
        if text.hasPrefix("[") || text.hasPrefix("{") {
            do throws(JSONError) {
                return try JSON(parsing: text)
            } catch {
                throw RuleError(.invalidRequest, "The value of “\(name)” is no JSON: \(error.detail)")
            }
        }
        switch standard {
        case .bool:
            if text == "true" { return true }
            if text == "false" { return false }
        case .integer:
            if let number = Int64(text) { return .integer(number) }
        case .array:
            return .array(text.split(separator: ",").map { .string(String($0)) })
        case .null, .number, .string, .object:
            if name == "evidenceRetentionDays", let number = Int64(text) { return .integer(number) }
            return .string(text)
        }
        return .string(text)  // the reader says what it must be
    }
}

extension JSON {
    /// The object with this member set.
    fileprivate func adding(_ name: String, _ value: JSON) -> JSON {
        .object((members ?? []).filter { $0.name != name } + [Member(name, value)])
    }
}

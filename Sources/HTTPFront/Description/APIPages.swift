import Events

/// The description as pages for people: one per subject, and one with the shapes.
enum APIPages {
    static func index(server: String) -> [String: Any] {
        [
            "introduction": APIWords.introduction, "bearer": APIWords.bearer, "server": server,
            "refusals": APIOperation.general.keys.sorted().map { ["status": String($0), "words": APIWords.status($0)] },
            "subjects": APIOperation.Subject.allCases.map { subject -> [String: Any] in
                [
                    "subject": subject.rawValue, "slug": subject.slug,
                    "operations": operations(subject).map {
                        ["id": $0.id, "method": $0.method.uppercased(), "path": $0.path, "summary": $0.summary, "slug": subject.slug]
                    },
                ]
            },
        ]
    }

    static func subject(_ subject: APIOperation.Subject) -> [String: Any] {
        ["operations": operations(subject).map(facts)]
    }

    static var shapes: [String: Any] {
        ["shapes": APISchemas.all.map { shape($0.name, $0.schema) }]
    }

    private static func shape(_ name: String, _ schema: JSON) -> [String: Any] {
        var facts: [String: Any] = ["name": name]
        if let words = schema["description"]?.stringValue { facts["words"] = words }
        if let example = schema["examples"]?.arrayValue?.first { facts["example"] = example.stringValue ?? example.text }
        if let members = schema["properties"]?.members {
            let required = schema["required"]?.arrayValue ?? []
            facts["members"] = [
                "rows": members.map { member in
                    shaped(
                        member.value,
                        [
                            "member": member.name, "optional": !required.contains(.string(member.name)),
                            "memberWords": member.value["description"]?.stringValue ?? "",
                        ])
                }
            ]
        } else {
            facts["plain"] = shaped(schema, [:])
        }
        return facts
    }

    private static func operations(_ subject: APIOperation.Subject) -> [APIOperation] {
        APIOperations.all.filter { $0.subject == subject }
    }

    private static func facts(_ operation: APIOperation) -> [String: Any] {
        var facts: [String: Any] = [
            "id": operation.id, "method": operation.method.uppercased(), "path": operation.path, "summary": operation.summary,
            "status": String(operation.answer.status), "answer": operation.answer.words,
            "answerTypes": operation.answer.content.map { content($0.type, $0.schema) },
            // What any request may be refused with stands once, on the first page.
            "problems": operation.problems.filter { APIOperation.general[$0.status] == nil }.map {
                ["status": String($0.status), "codes": $0.codes.joined(separator: ", ")]
            },
        ]
        if !operation.parameters.isEmpty {
            facts["parameters"] = [
                "rows": operation.parameters.map { parameter in
                    shaped(
                        parameter.schema,
                        [
                            "name": parameter.name, "place": APIWords.place(parameter.place), "required": parameter.isRequired,
                            "words": parameter.words,
                        ])
                }
            ]
        }
        if let body = operation.body {
            var shown: [String: Any] = ["types": body.content.map { content($0.type, $0.schema) }]
            if let example = body.example { shown["example"] = IndentedJSON.text(example) }
            facts["body"] = shown
        }
        return facts
    }

    private static func content(_ type: String, _ schema: JSON) -> [String: Any] { shaped(schema, ["type": type]) }

    private static func shaped(_ schema: JSON, _ facts: [String: Any]) -> [String: Any] {
        var facts = facts
        facts["pieces"] = ShapeWords.words(schema).map { ["text": $0.text, "isShape": $0.isShape] as [String: Any] }
        return facts
    }
}

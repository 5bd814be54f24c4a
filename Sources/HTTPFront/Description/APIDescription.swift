import Events

/// The administration API in OpenAPI 3.1, made from ``APIOperations`` and ``APISchemas``.
enum APIDescription {
    static func document(server: String) -> JSON {
        var paths: [(String, [JSON.Member])] = []
        for operation in APIOperations.all {
            let member = JSON.Member(operation.method, self.operation(operation))
            if let index = paths.firstIndex(where: { $0.0 == operation.path }) {
                paths[index].1.append(member)
            } else {
                paths.append((operation.path, [member]))
            }
        }
        return [
            "openapi": "3.1.0",
            "info": [
                "title": "identity-ledger", "version": "1", "summary": "The administration API.",
                "description": .string(APIWords.introduction),
            ],
            "servers": [["url": .string(server)]],
            "security": [["bearer": []]],
            "tags": .array(APIOperation.Subject.allCases.map { ["name": .string($0.rawValue)] }),
            "paths": .object(paths.map { .init($0.0, .object($0.1)) }),
            "components": [
                "securitySchemes": ["bearer": ["type": "http", "scheme": "bearer", "description": .string(APIWords.bearer)]],
                "responses": .object(
                    APIOperation.general.sorted { $0.key < $1.key }.map { .init("problem\($0.key)", problem($0.key, $0.value)) }),
                "schemas": .object(APISchemas.all.map { .init($0.name, $0.schema) }),
            ],
        ]
    }

    private static func operation(_ operation: APIOperation) -> JSON {
        var members: [JSON.Member] = [
            .init("operationId", .string(operation.id)), .init("summary", .string(operation.summary)),
            .init("tags", [.string(operation.subject.rawValue)]),
        ]
        if operation.isPublic { members.append(.init("security", [])) }
        if !operation.parameters.isEmpty { members.append(.init("parameters", .array(operation.parameters.map(parameter)))) }
        if let body = operation.body {
            let content = body.content.map { type, schema in
                JSON.Member(type, .object([.init("schema", schema)] + example(type, body.example)))
            }
            members.append(.init("requestBody", ["required": true, "content": .object(content)]))
        }
        let problems = operation.problems.map { status, codes in
            let isGeneral = APIOperation.general[status] == codes
            return JSON.Member(
                String(status), isGeneral ? ["$ref": .string("#/components/responses/problem\(status)")] : problem(status, codes))
        }
        members.append(.init("responses", .object([.init(String(operation.answer.status), answer(operation))] + problems)))
        return .object(members)
    }

    private static func example(_ type: String, _ example: JSON?) -> [JSON.Member] {
        guard type.hasSuffix("json"), let example else { return [] }
        return [.init("example", example)]
    }

    private static func parameter(_ parameter: APIOperation.Parameter) -> JSON {
        let members: [JSON.Member] = [
            .init("name", .string(parameter.name)), .init("in", .string(parameter.place)), .init("required", .bool(parameter.isRequired)),
            .init("description", .string(parameter.words)), .init("schema", parameter.schema),
        ]
        // An empty value counts as none.
        let mayBeEmpty = parameter.place == "query" && !parameter.isRequired
        return .object(
            members + (mayBeEmpty ? [.init("allowEmptyValue", true)] : []) + (parameter.example.map { [.init("example", $0)] } ?? []))
    }

    private static func answer(_ operation: APIOperation) -> JSON {
        var members: [JSON.Member] = [.init("description", .string(operation.answer.words))]
        if !operation.answer.content.isEmpty {
            members.append(.init("content", .object(operation.answer.content.map { .init($0.type, ["schema": $0.schema]) })))
        }
        if let links = APILinks.links(from: operation.id) { members.append(.init("links", links)) }
        return .object(members)
    }

    private static func problem(_ status: Int, _ codes: [String]) -> JSON {
        let narrowed: JSON = ["properties": ["code": Schema.one(of: codes), "status": ["const": .integer(Int64(status))]]]
        let schema = Schema.all(of: Schema.reference("Problem"), narrowed)
        var members: [JSON.Member] = [.init("description", .string(APIWords.status(status)))]
        let header: (name: String, words: String)? =
            switch status {
            case 401: ("WWW-Authenticate", "Bearer")
            case 503: ("Retry-After", "In how many seconds to try again.")
            default: nil
            }
        if let header {
            let described: JSON = ["required": true, "description": .string(header.words), "schema": Schema.text]
            members.append(.init("headers", .object([.init(header.name, described)])))
        }
        members.append(.init("content", ["application/problem+json": ["schema": schema]]))
        return .object(members)
    }
}

import Events

/// Where a value of an answer goes on to: what one request makes, others take in their paths.
enum APILinks {
    private struct Source {
        let operation: String
        /// The parameters that the answer, or its request, gives.
        let gives: [(name: String, expression: String)]
    }

    private static let org = (name: "org", expression: "$request.path.org")

    private static let sources = [
        Source(operation: "createOrganization", gives: [("org", "$response.body#/id")]),
        Source(operation: "createSetupLink", gives: [org, ("link", "$response.body#/id")]),
        Source(operation: "addAccount", gives: [org, ("account", "$response.body#/id")]),
        Source(operation: "listUsers", gives: [org, ("user", "$response.body#/items/0/id")]),
        Source(operation: "listKeys", gives: [org, ("key", "$response.body#/items/0/id")]),
        Source(operation: "nameDomain", gives: [org, ("domain", "$response.body#/domain")]),
        Source(operation: "listLogins", gives: [org, ("sequence", "$response.body#/items/0/sequence")]),
        Source(operation: "listEvents", gives: [("sequence", "$response.body#/items/0/sequence")]),
        Source(operation: "setConsumer", gives: [("name", "$response.body#/name")]),
    ]

    /// The links of an operation's answer: to every operation whose path takes exactly what it gives.
    static func links(from id: String) -> JSON? {
        guard let source = sources.first(where: { $0.operation == id }) else { return nil }
        let names = Set(source.gives.map(\.name))
        let links = APIOperations.all.filter { $0.id != id && !names.isEmpty && Set($0.pathNames) == names }.map { operation in
            JSON.Member(
                operation.id,
                [
                    "operationId": .string(operation.id),
                    "parameters": .object(source.gives.map { .init($0.name, .string($0.expression)) }),
                ])
        }
        return links.isEmpty ? nil : .object(links)
    }
}

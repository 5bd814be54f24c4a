import HTTPTypes
import Hummingbird

/// Which handler answers which request. Paths are patterns such as `/v1/organizations/{org}`.
struct RouteTable: Sendable {
    typealias Handler = @Sendable (FrontRequest) async throws -> Response

    /// Who reads a route's problems: people get a page unless they ask for JSON, programs always get JSON.
    enum Audience: Sendable { case people, programs }

    private enum Segment: Sendable, Hashable {
        case word(String)
        case parameter(String)
        /// All that is left.
        case rest(String)
    }

    private struct Route: Sendable {
        let method: HTTPRequest.Method
        let pattern: [Segment]
        let audience: Audience
        let handler: Handler
    }

    enum Match: Sendable {
        case handler(Handler, parameters: [String: String], Audience)
        case otherMethods([String], Audience)
        case none
    }

    private var routes: [Route] = []

    mutating func add(
        _ method: HTTPRequest.Method, _ path: String, for audience: Audience, _ handler: @escaping Handler
    ) {
        let pattern = path.split(separator: "/").map { part -> Segment in
            if part.hasPrefix("{"), part.hasSuffix("...}") { return .rest(String(part.dropFirst().dropLast(4))) }
            if part.hasPrefix("{"), part.hasSuffix("}") { return .parameter(String(part.dropFirst().dropLast())) }
            return .word(String(part))
        }
        routes.append(Route(method: method, pattern: pattern, audience: audience, handler: handler))
    }

    /// Every route, as `GET /v1/organizations/{org}`.
    var descriptions: [String] {
        routes.map { route in
            let path = route.pattern.map { segment in
                switch segment {
                case .word(let word): "/\(word)"
                case .parameter(let name): "/{\(name)}"
                case .rest(let name): "/{\(name)...}"
                }
            }
            return "\(route.method.rawValue) \(path.joined())"
        }
    }

    func match(_ method: HTTPRequest.Method, _ path: [String]) -> Match {
        var allowed: [String] = []
        var audience = Audience.people
        for route in routes {
            guard let parameters = Self.parameters(route.pattern, path) else { continue }
            // HEAD is GET without the body (RFC 9110 §9.3.2).
            if route.method == method || (method == .head && route.method == .get) {
                return .handler(route.handler, parameters: parameters, route.audience)
            }
            audience = route.audience
            if !allowed.contains(route.method.rawValue) { allowed.append(route.method.rawValue) }
        }
        return allowed.isEmpty ? .none : .otherMethods(allowed, audience)
    }

    private static func parameters(_ pattern: [Segment], _ path: [String]) -> [String: String]? {
        var parameters: [String: String] = [:]
        var index = 0
        for segment in pattern {
            switch segment {
            case .rest(let name):
                guard index < path.count else { return nil }
                parameters[name] = path[index...].joined(separator: "/")
                return parameters
            case .word(let word):
                guard index < path.count, path[index] == word else { return nil }
            case .parameter(let name):
                guard index < path.count, !path[index].isEmpty else { return nil }
                parameters[name] = path[index]
            }
            index += 1
        }
        return index == path.count ? parameters : nil
    }
}

import Events
import HTTPTypes
public import Hummingbird
import Logging

/// Answers requests: decodes, finds the route, turns every refusal into an answer. Never 500.
public struct FrontResponder: HTTPResponder {
    /// What hummingbird hands over with a request.
    public typealias Context = FrontContext

    let services: Services
    let table: RouteTable
    let source: ClientSource
    let headers: SecurityHeaders
    let bodies: BodyBudget
    let now: @Sendable () -> Instant

    /// The answer; never thrown, never 500.
    public func respond(to request: Request, context: FrontContext) async throws -> Response {
        let client = source.source(peer: context.peer, forwardedFor: request.headers[values: .forwardedFor])
        let share = BodyBudget.Share(of: bodies, for: client)
        var response = await answer(request, client, share, context)
        headers.apply(to: &response)
        services.metrics.countAnswer(status: response.status.code)
        if await !Self.bodyEnds(request, response, share) {
            // What is refused unread would be read to its end otherwise, however long it is (C51).
            response.headers[.connection] = "close"
            context.endConnectionSoon()
        }
        return request.method == .head ? response.createHeadResponse() : response
    }

    /// Whether the connection can go on: a body that was refused unread is short, or is empty without saying so.
    private static func bodyEnds(_ request: Request, _ response: Response, _ share: BodyBudget.Share) async -> Bool {
        guard response.status.code >= 400, share.reading != .ended else { return true }
        let isBusy = response.status == .serviceUnavailable
        if let length = request.headers[.contentLength].flatMap(Int.init) {
            return length == 0 || (length <= RequestLimits.formBytes && !isBusy)
        }
        guard request.headers[.transferEncoding] != nil else { return true }
        guard share.reading == .untouched, !isBusy, response.status != .tooManyRequests else { return false }
        return await isEmpty(request.body)
    }

    // Many programs send an empty body in chunks.
    private static func isEmpty(_ body: RequestBody) async -> Bool {
        await withTaskGroup(of: Bool.self) { group in
            group.addTask {
                do {
                    for try await buffer in body where buffer.readableBytes > 0 { return false }
                    return true
                } catch { return false }
            }
            group.addTask {
                try? await Task.sleep(for: .milliseconds(RequestLimits.emptyBodyMilliseconds))
                return false
            }
            let isEmpty = await group.next() ?? false
            group.cancelAll()
            return isEmpty
        }
    }

    private func answer(
        _ request: Request, _ client: String, _ share: BodyBudget.Share, _ context: FrontContext
    ) async -> Response {
        var audience = RouteTable.Audience.programs
        var asksForJSON = true
        var asked: FrontRequest?
        do {
            var front = try FrontRequest(
                request, source: client, base: services.url.path, instant: now(), share: share, logger: context.logger)
            asksForJSON = front.acceptsJSON
            asked = front
            switch table.match(front.method, front.path) {
            case .handler(let handler, let parameters, let readers):
                audience = readers
                front.parameters = parameters
                return try await handler(front)
            case .otherMethods(let methods, let readers):
                audience = readers
                if front.method == .options {
                    return Response(status: .noContent, headers: [.allow: methods.joined(separator: ", ")])
                }
                throw Problem.method(methods)
            case .none:
                if front.path.first != "v1", front.path.first != "log" { audience = .people }
                throw Problem.notFound
            }
        } catch {
            let problem = Problem(any: error, logger: context.logger)
            guard audience == .people, !asksForJSON else { return problem.response(at: services.url) }
            guard let asked else { return services.pages.problem(problem) }
            return await services.problemPage(problem, for: asked, in: table)
        }
    }
}

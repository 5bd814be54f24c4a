import Events
import HTTPTypes
import Hummingbird
import Logging
import NIOCore

/// A request as the routes read it: decoded once, strictly.
struct FrontRequest: Sendable {
    let method: HTTPRequest.Method
    /// The segments below the public URL's path, decoded.
    let path: [String]
    let query: Fields
    /// The query as it was received: some signatures cover these octets.
    let rawQuery: String
    let cookies: RequestCookies
    /// Who it comes from, as limits count it.
    let source: String
    let instant: Instant
    let logger: Logger
    var parameters: [String: String] = [:]
    private let request: Request
    private let share: BodyBudget.Share

    init(
        _ request: Request, source: String, base: String, instant: Instant, share: BodyBudget.Share, logger: Logger
    ) throws(Problem) {
        self.request = request
        self.share = share
        self.source = source
        self.instant = instant
        self.logger = logger
        method = request.method
        let size = request.headers.reduce(request.head.path?.utf8.count ?? 0) {
            $0 + $1.name.rawName.utf8.count + $1.value.utf8.count + 4
        }
        guard size <= RequestLimits.headerBytes else { throw .headerTooLarge }
        let target = Array((request.head.path ?? "/").utf8)
        guard target.first == UInt8(ascii: "/") else { throw .malformed("The request's target is no path.") }
        let mark = target.firstIndex(of: UInt8(ascii: "?")) ?? target.endIndex
        var segments: [String] = []
        for part in target[1..<mark].split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
            guard let segment = PercentCoding.decode(part, plusIsSpace: false) else {
                throw .malformed("The address is not percent-encoded UTF-8.")
            }
            segments.append(segment)
        }
        if segments.last == "" { segments.removeLast() }
        query = try Fields(urlEncoded: target[mark...].dropFirst())
        rawQuery = String(decoding: target[mark...].dropFirst(), as: UTF8.self)
        cookies = RequestCookies(headers: request.headers[values: .cookie])
        let prefix = base.split(separator: "/").map(String.init)
        if segments.starts(with: prefix) {
            path = Array(segments.dropFirst(prefix.count))
        } else if segments.count == 1, ["healthz", "readyz", "metrics"].contains(segments[0]) {
            // Operations are asked for at the server itself, which knows nothing of the public path.
            path = segments
        } else {
            throw .notFound
        }
    }

    func header(_ name: HTTPField.Name) -> String? { request.headers[name] }

    /// Whether a program asks, which reads problems as JSON.
    var acceptsJSON: Bool {
        request.headers[values: .accept].contains { value in
            value.utf8.split(separator: UInt8(ascii: ",")).contains { item in
                let type = String(item.prefix { $0 != UInt8(ascii: ";") })?.filter { $0 != " " }.lowercased()
                return type == "application/json" || type == "application/problem+json"
            }
        }
    }

    /// The media type of the body, without parameters, in lower case.
    var mediaType: String? {
        header(.contentType).map { $0.prefix { $0 != ";" }.filter { $0 != " " }.lowercased() }
    }

    /// The whole body.
    ///
    /// - Throws: `too_large` over the limit, 408 after ten seconds, `overloaded` where all bodies together are too much (C51).
    func body(upTo limit: Int) async throws -> [UInt8] {
        if let length = header(.contentLength).flatMap(Int.init), length > limit {
            throw tooLarge(limit)
        }
        let tooLarge = tooLarge(limit)
        let body = request.body
        let share = share
        let expected = min(limit, header(.contentLength).flatMap(Int.init) ?? 0)
        return try await withThrowingTaskGroup(of: [UInt8]?.self) { group in
            group.addTask {
                var bytes: [UInt8] = []
                share.reading = .begun
                for try await buffer in body {
                    guard bytes.count + buffer.readableBytes <= limit else { throw tooLarge }
                    guard share.take(buffer.readableBytes) else { throw Problem.overloaded }
                    if bytes.isEmpty { bytes.reserveCapacity(min(expected, 64 << 10)) }
                    bytes += buffer.readableBytesView
                }
                share.reading = .ended
                return bytes
            }
            group.addTask {
                try await Task.sleep(for: .seconds(RequestLimits.bodySeconds))
                return nil
            }
            defer { group.cancelAll() }
            guard let first = try await group.next(), let bytes = first else { throw Problem.bodyTooSlow }
            return bytes
        }
    }

    private func tooLarge(_ limit: Int) -> Problem { .tooLarge(limit: limit, fromProvider: path.first == "saml") }

    /// The fields of a posted form.
    func form() async throws -> Fields {
        guard mediaType == "application/x-www-form-urlencoded" else { throw Problem.mediaType(read: "application/x-www-form-urlencoded") }
        return try Fields(urlEncoded: try await body(upTo: RequestLimits.formBytes))
    }

    /// A JSON body of these members and no others.
    func json(members: Set<String>) async throws -> JSON {
        let value = try await json()
        guard let found = value.members else { throw Problem.invalid("The body is no JSON object.") }
        try Self.check(found, members)
        return value
    }

    /// A JSON body of any shape.
    func json() async throws -> JSON {
        guard mediaType == "application/json" || mediaType == "application/merge-patch+json" || mediaType == nil else {
            throw Problem.mediaType(read: "application/json")
        }
        let bytes = try await body(upTo: RequestLimits.jsonBytes)
        do throws(JSONError) {
            return try JSON(parsing: bytes)
        } catch {
            throw Problem.invalid(error.detail)
        }
    }

    static func check(_ found: [JSON.Member], _ members: Set<String>) throws {
        if let unknown = found.first(where: { !members.contains($0.name) }) {
            throw Problem.invalid(
                "There is no member “\(unknown.name)” here; known are \(members.sorted().joined(separator: ", ")).")
        }
    }
}

import Hummingbird
import Ledger

/// The transparency log: checkpoints, verifier key, tiles (C2SP tlog-tiles) and consistency proofs.
struct LogRoutes: Sendable {
    let services: Services

    func register(in table: inout RouteTable) {
        table.add(.get, "/log/checkpoint", for: .programs) { _ in
            .text(try services.core.checkpoint(), type: "text/plain; charset=utf-8")
        }
        table.add(.get, "/log/key", for: .programs) { _ in
            .text(try services.core.verifierKey().text + "\n", type: "text/plain; charset=utf-8")
        }
        table.add(.get, "/log/tile/entries/{path...}", for: .programs) { request in
            let caller = try await services.bearer(request)
            guard let path = TilePath("0/" + (request.parameters["path"] ?? "")),
                let bytes = try await services.core.entries(path, by: caller)
            else {
                throw Problem.notFound
            }
            return .bytes(bytes, type: "application/octet-stream")
        }
        table.add(.get, "/v1/checkpoints", for: .programs) { request in
            let caller = try await services.bearer(request)
            return .json(try services.core.checkpoints(try Page(request.query), by: caller))
        }
        table.add(.post, "/v1/checkpoints", for: .programs) { request in
            .json(try await services.core.signCheckpoint(by: try await services.bearer(request)))
        }
        table.add(.get, "/v1/consistency", for: .programs, consistency)
        table.add(.get, "/log/tile/{path...}", for: .programs) { request in
            guard let path = TilePath(request.parameters["path"] ?? ""), let bytes = try services.core.tile(path) else {
                throw Problem.notFound
            }
            return .bytes(bytes, type: "application/octet-stream")
        }
    }

    private func consistency(_ request: FrontRequest) async throws -> Response {
        let caller = try await services.bearer(request)
        func size(_ name: String) throws -> UInt64? {
            guard let text = try request.query.text(name) else { return nil }
            guard let size = UInt64(sequence: text) else { throw Problem.invalid("“\(name)” is a number of events.") }
            return size
        }
        guard let oldSize = try size("from") else { throw Problem.invalid("“from” is missing: the size of the older tree.") }
        return .json(try services.core.consistency(from: oldSize, to: try size("to"), by: caller))
    }
}

/// The address of a hash tile: `L/x001/x234/067` with `.p/W` for a partial one (C2SP tlog-tiles).
struct TilePath: Sendable, Hashable {
    let level: Int
    let index: UInt64
    /// 1 to 256 hashes.
    let width: Int

    init?(_ text: String) {
        var parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count >= 2, let level = Self.number(parts[0], digits: 1...2), level <= 63 else { return nil }
        self.level = Int(level)
        parts.removeFirst()
        var width = 256
        if parts.count >= 2, parts[parts.count - 2].hasSuffix(".p") {
            guard let partial = Self.number(parts[parts.count - 1], digits: 1...3), (1...255).contains(partial) else {
                return nil
            }
            width = Int(partial)
            parts.removeLast()
            parts[parts.count - 1] = parts[parts.count - 1].dropLast(2)
        }
        self.width = width
        var index: UInt64 = 0
        guard (1...6).contains(parts.count) else { return nil }
        for (position, part) in parts.enumerated() {
            var part = part
            if position < parts.count - 1 {
                guard part.hasPrefix("x") else { return nil }
                part = part.dropFirst()
            }
            guard let digits = Self.number(part, digits: 3...3) else { return nil }
            index = index * 1000 + digits
        }
        self.index = index
    }

    private static func number(_ text: Substring, digits: ClosedRange<Int>) -> UInt64? {
        guard digits.contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return UInt64(text)
    }
}

import Events
import HTTPTypes
import Hummingbird
import IdentityLedger
import Logging
import NIOCore
import Synchronization
import Testing

@testable import HTTPFront

private func identifier(_ number: UInt8) throws -> Identifier { try #require(Identifier(bytes: [UInt8](repeating: number, count: 16))) }

@Suite struct `What takes long` {
    private static func overloads(_ work: () async throws -> Void) async -> Bool {
        await #expect(throws: Problem.overloaded) { try await work() } != nil
    }

    @Test func `is done for everyone of an organization once at a time, and else refused with the advice to wait`() async throws {
        try await TestServer.run { server in
            let core = Core(ledger: server.ledger)
            let (one, other) = (try identifier(1), try identifier(2))
            let done = try await core.massChange(one, isLong: true) {
                #expect(await Self.overloads { try await core.massChange(one, isLong: true) {} })
                try await core.massChange(one, isLong: false) {}
                return try await core.massChange(other, isLong: true) { true }
            }
            #expect(done)
            try await core.massChange(one, isLong: true) {}
            #expect(Problem.overloaded.status == 503 && Problem.overloaded.retryAfterSeconds == 5)
        }
    }

    @Test func `has one spreadsheet at a time for an organization and two in all, and saving goes on`() async throws {
        try await TestServer.run { server in
            let core = Core(ledger: server.ledger)
            let (one, other, third) = (try identifier(1), try identifier(2), try identifier(3))
            #expect(core.tables.enter(one))
            #expect(await Self.overloads { try await core.table(of: one) {} })
            #expect(try await core.table(of: other) { 1 } == 1)
            #expect(core.tables.enter(other))
            #expect(await Self.overloads { try await core.table(of: third) {} })
            #expect(try await core.apart(for: one) { 2 } == 2)
            // A later piece waits for its turn, so that a table isn't cut off in the middle.
            async let later = core.table(of: one, waits: true) { 3 }
            try await Task.sleep(for: .milliseconds(20))
            core.tables.leave(one)
            #expect(try await later == 3)
        }
    }

    private final class Inside: Sendable { let count = Mutex(0) }

    @Test func `is asked of a cold directory by one at a time, in order`() async throws {
        let gate = Gate()
        let (one, other) = (try identifier(1), try identifier(2))
        let inside = Inside()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<100 {
                group.addTask {
                    await gate.enter(one)
                    inside.count.withLock {
                        $0 += 1
                        #expect($0 == 1)
                    }
                    await Task.yield()
                    inside.count.withLock { $0 -= 1 }
                    gate.leave(one)
                }
            }
        }
        await gate.enter(one)
        await gate.enter(other)
        gate.leave(one)
        gate.leave(other)
    }
}

@Suite struct `A spreadsheet` {
    private enum Ended: Error { case whole }

    // Ends the session once the first rows are written.
    private struct Writer: ResponseBodyWriter {
        let ledger: IdentityLedger
        let session: String
        var pieces = 0

        mutating func write(_ buffer: ByteBuffer) async throws {
            pieces += 1
            if pieces == 2 { try await ledger.endSetupSession(session) }
            guard pieces < 3 else { throw Ended.whole }
        }

        consuming func finish(_ trailingHeaders: HTTPFields?) async throws { throw Ended.whole }
    }

    @Test func `ends where whoever asked for it may not go on`() async throws {
        try await TestServer.run { server in
            let org = try await server.organization()
            try await `The users page`.people(server, org, 1100)
            let cookies = try await server.administrator(org)
            let session = try #require(cookies.values.first)
            let front = try HTTPFront(
                ledger: server.ledger, options: FrontOptions(publicURL: TestServer.base), logger: Logger(label: "test"))
            let head = HTTPRequest(
                method: .get, scheme: nil, authority: nil, path: "/organizations/\(org)/users.csv",
                headerFields: .cookies(cookies))
            var request = try FrontRequest(
                Request(head: head, body: RequestBody(buffer: ByteBuffer())), source: "test", base: "", instant: server.ledger.now,
                share: BodyBudget.Share(of: BodyBudget(limit: 1000), for: "test"), logger: Logger(label: "test"))
            guard case .handler(let handler, let parameters, _) = front.table.match(.get, request.path) else {
                Issue.record("There is no such page.")
                return
            }
            request.parameters = parameters
            let response = try await handler(request)
            #expect(response.status == .ok)
            await #expect(throws: Problem.unauthorized) {
                try await response.body.write(Writer(ledger: server.ledger, session: session))
            }
        }
    }
}

import Foundation
import Glibc
import LMDB
import Testing

@Suite struct `A server that may have little memory` {
    @Test(arguments: [1 << 30, 3 << 29]) func `takes a smaller map, and lets people in`(_ bytes: Int) async throws {
        let program = try Program()
        defer { program.clear() }
        let service = try LoginService(program)
        let server = try await service.start(limits: ["--as=\(bytes)"])
        for _ in 0..<20 { #expect(try await service.signIn(server, email: "ann@example.com") == 303) }
        #expect(try await service.status("/readyz", server) == 200)
        server.process.terminate()
        server.process.waitUntilExit()
        #expect(server.process.terminationReason == .exit)
        #expect(try program("verify").status == 0)
    }
}

@Suite struct `A server that may open few files` {
    @Test func `lets connections wait that it has no room for, and answers when others end`() async throws {
        let program = try Program()
        defer { program.clear() }
        let service = try LoginService(program)
        let server = try await service.start(limits: ["--nofile=200:200"])
        let sockets = (0..<120).compactMap { _ in Self.connect(server.port) }
        #expect(sockets.count == 120, "the system keeps those that are not accepted yet")
        try await Task.sleep(for: .milliseconds(300))
        #expect(server.process.isRunning)
        for socket in sockets { close(socket) }
        #expect(try await service.signIn(server, email: "ann@example.com") == 303)
        #expect(try await service.status("/readyz", server) == 200)
        server.process.terminate()
        server.process.waitUntilExit()
        #expect(server.process.terminationReason == .exit)
    }

    private static func connect(_ port: Int) -> Int32? {
        let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        let result = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe Glibc.connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        return result == 0 ? socket : nil
    }
}

@Suite struct `A process with a small map` {
    @Test func `sees what another one wrote beyond it, and goes on writing`() throws {
        let program = try Program()
        defer { program.clear() }
        let made = try program("organization", "create", "Example", "--json").document()
        let id = try #require(made["id"] as? String)
        // This process's map ends within what the other one writes.
        let events = Database(name: "events")
        let environment = try Environment.open(path: program.path("data/ledger"), mapSizeBytes: 1 << 20, maxDatabases: 64, readOnly: false)
        try environment.open([events, Database(name: "positions")], create: false)
        let before = try environment.beginRead().count(events)
        for start in [0, 5000] {
            let users = (start..<start + 5000).map { "user\($0)@a.example,User,password" }.reduce("email,name,signInMethod") {
                $0 + "\n" + $1
            }
            #expect(try program("user", "import", id, try program.write(users, to: "users.csv")).status == 0)
            #expect(try environment.beginRead().count(events) == before + start + 5000)
            var transaction = try environment.beginWrite()
            try transaction.put(Database(name: "positions"), Array("from here \(start)".utf8), [0, 0, 0, 0, 0, 0, 0, 1])
            try transaction.commit()
        }
        #expect(try environment.mapSizeBytes() > 1 << 22)
        #expect(try program("verify").status == 0)
        #expect(try program("user", "list", id, "--json").objects().count > 0)
    }
}

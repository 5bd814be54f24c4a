import Foundation
import Glibc
import Testing

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

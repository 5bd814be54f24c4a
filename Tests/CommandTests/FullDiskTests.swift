import Foundation
import Testing

@Suite struct `A server whose disk is full` {
    @Test func `answers 503, loses nothing that it answered, and goes on by itself when there is room`() async throws {
        let program = try Program()
        defer { program.clear() }
        let service = try LoginService(program)
        let server = try await service.start()
        #expect(try await service.signIn(server, email: "before@example.com") == 303)
        let size = try #require(
            try FileManager.default.attributesOfItem(atPath: program.path("data/ledger/data.mdb"))[.size] as? Int)
        try limit(server.process, size + (128 << 10))

        var statuses: [Int] = []
        for number in 0..<600 where statuses.last != 503 {
            statuses.append(try await service.signIn(server, email: "person\(number)@example.com"))
        }
        #expect(statuses.last == 503)
        let accepted = statuses.filter { $0 == 303 }.count
        #expect(accepted == statuses.count - 1, "until there is no room every login is answered: \(statuses)")
        try await Task.sleep(for: .milliseconds(1100))  // /readyz repeats itself within a second
        #expect(try await service.status("/readyz", server) == 503)
        #expect(try await service.status("/healthz", server) == 200)

        try limit(server.process, nil)
        #expect(try await service.signIn(server, email: "after@example.com") == 303)
        try await Task.sleep(for: .milliseconds(1100))
        #expect(try await service.status("/readyz", server) == 200)
        server.process.terminate()
        server.process.waitUntilExit()
        #expect(server.process.terminationReason == .exit)
        let logins = try program("logins", service.organization, "--json").objects().filter { $0["outcome"] as? String == "accepted" }
        #expect(logins.count == accepted + 2)
        #expect(try program("verify").status == 0)
    }

    /// How large a file the process may make; nil: as large as it likes. It stands for a disk that is full.
    private func limit(_ process: Process, _ bytes: Int?) throws {
        let command = Process()
        command.executableURL = URL(fileURLWithPath: "/usr/bin/prlimit")
        command.arguments = ["--pid", String(process.processIdentifier), "--fsize=\(bytes.map(String.init) ?? "unlimited"):unlimited"]
        try command.run()
        command.waitUntilExit()
        #expect(command.terminationStatus == 0)
    }
}

import Foundation
import Testing

@Suite struct `A server that is killed under a load of logins` {
    @Test func `ten times, keeps every login that it answered, once, and its session`() async throws {
        let program = try Program()
        defer { program.clear() }
        let service = try LoginService(program)
        var answered: [LoginService.Answered] = []
        var made: [String] = []
        for round in 0..<10 {
            let server = try await service.start()
            // Another process appends meanwhile, and is killed too, somewhere on its way.
            let command = try program.start(["organization", "create", "Round \(round)", "--json"], output: "made-\(round)")
            answered += await service.load(server, round: round, milliseconds: 150 + 50 * round)
            kill(command.processIdentifier, SIGKILL)
            command.waitUntilExit()
            if let text = try? String(contentsOfFile: program.path("made-\(round)"), encoding: .utf8), text.hasSuffix("}\n") {
                made.append("Round \(round)")
            }
        }
        let organizations = try program("organization", "list", "--json").objects().compactMap { $0["name"] as? String }
        #expect(Set(made).subtracting(organizations).isEmpty, "what was said to be made is there")
        #expect(answered.count >= 20, "the load must be one")

        let logins = try program("logins", service.organization, "--json").objects()
        let recorded = logins.filter { $0["outcome"] as? String == "accepted" }.compactMap { $0["assertionID"] as? String }
        #expect(Set(recorded).count == recorded.count, "an assertion is accepted once")
        #expect(Set(answered.map(\.assertionID)).subtracting(recorded).isEmpty, "whatever was answered is there")
        let users = try program("user", "list", service.organization, "--json").objects().compactMap { $0["email"] as? String }
        #expect(Set(users).count == users.count, "nobody is there twice")

        let server = try await service.start()
        for login in answered { #expect(try await service.sessionEmail(login.cookie, server) == login.email) }
        for login in answered.prefix(5) { #expect(try await service.post(login.response, server).status == 409) }
        server.process.terminate()
        server.process.waitUntilExit()
        let verified = try program("verify", "--json")
        #expect(verified.status == 0, "\(verified.facts)")
        #expect(try program("replay", "reprove", "--json").document()["different"] as? Int == 0)
    }
}

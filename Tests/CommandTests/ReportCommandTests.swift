import Foundation
import Testing

@Suite struct `Reports from the command line` {
    @Test func `say who may sign in and what changed, as lines, JSON, CSV and a document`() throws {
        let program = try Program()
        defer { program.clear() }
        let made = try program("organization", "create", "Example", "--public-url", "http://127.0.0.1:8080", "--json").document()
        let id = try #require(made["id"] as? String)
        let file = try program.write("email,name,signInMethod\nann@a.example,Ann,password\nbob@a.example,Bob,sso\n", to: "u.csv")
        #expect(try program("user", "import", id, file).status == 0)
        #expect(try program("user", "deactivate", id, "bob@a.example").status == 0)

        let report = try program("report", "access", id, "--json").document()
        #expect(report["canSignIn"] as? Int == 1)
        let users = try #require(report["users"] as? [[String: Any]])
        #expect(users.map { $0["email"] as? String } == ["ann@a.example", "bob@a.example"])
        #expect(users.map { $0["access"] as? String } == ["gained", "none"])
        #expect((report["basis"] as? [String: Any])?["checkpoint"] is String)
        let text = try program("report", "access", id)
        #expect(text.status == 0 && text.facts.contains("bob@a.example\tDeactivated.\tby the command line"))

        let people = try program("report", "access", id, "--csv").facts
        #expect(people.split(separator: "\r\n").count == 3)
        let changes = try program("report", "access", "--csv", "--changes").facts
        #expect(changes.contains(",access,UserDeactivated,") && changes.contains(",configuration,ServiceConfigured,"))
        #expect(try program("report", "access", id, "--html", "report.html").status == 0)
        let html = try String(contentsOfFile: program.path("report.html"), encoding: .utf8)
        #expect(html.contains("ann@a.example") && html.contains("@media print"))

        // The checkpoint that it rests on is one that verify takes.
        let note = try #require((report["basis"] as? [String: Any])?["checkpoint"] as? String)
        #expect(try program("verify", "--checkpoint", try program.write(note, to: "checkpoint")).status == 0)
        let early = try program("report", "access", id, "--to", "2020-01-01T00:00:00Z", "--json").document()
        #expect((early["users"] as? [Any])?.isEmpty == true && (early["changes"] as? [Any])?.isEmpty == true)
    }

    @Test func `refuse what can't be meant`() throws {
        let program = try Program()
        defer { program.clear() }
        let made = try program("organization", "create", "Example", "--json").document()
        let id = try #require(made["id"] as? String)
        #expect(try program("report", "access", id, "--csv", "--json").status == 64)
        #expect(try program("report", "access", id, "--changes").status == 64)
        #expect(try program("report", "access", "--html", "x.html").status == 64)
        #expect(try program("report", "access", "00000000000000000000000000000000").status == 1)
        #expect(try program("report", "access", id, "--from", "2026-01-02T00:00:00Z", "--to", "2026-01-01T00:00:00Z").status == 1)
        #expect(try program("report", "access", id, "--html", "no/such/place.html").status == 1)
        let anomalies = try program("report", "anomalies", id, "--json")
        #expect(anomalies.status == 0 && anomalies.facts.isEmpty)
    }
}

@Suite struct `Drift from the command line` {
    @Test func `is nothing where nobody has signed in`() throws {
        let program = try Program()
        defer { program.clear() }
        let id = try #require(try program("organization", "create", "Example", "--json").document()["id"] as? String)
        let drift = try program("replay", "drift", id, "--json")
        #expect(try drift.status == 0 && drift.document()["after"] as? Int == 0)
        #expect(try program("replay", "drift", id).facts.hasSuffix("Nothing is otherwise.\n"))
        #expect(try program("replay", "drift", id, "--since", "yesterday").status == 64)
    }
}

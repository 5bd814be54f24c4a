import Foundation
import Testing

@Suite struct `The pages' templates and texts` {
    @Test func `are written to start from, and never over what is there`() throws {
        let program = try Program()
        defer { program.clear() }
        let first = try program("templates", "pages", "--json").document()
        let written = try #require(first["written"] as? [String])
        #expect(written.contains("refused.mustache") && written.contains("texts.json"))
        #expect((first["kept"] as? [String])?.isEmpty == true)
        let own = program.path("pages/refused.mustache")
        try "<p>Ours</p>".write(toFile: own, atomically: true, encoding: .utf8)
        try FileManager.default.removeItem(atPath: program.path("pages/help.mustache"))
        let again = try program("templates", "pages", "--json").document()
        #expect(again["written"] as? [String] == ["help.mustache"])
        #expect(try String(contentsOfFile: own, encoding: .utf8) == "<p>Ours</p>")
    }

    @Test func `that can't be used keep the server from starting, with the file and what to do`() throws {
        let program = try Program()
        defer { program.clear() }
        try FileManager.default.createDirectory(atPath: program.path("pages"), withIntermediateDirectories: true)
        try program.write("{{#open}}", to: "pages/home.mustache")
        try program.write("GIF89a", to: "logo.gif")
        let serve = ["serve", "--listen", "127.0.0.1:0", "--public-url", "http://127.0.0.1:8080"]
        let cases: [([String], String)] = [
            (["--templates", "pages"], "home.mustache, line 1"), (["--templates", "nowhere"], "nowhere"),
            (["--brand-color", "red"], "--brand-color"), (["--brand-logo", "logo.gif"], "logo.gif"),
        ]
        for (arguments, named) in cases {
            let refused = try program(arguments: serve + arguments)
            #expect(refused.status == 64, "\(arguments): \(refused.notes)")
            #expect(refused.notes.contains(named), "\(refused.notes)")
        }
        #expect(!FileManager.default.fileExists(atPath: program.path("data")), "nothing was begun")
    }
}

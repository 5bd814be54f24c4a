import ArgumentParser
import Events
import Foundation
import HTTPFront
import IdentityLedger

struct TemplatesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "templates", abstract: "Writes the pages' built-in templates and texts into a directory, to be changed there.",
        discussion: """
            What is there already is left as it is. Keep the files that you change and remove the others, so that new versions' pages come through.
            Example: identity-ledger templates ./pages && identity-ledger serve … --templates ./pages
            """)
    @Argument(help: "The directory; made where there is none.") var directory: String
    @Flag(help: "Print facts as JSON.") var json = false

    func run() throws {
        var (written, kept): ([String], [String]) = ([], [])
        do {
            try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
            for file in Appearance.builtInFiles {
                let path = directory + "/" + file.name
                do {
                    try Data(file.text.utf8).write(to: URL(fileURLWithPath: path), options: .withoutOverwriting)
                    written.append(file.name)
                } catch  where FileManager.default.fileExists(atPath: path) { kept.append(file.name) }
            }
        } catch {
            throw ServiceError(
                code: "invalid_request", status: 422, detail: "The directory \(directory) can't be written.",
                remedy: "Look at its name and its permissions.")
        }
        if json {
            Output.facts(["written": .array(written.map(JSON.string)), "kept": .array(kept.map(JSON.string))], asJSON: true)
        } else {
            Output.line("\(written.count) files written into \(directory), \(kept.count) were there already and are as they were")
        }
    }
}

import ArgumentParser
import Events
import Foundation
import Identity
import IdentityLedger
import Ledger
import Projections

/// The one place that prints. Facts go to standard output, everything else to standard error; with `--json` facts are one object, or
/// one object a line in lists. What came from outside is shown without control characters (C52).
enum Output {
    static func line(_ text: String) { write(text, to: .standardOutput) }

    /// A row of comma-separated values, with the line end that it has: for files, so controls stay as they are.
    static func row(_ text: String) { try? FileHandle.standardOutput.write(contentsOf: Data(text.utf8)) }

    static func note(_ text: String) { write(clean(text), to: .standardError) }

    /// Part of a terminal's progress line, as it is.
    static func progress(_ text: String) { try? FileHandle.standardError.write(contentsOf: Data(text.utf8)) }

    static func facts(_ json: JSON, asJSON: Bool) {
        if asJSON { return line(json.text) }
        for member in json.members ?? [] { line("\(member.name): \(plain(member.value))") }
    }

    static func list(_ items: [JSON], asJSON: Bool, columns: [String]) {
        for item in items {
            line(asJSON ? item.text : columns.map { plain(item[$0] ?? .null) }.joined(separator: "\t"))
        }
    }

    private static func plain(_ value: JSON) -> String {
        switch value {
        case .string(let text): clean(text)
        case .null: "-"
        default: clean(value.text)
        }
    }

    /// Without control characters, line feeds among them: what came from outside can't begin a line of its own (C52).
    static func clean(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            scalars.append(scalar.properties.generalCategory == .control ? "\u{FFFD}" : scalar)
        }
        return String(scalars)
    }

    private static func write(_ text: String, to handle: FileHandle) {
        try? handle.write(contentsOf: Data((text + "\n").utf8))
    }

    static func error(_ detail: String, hint: String?) {
        note("error: \(detail)")
        if let hint { note("hint: \(hint)") }
    }

    /// Says what went wrong, and ends with the contract's status.
    static func end(_ error: any Error, parser: (some ParsableCommand).Type) -> Never {
        switch error {
        case let code as ExitCode: Foundation.exit(code.rawValue)
        case let problem as ServiceError:
            self.error(problem.detail, hint: problem.remedy)
            Foundation.exit(problem.status == 503 ? ExitStatus.unavailable.rawValue : ExitStatus.doesNotHold.rawValue)
        case let problem as LedgerError:
            self.error(problem.message, hint: problem.remedy)
            Foundation.exit(ExitStatus.unavailable.rawValue)
        case let problem as RuleError:
            self.error(problem.detail, hint: problem.remedy)
            Foundation.exit(ExitStatus.doesNotHold.rawValue)
        case let problem as EventError:
            self.error(problem.detail, hint: problem.remedy)
            Foundation.exit(ExitStatus.unavailable.rawValue)
        case let problem as StateError:
            self.error(problem.detail, hint: problem.remedy)
            Foundation.exit(ExitStatus.unavailable.rawValue)
        case let problem as ImportFileError:
            for line in problem.lines { note("error: line \(line.number): \(line.detail)") }
            if let further = problem.further { note("error: \(further)") }
            note("hint: Nothing was imported: correct these lines, then import the file again.")
            Foundation.exit(ExitStatus.doesNotHold.rawValue)
        default: parser.exit(withError: error)
        }
    }
}

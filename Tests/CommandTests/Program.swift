import Foundation
import Testing

/// The built executable, run as a process of its own: what it prints and how it ends.
struct Program {
    /// How a run ended.
    struct Outcome {
        let status: Int32
        let facts: String
        let notes: String

        /// The one document that `--json` prints.
        func document() throws -> [String: Any] {
            try #require(try JSONSerialization.jsonObject(with: Data(facts.utf8)) as? [String: Any], "\(facts) \(notes)")
        }

        /// The objects of a list, one a line.
        func objects() throws -> [[String: Any]] {
            try facts.split(separator: "\n").map {
                try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any], "\($0)")
            }
        }
    }

    /// A directory of this test alone.
    let directory: String
    private let environment: [String: String]

    /// - Parameter environment: What the program finds there beside `PATH`.
    init(environment: [String: String] = [:]) throws {
        directory = FileManager.default.temporaryDirectory.appendingPathComponent("identity-ledger-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        self.environment = environment
    }

    /// A path in the test's directory.
    func path(_ name: String) -> String { "\(directory)/\(name)" }

    /// Writes a file into the test's directory.
    @discardableResult
    func write(_ text: String, to name: String) throws -> String {
        try text.write(toFile: path(name), atomically: true, encoding: .utf8)
        return path(name)
    }

    /// Takes the directory away again.
    func clear() { try? FileManager.default.removeItem(atPath: directory) }

    /// Runs the program in the test's directory: its ledger is in `data` there, unless the arguments name another.
    func callAsFunction(_ arguments: String..., input: String = "", inputFile: String? = nil) throws -> Outcome {
        try self(arguments: arguments, input: input, inputFile: inputFile)
    }

    /// The same with arguments that a test has put together.
    func callAsFunction(arguments: [String], input: String = "", inputFile: String? = nil) throws -> Outcome {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Self.executable)
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: directory)
        process.environment = ["PATH": "/usr/bin:/bin"].merging(environment) { $1 }
        // Files, not pipes: a pipe that nobody reads stops the program.
        let run = UUID().uuidString
        let (out, err) = (path(".out-\(run)"), path(".err-\(run)"))
        for name in [out, err] { try write("", to: URL(fileURLWithPath: name).lastPathComponent) }
        process.standardOutput = FileHandle(forWritingAtPath: out)
        process.standardError = FileHandle(forWritingAtPath: err)
        process.standardInput = FileHandle(forReadingAtPath: try inputFile.map { path($0) } ?? write(input, to: ".in-\(run)"))
        try process.run()
        process.waitUntilExit()
        return Outcome(
            status: process.terminationStatus, facts: try String(contentsOfFile: out, encoding: .utf8),
            notes: try String(contentsOfFile: err, encoding: .utf8))
    }

    /// Starts the program and leaves it running; its output goes to the file of that name.
    ///
    /// - Parameter limits: For `prlimit`, such as `--nofile=200`.
    func start(_ arguments: [String], output: String, limits: [String] = []) throws -> Process {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: limits.isEmpty ? Self.executable : "/usr/bin/prlimit")
        process.arguments = limits.isEmpty ? arguments : limits + [Self.executable] + arguments
        process.currentDirectoryURL = URL(fileURLWithPath: directory)
        process.environment = ["PATH": "/usr/bin:/bin"].merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle(forWritingAtPath: try write("", to: output))
        process.standardError = process.standardOutput
        try process.run()
        return process
    }

    // Beside the tests, where the build puts both.
    private static let executable =
        ProcessInfo.processInfo.environment["IDENTITY_LEDGER_EXECUTABLE"]
        ?? URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        .appendingPathComponent("identity-ledger").path
}

import Foundation
import HTTPFront
import Hummingbird
import IdentityLedger
import Logging

/// A server as a process of its own, so that its CPU time and memory are its own.
struct ServerProcess {
    let process: Process
    let port: Int

    /// Starts this very program as one of its servers.
    init(_ arguments: [String]) throws {
        process = Process()
        process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        process.arguments = arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let line = String(decoding: pipe.fileHandleForReading.availableData, as: UTF8.self)
        guard let port = Int(line.trimmingCharacters(in: .whitespacesAndNewlines)) else {
            throw BenchmarkError("the server \(arguments) did not start: \(line)")
        }
        self.port = port
    }

    /// Resident memory in MiB.
    var residentMebibytes: Double {
        let status = (try? String(contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") } ?? ""
        return Double(line.filter(\.isNumber)).map { $0 / 1024 } ?? 0
    }

    /// Memory of its own in MiB: without pages of files, the ledger's map among them.
    var anonymousMebibytes: Double {
        let status = (try? String(contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("RssAnon:") } ?? ""
        return Double(line.filter(\.isNumber)).map { $0 / 1024 } ?? 0
    }

    func stop() {
        process.terminate()
        process.waitUntilExit()
    }
}

/// Hummingbird with nothing behind it but the reading of the body: what any server on it costs.
func serveEmpty() async throws {
    let router = Router()
    router.post("/saml/acs") { request, _ in
        _ = try await request.body.collect(upTo: 1 << 20)
        return Response(status: .seeOther, headers: [.location: "/"])
    }
    try await run(Application(responder: router.buildResponder(), configuration: .init(address: .hostname("127.0.0.1", port: 0)), onServerRunning: { announce($0.localAddress?.port) }, logger: quiet))
}

/// The product's own front over a ledger that was made before.
func serveProduct(directory: String) async throws {
    let ledger = try IdentityLedger.open(.init(directory: directory))
    let front = try HTTPFront(
        ledger: ledger, options: FrontOptions(publicURL: try ledger.publicURL() ?? "", port: 0, refusalLimit: 0), logger: quiet)
    try await run(front.application { announce($0) })
}

private var quiet: Logger {
    var logger = Logger(label: "benchmark") { StreamLogHandler.standardError(label: $0) }
    logger.logLevel = .error
    return logger
}

private func run(_ application: some ApplicationProtocol) async throws { try await application.runService() }

private func announce(_ port: Int?) {
    FileHandle.standardOutput.write(Data("\(port ?? 0)\n".utf8))
}

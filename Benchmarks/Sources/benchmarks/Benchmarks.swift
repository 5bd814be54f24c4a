import Glibc

/// The benchmarks by name: one file per question.
@main
struct Benchmarks {
    static let all: [(name: String, run: @Sendable () throws -> Void)] = [
        ("validation", validation), ("mixed", mixed), ("worst", worst), ("logins", logins), ("appends", appends),
        ("history", history), ("audits", audits),
    ]

    static func main() async {
        do {
            switch CommandLine.arguments.dropFirst().first {
            case "serve-empty": return try await serveEmpty()
            case "serve-product": return try await serveProduct(directory: CommandLine.arguments.last ?? "")
            default: break
            }
            let asked = CommandLine.arguments.dropFirst()
            if let unknown = asked.first(where: { name in !all.contains { $0.name == name } }) {
                throw BenchmarkError("no benchmark is called “\(unknown)”; there is: \(all.map(\.name).joined(separator: ", "))")
            }
            for benchmark in all where asked.isEmpty || asked.contains(benchmark.name) {
                try benchmark.run()
            }
        } catch {
            print("error: \(error)")
            exit(1)
        }
    }
}

/// Why a benchmark has no result.
struct BenchmarkError: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}

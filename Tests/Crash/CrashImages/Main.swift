import Foundation

/// Makes a recording of what a ledger writes, and holds what a crash at any moment of it would have left against what was answered.
///
///     crash-images work DIRECTORY [NUMBER]       appends to the ledger there, and says in the file “answered” what was answered
///     crash-images check RECORDING DIRECTORY COUNT SEED [--without-syncs]
///
/// Without syncs, as if the ledger never waited for the disk, the check must find that something is lost: else it would prove nothing.
@main
struct Main {
    static func main() async {
        let arguments = CommandLine.arguments
        do {
            switch arguments.dropFirst().first {
            case "work" where arguments.count >= 3:
                try await Workload(directory: arguments[2], number: arguments.count > 3 ? Int(arguments[3]) ?? 0 : 0).run()
            case "check" where arguments.count >= 6:
                guard let count = Int(arguments[4]), let seed = UInt64(arguments[5]) else { throw Failure("COUNT and SEED are numbers.") }
                let check = try Check(recording: arguments[2], directory: arguments[3], withoutSyncs: arguments.last == "--without-syncs")
                try await check.run(count: count, seed: seed)
            default: throw Failure("work DIRECTORY [NUMBER], or check RECORDING DIRECTORY COUNT SEED [--without-syncs]")
            }
        } catch let lost as Lost {
            FileHandle.standardError.write(Data("error: \(lost)\n".utf8))
            exit(2)
        } catch {
            FileHandle.standardError.write(Data("error: \(error)\n".utf8))
            exit(1)
        }
    }
}

/// What a crash would have lost or left wrong, in a sentence; the program ends with 2.
struct Lost: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}

/// What went wrong, in a sentence.
struct Failure: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}

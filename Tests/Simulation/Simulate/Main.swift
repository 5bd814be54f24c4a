import Foundation
import TestSupport

/// Lives from seeds, run against the real modules and compared with a model after every step.
///
///     simulate [--lives N] [--seed N] [--seconds N] [--steps N] [--story] [--directory DIR]
///
/// Ends with 1 where a property didn't hold, and prints the command that repeats it.
@main
struct Main {
    static func main() async {
        do {
            let options = try Options(Array(CommandLine.arguments.dropFirst()))
            exit(try await run(options) ? 0 : 1)
        } catch {
            FileHandle.standardError.write(Data("error: \(error)\n".utf8))
            exit(64)
        }
    }

    /// - Returns: Whether every property held.
    private static func run(_ options: Options) async throws -> Bool {
        // A file over the limit is an error of the write, not the end of the process.
        signal(SIGXFSZ, SIG_IGN)
        let directory = options.directory + "/identity-ledger-simulate-\(getpid())"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let pool = try KeyPool()
        var coverage = Coverage(), lives = 0, steps = 0
        let start = ContinuousClock.now
        var last = start
        while options.lives.map({ lives < $0 }) ?? true, options.seconds.map({ ContinuousClock.now - start < .seconds($0) }) ?? true {
            let seed = options.seed + UInt64(lives)
            let life = try Life(seed: seed, steps: options.steps, in: directory, pool)
            guard await holds(life, seed, options) else {
                print("after \(lives + 1) lives")
                return false
            }
            if options.story { print("seed \(seed)", life.story.joined(separator: "\n"), separator: "\n") }
            if lives == 0, try await !tellsTheSame(life.story, seed, options, directory, pool) { return false }
            coverage.add(life.coverage)
            lives += 1
            steps += life.step
            if ContinuousClock.now - last > .seconds(30) {
                last = ContinuousClock.now
                print("\(lives) lives, \(Int((last - start) / .seconds(1))) s")
                fflush(nil)
            }
        }
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        coverage.lines.forEach { print($0) }
        print(
            "\(lives) lives of \(steps) steps hold, from seed \(options.seed); \(String(format: "%.1f", Double(lives) / seconds)) a second")
        return true
    }

    private static func holds(_ life: Life, _ seed: UInt64, _ options: Options) async -> Bool {
        do {
            try await life.run()
            return true
        } catch {
            let broken = error as? Broken ?? Broken("nothing fails by itself", "no error", "\(error)")
            let steps = options.steps.map { " --steps \($0)" } ?? ""
            print(life.story.suffix(options.story ? .max : 20).joined(separator: "\n"))
            print("broken: \(broken.property)\n  seed \(seed), step \(life.step)\n  expected: \(broken.expected)\n  seen: \(broken.seen)")
            print("again: simulate --seed \(seed) --lives 1\(steps) --story")
            return false
        }
    }

    /// The same seed makes the same life.
    private static func tellsTheSame(
        _ story: [String], _ seed: UInt64, _ options: Options, _ directory: String, _ pool: KeyPool
    ) async throws -> Bool {
        let again = try Life(seed: seed, steps: options.steps, in: directory, pool)
        guard await holds(again, seed, options) else { return false }
        let place = zip(story, again.story).first { $0 != $1 }
        if place == nil, story.count == again.story.count { return true }
        print("broken: a seed tells one story\n  seed \(seed)")
        print("  once: \(place?.0 ?? "\(story.count) steps")\n  then: \(place?.1 ?? "\(again.story.count) steps")")
        print("again: simulate --seed \(seed) --lives 1 --story")
        return false
    }

    private struct Options {
        var lives: Int?
        var seed: UInt64 = 1
        var seconds: Int?
        var steps: Int?
        var story = false
        // In memory, where there is such a place: what is tested is not the disk's speed.
        var directory = FileManager.default.fileExists(atPath: "/dev/shm") ? "/dev/shm" : NSTemporaryDirectory()

        init(_ arguments: [String]) throws {
            var rest = arguments[...]
            func value<Value: LosslessStringConvertible>(_ name: String) throws -> Value {
                guard let value = rest.popFirst().flatMap(Value.init) else { throw Wrong(description: "\(name) needs a value.") }
                return value
            }
            while let name = rest.popFirst() {
                switch name {
                case "--lives": lives = try value(name) as Int
                case "--seed": seed = try value(name)
                case "--seconds": seconds = try value(name) as Int
                case "--steps": steps = try value(name) as Int
                case "--directory": directory = try value(name)
                case "--story": story = true
                default: throw Wrong(description: "there is no option \(name).")
                }
            }
            if lives == nil && seconds == nil { lives = 100 }
        }
    }

    private struct Wrong: Error, CustomStringConvertible { let description: String }
}

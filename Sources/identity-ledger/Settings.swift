import ArgumentParser
import Events
import Foundation

/// Options from the environment and a file, for those that the command line doesn't give. A file may hold what other commands take.
///
/// The command line goes before the environment (`IDENTITY_LEDGER_PUBLIC_URL` is `--public-url`), and that before the file of
/// `--config`: lines of `public-url = …`, or one JSON object. `#` begins a comment line.
enum Settings {
    private static let prefix = "IDENTITY_LEDGER_"

    /// The arguments with what the environment and the file say.
    static func completed(_ arguments: [String], environment: [String: String], commands: () -> CommandOptions) throws -> [String] {
        let end = arguments.firstIndex(of: "--") ?? arguments.endIndex
        let given = arguments[..<end]
        // What is set to nothing isn't set.
        let environment = environment.filter { !$0.value.isEmpty }
        let path = value(of: "config", in: given) ?? environment[prefix + "CONFIG"]
        guard path != nil || environment.keys.contains(where: { $0.hasPrefix(prefix) }) else { return arguments }
        let declared = commands()
        guard let known = declared.options(of: given) else { return arguments }
        let file = try path.map { try read($0, declared) } ?? [:]
        var added: [String] = []
        for (name, kind) in known.sorted(by: { $0.key < $1.key }) where !isGiven(name, in: given) {
            // The master key itself, from the environment, goes before a file that only the settings name.
            let inherited = environment[prefix + name.uppercased().replacing("-", with: "_")]
            if name == "master-key-file", inherited == nil, environment[prefix + "MASTER_KEY"] != nil { continue }
            guard let values = inherited.map({ [$0] }) ?? file[name] else { continue }
            added += try options(name, kind, values)
        }
        // Before `--`, and at the end: an option that takes all that follows it ends there.
        return given + added + arguments[end...]
    }

    private static func options(_ name: String, _ kind: CommandOptions.Kind, _ values: [String]) throws -> [String] {
        switch kind {
        case .value:
            guard values.count == 1 else { throw ValidationError("The setting \(name) has one value, not \(values.count).") }
            return ["--\(name)", values[0]]
        case .list:
            // Assignments hold commas themselves: of these each line is one.
            return values.flatMap { $0.contains("=") ? [$0] : $0.split(separator: ",").map(String.init) }.flatMap {
                ["--\(name)", $0.trimmingCharacters(in: .whitespaces)]
            }
        case .flag:
            switch values.last {
            case "true", "1", "yes": return ["--\(name)"]
            case "false", "0", "no": return []
            default: throw ValidationError("The setting \(name) is true or false.")
            }
        }
    }

    private static func isGiven(_ name: String, in arguments: ArraySlice<String>) -> Bool {
        arguments.contains { $0 == "--\(name)" || $0.hasPrefix("--\(name)=") }
    }

    private static func value(of name: String, in arguments: ArraySlice<String>) -> String? {
        for (index, argument) in zip(arguments.indices, arguments) {
            if argument.hasPrefix("--\(name)=") { return String(argument.dropFirst(name.count + 3)) }
            if argument == "--\(name)", index + 1 < arguments.endIndex { return arguments[index + 1] }
        }
        return nil
    }

    // MARK: - The file

    private static func read(_ path: String, _ declared: CommandOptions) throws -> [String: [String]] {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw ValidationError("The file \(path) of --config can't be read.")
        }
        let text = String(decoding: data, as: UTF8.self)
        let settings = text.drop(while: \.isWhitespace).first == "{" ? try object(text, path) : try lines(text, path)
        let names = declared.names
        for name in settings.keys.sorted() where !names.contains(name) {
            throw ValidationError("\(path): there is no setting \(name). There are \(names.sorted().joined(separator: ", ")).")
        }
        return settings
    }

    // `publicURL` and `PUBLIC_URL` are not asked for: one spelling, that of the option.
    private static func lines(_ text: String, _ path: String) throws -> [String: [String]] {
        var settings: [String: [String]] = [:]
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let line = line.trimmingCharacters(in: .whitespaces)
            if line.isEmpty || line.hasPrefix("#") { continue }
            guard let equals = line.firstIndex(of: "="), equals != line.startIndex else {
                throw ValidationError("\(path), line \(number + 1) is not of the form name = value.")
            }
            let name = line[..<equals].trimmingCharacters(in: .whitespaces)
            settings[name, default: []].append(line[line.index(after: equals)...].trimmingCharacters(in: .whitespaces))
        }
        return settings
    }

    private static func object(_ text: String, _ path: String) throws -> [String: [String]] {
        guard let members = (try? JSON(parsing: text))?.members else { throw ValidationError("\(path) is no JSON object.") }
        var settings: [String: [String]] = [:]
        for member in members {
            let values = try (member.value.arrayValue ?? [member.value]).map { value in
                switch value {
                case .string(let text): text
                case .bool, .integer: value.text
                default: throw ValidationError("\(path): the setting \(member.name) is a text, a number, true, false, or a list of them.")
                }
            }
            settings[member.name] = values
        }
        return settings
    }
}

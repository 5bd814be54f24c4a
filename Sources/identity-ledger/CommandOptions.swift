import ArgumentParser
import Events

/// The options that the commands declare, as the argument parser itself describes them: what a setting may name.
struct CommandOptions {
    enum Kind { case value, flag, list }

    private let root: JSON

    /// Of a whole tree of commands.
    init(of command: any ParsableCommand.Type) { root = (try? JSON(parsing: command._dumpHelp()))?["command"] ?? .null }

    /// Every option of any command.
    var names: Set<String> { Self.all(root).reduce(into: []) { $0.formUnion($1.keys) } }

    /// The options of the command that the arguments begin with; nil where they name none.
    func options(of arguments: ArraySlice<String>) -> [String: Kind]? {
        var place = root
        for argument in arguments {
            let subcommands = place["subcommands"]?.arrayValue ?? []
            guard let next = subcommands.first(where: { $0["commandName"]?.stringValue == argument }) else { break }
            place = next
        }
        return place["subcommands"]?.arrayValue?.isEmpty == false ? nil : Self.options(place)
    }

    private static func all(_ command: JSON) -> [[String: Kind]] {
        [options(command)] + (command["subcommands"]?.arrayValue ?? []).flatMap { all($0) }
    }

    private static func options(_ command: JSON) -> [String: Kind] {
        var options: [String: Kind] = [:]
        for argument in command["arguments"]?.arrayValue ?? [] {
            guard let name = argument["preferredName"]?["name"]?.stringValue, !["help", "version", "config"].contains(name) else {
                continue
            }
            switch argument["kind"]?.stringValue {
            case "flag": options[name] = .flag
            case "option": options[name] = argument["isRepeating"] == true ? .list : .value
            default: break
            }
        }
        return options
    }
}

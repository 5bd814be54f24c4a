/// A named database of an environment. The name is the handle: ``Environment/open(_:create:)`` must have opened it.
public struct Database: Sendable, Hashable {
    /// The name inside the environment.
    public let name: String

    /// The database of this name.
    public init(name: String) { self.name = name }
}

import FoundationEssentials

/// A directory of its own for a test, removed with its last owner.
public final class TemporaryDirectory: Sendable {
    /// Where it is.
    public let path: String

    /// Makes one.
    public init() throws {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("identity-ledger-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        path = directory.path
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// The path of something in it.
    public func path(of name: String) -> String { path + "/" + name }
}

public import Events

extension EventOrigin {
    /// A file of another system, known by what it holds.
    public static func file(_ path: String, contents: [UInt8]) -> EventOrigin { .file(path, sha256: Secret.digest(contents)) }
}

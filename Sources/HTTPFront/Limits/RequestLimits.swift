/// How much is read of a request, and for how long (C51).
enum RequestLimits {
    static let headerBytes = 16 << 10
    static let formBytes = 512 << 10
    static let jsonBytes = 1 << 20
    static let metadataBytes = 2 << 20
    /// Of the settings page's form: metadata as a file, or sealed and in base64.
    static let settingsBytes = metadataBytes / 3 * 4 + (128 << 10)
    static let bodySeconds: Int64 = 10
    /// How long the end of an empty body in chunks is waited for, after a refusal.
    static let emptyBodyMilliseconds: Int64 = 250
    /// How long the end of a connection waits for its last answer to be read.
    static let lingerSeconds: Int64 = 3
}

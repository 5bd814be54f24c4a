/// What is read of a message and said about it, at most (C2, C7, C31, C37).
enum Limits {
    static let messageBytes = 256 * 1024
    static let clockSkewSeconds: UInt32 = 300
    static let certificates = 16
    static let prefixes = 16
    static let detailScalars = 2048
}

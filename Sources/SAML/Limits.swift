/// Bounds on what is read, and on what is said about it.
enum Limits {
    /// The XML of a protocol message (C2).
    static let messageBytes = 256 * 1024
    /// The most that a policy's clock skew may be (C31).
    static let clockSkewSeconds: UInt32 = 300
    /// Signing certificates of an identity provider (C37).
    static let certificateCount = 16
    /// Prefixes of a PrefixList, each counted once (C7).
    static let prefixCount = 16
    /// Elements of a SignedInfo, itself included: there are 11 with both PrefixLists (C7).
    static let signedInfoElements = 16
    /// Unicode scalars of a refusal's sentence.
    static let detailScalars = 2048
}

/// What a document may weigh (C2). Start tags and attributes are bounded before libxml2 sees anything.
public struct XMLLimits: Sendable {
    /// All bytes.
    public var totalBytes: Int
    /// Elements inside each other.
    public var depth = 64
    /// Elements in all.
    public var elements = 8192
    /// One name.
    public var nameBytes = 256
    /// One value; a CipherValue is limited by the document only.
    public var valueBytes = 64 * 1024
    /// Namespace declarations of the elements that are open at one time: canonicalization looks through them for every name.
    public var namespacesInScope = 128
    /// A canonical form, which can be longer than its document: it declares a namespace anew wherever the parent didn't use it.
    public var canonicalBytes: Int
    /// One start tag.
    public var startTagBytes = 8 * 1024
    /// Attributes and namespace declarations of one start tag.
    public var attributes = 32

    /// A protocol message: 256 KiB.
    public static let message = XMLLimits(totalBytes: 256 * 1024)

    /// Metadata: 2 MiB (C37).
    public static let metadata: XMLLimits = {
        var limits = XMLLimits(totalBytes: 2 * 1024 * 1024)
        limits.elements = 65_536
        return limits
    }()

    /// Limits with the usual bounds of structure.
    public init(totalBytes: Int) {
        self.totalBytes = totalBytes
        canonicalBytes = 4 * totalBytes
    }
}

/// What the writer has done since it started.
public struct WriterFigures: Sendable, Hashable {
    /// How long each commit took until it was on disk, in seconds, deciding and folding included.
    public var commitSeconds = Histogram.seconds
    /// How many submissions shared each commit.
    public var batchSizes = Histogram.counts
    /// Commits that failed.
    public var failures: UInt64 = 0
    /// Submissions that wait now.
    public var waiting = 0
}

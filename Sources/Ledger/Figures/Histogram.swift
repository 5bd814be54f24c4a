/// How often something took how long, or was how many: counts up to fixed bounds, as Prometheus has them.
public struct Histogram: Sendable, Hashable {
    /// Upper bounds, ascending.
    public let bounds: [Double]
    /// Observations up to each bound, those below included.
    public private(set) var counts: [UInt64]
    /// All observations.
    public private(set) var count: UInt64 = 0
    /// Their sum.
    public private(set) var sum: Double = 0

    /// Seconds, from 100 µs to 10 s.
    public static let seconds = Histogram(bounds: [
        0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
    ])

    /// How many of something, from 1 to 512.
    public static let counts = Histogram(bounds: [1, 2, 4, 8, 16, 32, 64, 128, 256, 512])

    /// Nothing observed yet.
    public init(bounds: [Double]) {
        self.bounds = bounds
        counts = [UInt64](repeating: 0, count: bounds.count)
    }

    /// Counts one observation.
    public mutating func observe(_ value: Double) {
        count += 1
        sum += value
        for index in bounds.indices where value <= bounds[index] { counts[index] += 1 }
    }
}

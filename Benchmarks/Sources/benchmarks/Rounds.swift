import CFloor

/// CPU time per call of several contenders, measured in turns so that a slow moment hits all of them.
struct Rounds {
    /// Microseconds per call, a value per round, sorted.
    let microseconds: [[Double]]

    /// Runs each contender `calls` times a round, in turns; the first round warms up and does not count.
    init(rounds: Int, calls: Int, _ contenders: [() throws -> Void]) throws {
        var microseconds: [[Double]] = contenders.map { _ in [] }
        for round in 0...rounds {
            for (index, contender) in contenders.enumerated() {
                let start = floor_cpu_nanoseconds()
                for _ in 0..<calls { try contender() }
                let spent = Double(floor_cpu_nanoseconds() - start) / 1000 / Double(calls)
                if round > 0 { microseconds[index].append(spent) }
            }
        }
        self.microseconds = microseconds.map { $0.sorted() }
    }

    /// The middle round of a contender.
    func median(_ index: Int) -> Double { microseconds[index][microseconds[index].count / 2] }

    /// “114.2 µs (112.9 to 120.4)”: the median, and the middle four fifths of the rounds.
    func described(_ index: Int) -> String {
        let values = microseconds[index]
        return "\(rounded(median(index))) µs (\(rounded(values[values.count / 10])) to \(rounded(values[values.count * 9 / 10])))"
    }

    private func rounded(_ value: Double) -> Double { (value * 10).rounded() / 10 }
}

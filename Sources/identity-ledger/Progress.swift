import Foundation

/// How far long work is: one line on a terminal that is written over (share, rate, time left), a plain line now and then elsewhere.
final class Progress {
    private let total: UInt64
    private let isTerminal = isatty(STDERR_FILENO) == 1
    private let clock = ContinuousClock()
    private let start: ContinuousClock.Instant
    private var next: ContinuousClock.Instant
    private var hasLine = false

    /// - Parameter total: How many there are to do; 0: nobody knows.
    init(of total: UInt64) {
        self.total = total
        start = clock.now
        // Short work says nothing.
        next = start + (isTerminal ? .milliseconds(500) : .seconds(10))
    }

    /// That many are done.
    func callAsFunction(_ done: UInt64) {
        let now = clock.now
        guard now >= next, done > 0 else { return }
        next = now + (isTerminal ? .milliseconds(100) : .seconds(10))
        let seconds = (now - start) / .seconds(1)
        let rate = Double(done) / seconds
        let left = Double(total - min(done, total)) / rate
        let line =
            total == 0
            ? "\(done)  \(Int(rate))/s"
            : "\(Int(100 * Double(done) / Double(total))) %  \(done) of \(total)  \(Int(rate))/s  \(Int(left.rounded(.up))) s left"
        if isTerminal {
            // Carriage return, and erase to the end of the line (ECMA-48, EL): ours, not from outside.
            Output.progress("\r\(line)\u{1B}[K")
            hasLine = true
        } else {
            Output.note(line)
        }
    }

    /// Takes the line away.
    func end() {
        if hasLine { Output.progress("\r\u{1B}[K") }
        hasLine = false
    }
}

/// Numbers as people read them.
enum Numbers {
    /// `12,345`.
    static func text(_ number: some UnsignedInteger) -> String {
        var text = ""
        for (index, digit) in String(number).reversed().enumerated() {
            if index > 0, index.isMultiple(of: 3) { text.append(",") }
            text.append(digit)
        }
        return String(text.reversed())
    }

    /// `12k`, where there is little room; numbers that end in zeros lose nothing.
    static func short(_ number: UInt64) -> String {
        switch number {
        case 1_000_000...: tenths(number / 100_000) + "M"
        case 1000...: tenths(number / 100) + "k"
        default: String(number)
        }
    }

    /// Whole per cent: 100 only where nothing is left, 0 only where nothing is done.
    static func percent(_ done: Int, of all: Int) -> Int {
        guard all > 0, done > 0 else { return 0 }
        return done >= all ? 100 : min(99, max(1, done * 100 / all))
    }

    private static func tenths(_ number: UInt64) -> String { number % 10 == 0 ? String(number / 10) : "\(number / 10).\(number % 10)" }
}

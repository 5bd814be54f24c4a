/// Days until something ends: a bar for each.
struct DayBars {
    struct Bar {
        let label: String
        /// Negative: so long ago.
        let days: Int
    }

    let id: String
    let title: String
    let bars: [Bar]

    // Longer ones are drawn as long as this.
    private static let mostDays = 730
    private static let noticeDays = 30
    private static let width = 320.0

    /// - Returns: Nothing where there is no bar.
    var svg: String {
        guard !bars.isEmpty else { return "" }
        var drawing = Drawing(id: id, width: Int(Self.width), height: 34 * bars.count + 22)
        for (index, bar) in bars.enumerated() {
            let y = Double(34 * index)
            let shown = Double(min(max(bar.days, 0), Self.mostDays)) / Double(Self.mostDays)
            drawing.text(bar.label, x: 0, y: y + 12)
            drawing.text(Self.words(bar.days), x: Self.width, y: y + 12, .end)
            drawing.rectangle(x: 0.5, y: y + 17, width: Self.width - 1, height: 10, .rest)
            if shown > 0 {
                drawing.rectangle(
                    x: 0.5, y: y + 17, width: max(2, (Self.width - 1) * shown), height: 10, bar.days < Self.noticeDays ? .bad : .good)
            }
        }
        drawing.text("now", x: 0, y: Double(34 * bars.count) + 12)
        drawing.text("in two years, or later", x: Self.width, y: Double(34 * bars.count) + 12, .end)
        return drawing.svg(title: title, description: bars.map { "\($0.label): \(Self.words($0.days))." }.joined(separator: " "))
    }

    /// `in 12 days`, `3 days ago`.
    static func words(_ days: Int) -> String {
        switch days {
        case 0: "within a day"
        case 1: "in 1 day"
        case -1: "1 day ago"
        default: days > 0 ? "in \(Numbers.text(UInt64(days))) days" : "\(Numbers.text(days.magnitude)) days ago"
        }
    }
}

/// How much of a whole is done.
struct ShareBar {
    let id: String
    let title: String
    let done: (label: String, count: Int)
    let rest: (label: String, count: Int)

    private static let width = 320.0

    var svg: String {
        var drawing = Drawing(id: id, width: Int(Self.width), height: 58)
        let all = done.count + rest.count
        let share = all == 0 ? 0 : Double(done.count) / Double(all)
        drawing.text(done.label, x: 0, y: 12)
        drawing.text("\(Numbers.percent(done.count, of: all)) %", x: Self.width, y: 12, .end)
        drawing.rectangle(x: 0.5, y: 18, width: Self.width - 1, height: 16, .rest)
        if done.count > 0 { drawing.rectangle(x: 0.5, y: 18, width: max(2, (Self.width - 1) * share), height: 16, .good) }
        drawing.legend([(.good, words(done)), (.rest, words(rest))], x: 0, y: 52)
        return drawing.svg(title: title, description: "\(words(done)), \(words(rest)).")
    }

    private func words(_ part: (label: String, count: Int)) -> String { "\(part.label) \(Numbers.text(part.count.magnitude))" }
}

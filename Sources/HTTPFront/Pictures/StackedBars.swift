/// Counts over time: a bar for each day, one part of it on the other.
struct StackedBars: Translated {
    struct Part {
        let fill: Drawing.Fill
        /// In the legend.
        let label: any Said
        /// Before its count.
        let word: any Said
    }

    struct Bar {
        /// The day.
        let label: String
        /// In the order of the parts, from below.
        let values: [UInt64]
    }

    let id: String
    let title: any Said
    /// From below.
    let parts: [Part]
    let bars: [Bar]

    private static let (width, height) = (320.0, 170.0)
    private static let (left, top, bottom) = (34.0, 24.0, 150.0)

    /// SVG.
    func text(in texts: Texts) -> String {
        var drawing = Drawing(id: id, width: Int(Self.width), height: Int(Self.height))
        drawing.legend(parts.map { ($0.fill, $0.label.text(in: texts)) }, x: Self.left, y: 12)
        let highest = Self.roundedUp(bars.map(Self.sum).max() ?? 0)
        for value in [0, highest / 2, highest] where value == 0 || value * 2 >= highest {
            let y = Self.bottom - (Self.bottom - Self.top) * Double(value) / Double(highest)
            drawing.line(x1: Self.left, y1: y, x2: Self.width, y2: y)
            drawing.text(Numbers.short(value), x: Self.left - 4, y: y + 4, .end)
        }
        let step = (Self.width - Self.left) / Double(max(1, bars.count))
        for (index, bar) in bars.enumerated() where Self.sum(bar) > 0 {
            let x = Self.left + step * Double(index) + step * 0.1
            drawing.group(words(bar).text(in: texts)) { drawing in
                var y = Self.bottom
                for (part, value) in zip(parts, bar.values) where value > 0 {
                    // What is there at all is to be seen.
                    let height = max(1.5, (Self.bottom - Self.top) * Double(value) / Double(highest))
                    y -= height
                    drawing.rectangle(x: x, y: y, width: step * 0.8, height: height, part.fill)
                }
            }
        }
        if let first = bars.first, let last = bars.last {
            drawing.text(first.label, x: Self.left, y: Self.height - 5)
            drawing.text(last.label, x: Self.width, y: Self.height - 5, .end)
        }
        return drawing.svg(title: title.text(in: texts), description: description.text(in: texts))
    }

    private var description: any Said {
        guard let most = bars.max(by: { Self.sum($0) < Self.sum($1) }), Self.sum(most) > 0 else { return PicturePhrase.nothing }
        let sums = parts.indices.map { part in bars.reduce(UInt64(0)) { $0 + ($1.values.indices.contains(part) ? $1.values[part] : 0) } }
        return PicturePhrase.inAll(["counts": counts(sums), "day": most.label, "count": Numbers.text(Self.sum(most))])
    }

    private func words(_ bar: Bar) -> Sentence { PicturePhrase.day(["day": bar.label, "counts": counts(bar.values)]) }

    private func counts(_ values: [UInt64]) -> Passage {
        Passage(
            parts: zip(parts, values).map { PicturePhrase.counted(["what": $0.word, "count": Numbers.text($1)]) }, separator: ", ")
    }

    private static func sum(_ bar: Bar) -> UInt64 { bar.values.reduce(0, +) }

    // To one digit and zeros, and to at least 2, so that the half is a number, too.
    private static func roundedUp(_ value: UInt64) -> UInt64 {
        var power: UInt64 = 1
        while power < UInt64.max / 100 {
            for factor in [1, 2, 3, 4, 5, 6, 8] as [UInt64] where factor * power >= value && factor * power > 1 { return factor * power }
            power *= 10
        }
        return value
    }
}

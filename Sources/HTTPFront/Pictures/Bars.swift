/// Days until certificates end: a bar for each.
struct DayBars: Translated {
    struct Bar {
        let label: any Said
        let end: CertificateEnd
    }

    let id: String
    let title: any Said
    let bars: [Bar]

    // Longer ones are drawn as long as this.
    private static let mostDays = 730
    private static let width = 320.0

    /// SVG; nothing where there is no bar.
    func text(in texts: Texts) -> String {
        guard !bars.isEmpty else { return "" }
        var drawing = Drawing(id: id, width: Int(Self.width), height: 34 * bars.count + 22)
        for (index, bar) in bars.enumerated() {
            let y = Double(34 * index)
            let shown = Double(min(max(bar.end.days, 0), Self.mostDays)) / Double(Self.mostDays)
            drawing.text(bar.label.text(in: texts), x: 0, y: y + 12)
            drawing.text(bar.end.when.text(in: texts), x: Self.width, y: y + 12, .end)
            drawing.rectangle(x: 0.5, y: y + 17, width: Self.width - 1, height: 10, .rest)
            if shown > 0 {
                drawing.rectangle(
                    x: 0.5, y: y + 17, width: max(2, (Self.width - 1) * shown), height: 10, bar.end.isNear ? .bad : .good)
            }
        }
        drawing.text(PicturePhrase.now.text(in: texts), x: 0, y: Double(34 * bars.count) + 12)
        drawing.text(PicturePhrase.twoYears.text(in: texts), x: Self.width, y: Double(34 * bars.count) + 12, .end)
        let ends = Passage(parts: bars.map { PicturePhrase.ends(["what": $0.label, "when": $0.end.when]) })
        return drawing.svg(title: title.text(in: texts), description: ends.text(in: texts))
    }
}

/// How much of a whole is done.
struct ShareBar: Translated {
    let id: String
    let title: any Said
    let done: (label: any Said, count: Int)
    let rest: (label: any Said, count: Int)

    private static let width = 320.0

    /// SVG.
    func text(in texts: Texts) -> String {
        var drawing = Drawing(id: id, width: Int(Self.width), height: 58)
        let all = done.count + rest.count
        let share = all == 0 ? 0 : Double(done.count) / Double(all)
        let percent = PicturePhrase.percent(["number": String(Numbers.percent(done.count, of: all))])
        let words = [done, rest].map { PicturePhrase.counted(["what": $0.label, "count": Numbers.text($0.count.magnitude)]) }
        drawing.text(done.label.text(in: texts), x: 0, y: 12)
        drawing.text(percent.text(in: texts), x: Self.width, y: 12, .end)
        drawing.rectangle(x: 0.5, y: 18, width: Self.width - 1, height: 16, .rest)
        if done.count > 0 { drawing.rectangle(x: 0.5, y: 18, width: max(2, (Self.width - 1) * share), height: 16, .good) }
        drawing.legend([(.good, words[0].text(in: texts)), (.rest, words[1].text(in: texts))], x: 0, y: 52)
        let description = PicturePhrase.share(["done": words[0], "rest": words[1]])
        return drawing.svg(title: title.text(in: texts), description: description.text(in: texts))
    }
}

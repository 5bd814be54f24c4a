/// An SVG drawing that stands in a page. Every text and attribute is escaped here (C52); colours come from the page's styles by class, so that it
/// reads in dark and light, and nothing is told by colour alone.
struct Drawing {
    /// What a shape means, and how it is filled: each has a pattern of its own.
    enum Fill: String, CaseIterable {
        /// Full.
        case good
        /// Hatched.
        case bad
        /// Dotted.
        case other
        /// Outlined.
        case rest
    }

    private let id: String
    private let width: Int
    private let height: Int
    private var body = ""

    /// - Parameters:
    ///   - id: Of the drawing; no other element of the page begins so.
    ///   - width: In units of which a letter is 11 high.
    init(id: String, width: Int, height: Int) {
        self.id = id
        self.width = width
        self.height = height
    }

    mutating func rectangle(x: Double, y: Double, width: Double, height: Double, _ fill: Fill) {
        let paint = fill == .bad || fill == .other ? " fill=\"url(#\(Self.escape(id))-\(fill.rawValue))\"" : ""
        body +=
            "<rect class=\"p-\(fill.rawValue)\" x=\"\(Self.text(x))\" y=\"\(Self.text(y))\" width=\"\(Self.text(width))\" height=\"\(Self.text(height))\"\(paint)/>"
    }

    mutating func line(x1: Double, y1: Double, x2: Double, y2: Double) {
        body += "<line class=\"p-line\" x1=\"\(Self.text(x1))\" y1=\"\(Self.text(y1))\" x2=\"\(Self.text(x2))\" y2=\"\(Self.text(y2))\"/>"
    }

    enum Anchor: String { case start, middle, end }

    mutating func text(_ text: String, x: Double, y: Double, _ anchor: Anchor = .start) {
        body += "<text x=\"\(Self.text(x))\" y=\"\(Self.text(y))\" text-anchor=\"\(anchor.rawValue)\">\(Self.escape(text))</text>"
    }

    /// Shapes that show a text when they are pointed at.
    mutating func group(_ title: String, _ draw: (inout Drawing) -> Void) {
        body += "<g><title>\(Self.escape(title))</title>"
        draw(&self)
        body += "</g>"
    }

    /// What the fills mean, side by side from `x` on.
    mutating func legend(_ entries: [(fill: Fill, label: String)], x: Double, y: Double) {
        var x = x
        for (fill, label) in entries {
            rectangle(x: x, y: y - 9, width: 10, height: 10, fill)
            text(label, x: x + 14, y: y)
            x += 26 + Double(label.count) * 6.2
        }
    }

    /// - Parameters:
    ///   - title: What it shows.
    ///   - description: What is to be seen, in a sentence or two.
    func svg(title: String, description: String) -> String {
        let id = Self.escape(id)
        return """
            <svg class="picture" role="img" aria-labelledby="\(id)-title \(id)-description" viewBox="0 0 \(width) \(height)">\
            <title id="\(id)-title">\(Self.escape(title))</title><desc id="\(id)-description">\(Self.escape(description))</desc>\
            <defs><pattern id="\(id)-bad" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">\
            <rect class="p-bad" width="4" height="4"/><line class="p-hatch" x1="0" y1="0" x2="0" y2="4"/></pattern>\
            <pattern id="\(id)-other" width="4" height="4" patternUnits="userSpaceOnUse"><rect class="p-other" width="4" height="4"/>\
            <circle class="p-dot" cx="2" cy="2" r="1"/></pattern></defs>\(body)</svg>
            """
    }

    private static func text(_ number: Double) -> String {
        let tenths = Int((number * 10).rounded())
        return tenths % 10 == 0 ? String(tenths / 10) : "\(tenths < 0 ? "-" : "")\(abs(tenths) / 10).\(abs(tenths) % 10)"
    }

    /// Controls that XML has no place for are replaced.
    static func escape(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            case _ where scalar.value < 0x20 && scalar != "\t" && scalar != "\n" && scalar != "\r": escaped += "\u{FFFD}"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}

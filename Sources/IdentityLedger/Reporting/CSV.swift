/// Comma-separated values (RFC 4180) that a spreadsheet shows and never computes.
public enum CSV {
    /// One row with its line end.
    public static func row(_ fields: [String]) -> String { fields.map(field).joined(separator: ",") + "\r\n" }

    /// One field, quoted where it must be. What a spreadsheet would take for a formula is kept from it by an apostrophe, also where the
    /// spreadsheet separates at a semicolon or a tab: names and addresses come from outside. Other controls than white space are replaced (C52).
    static func field(_ text: String) -> String {
        let scalars = inert(text.unicodeScalars.map(shown))
        guard scalars.contains(where: { ["\"", ",", "\n", "\r"].contains($0) }) else { return String(scalars) }
        // Scalar by scalar: a quotation mark with an accent on it is still one.
        var quoted = String.UnicodeScalarView("\"".unicodeScalars)
        for scalar in scalars { quoted += scalar == "\"" ? ["\"", "\""] : [scalar] }
        quoted.append("\"")
        return String(quoted)
    }

    private static func inert(_ text: [Unicode.Scalar]) -> String.UnicodeScalarView {
        var scalars = String.UnicodeScalarView()
        if let first = text.first, ["\t", "\r"].contains(first) { scalars.append("'") }
        var beginsCell = true
        for scalar in text {
            if beginsCell, ["=", "+", "-", "@"].contains(scalar) { scalars.append("'") }
            scalars.append(scalar)
            if [";", "\t", "\n", "\r"].contains(scalar) {
                beginsCell = true
            } else if scalar != "\"", !scalar.properties.isWhitespace {
                beginsCell = false
            }
        }
        return scalars
    }

    private static func shown(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        scalar.properties.generalCategory == .control && !["\t", "\r", "\n"].contains(scalar) ? "\u{FFFD}" : scalar
    }
}

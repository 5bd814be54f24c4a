/// Comma-separated values (RFC 4180) that a spreadsheet shows and never computes.
public enum CSV {
    /// One row with its line end.
    public static func row(_ fields: [String]) -> String { fields.map(field).joined(separator: ",") + "\r\n" }

    /// One field, quoted where it must be. What a spreadsheet would take for a formula is kept from it by an apostrophe: names and
    /// addresses come from outside. Other controls than white space are replaced (C52).
    static func field(_ text: String) -> String {
        var scalars = String.UnicodeScalarView(text.unicodeScalars.map(Self.shown))
        if let first = scalars.first, ["=", "+", "-", "@", "\t", "\r"].contains(first) { scalars.insert("'", at: scalars.startIndex) }
        guard scalars.contains(where: { ["\"", ",", "\n", "\r"].contains($0) }) else { return String(scalars) }
        // Scalar by scalar: a quotation mark with an accent on it is still one.
        var quoted = String.UnicodeScalarView("\"".unicodeScalars)
        for scalar in scalars { quoted += scalar == "\"" ? ["\"", "\""] : [scalar] }
        quoted.append("\"")
        return String(quoted)
    }

    private static func shown(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        scalar.properties.generalCategory == .control && !["\t", "\r", "\n"].contains(scalar) ? "\u{FFFD}" : scalar
    }
}

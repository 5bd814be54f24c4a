/// Comma-separated values (RFC 4180) that a spreadsheet shows and never computes.
public enum CSV {
    /// One row with its line end.
    public static func row(_ fields: [String]) -> String { fields.map(field).joined(separator: ",") + "\r\n" }

    /// One field, quoted where it must be. What a spreadsheet would take for a formula is kept from it by an apostrophe: names and
    /// addresses come from outside.
    static func field(_ text: String) -> String {
        var scalars = text.unicodeScalars
        if let first = scalars.first, ["=", "+", "-", "@", "\t", "\r"].contains(first) { scalars.insert("'", at: scalars.startIndex) }
        guard scalars.contains(where: { ["\"", ",", "\n", "\r"].contains($0) }) else { return String(scalars) }
        // Scalar by scalar: a quotation mark with an accent on it is still one.
        var quoted = String.UnicodeScalarView("\"".unicodeScalars)
        for scalar in scalars { quoted += scalar == "\"" ? ["\"", "\""] : [scalar] }
        quoted.append("\"")
        return String(quoted)
    }
}

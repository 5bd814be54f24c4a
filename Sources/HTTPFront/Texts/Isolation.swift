/// Names from outside, inside a line of ours: whatever their direction, the words around them keep theirs (Unicode UAX #9).
extension String {
    /// Without what turns the text that follows: embeddings, overrides and isolates. Marks stay, which turn nothing but what lies beside them.
    var undirected: String {
        guard unicodeScalars.contains(where: Self.directs) else { return self }
        var kept = String.UnicodeScalarView()
        for scalar in unicodeScalars where !Self.directs(scalar) { kept.append(scalar) }
        return String(kept)
    }

    /// For the middle of a sentence. Text from left to right is left as it is.
    var isolated: String {
        guard unicodeScalars.contains(where: Self.isRightToLeft) else { return self }
        return "\u{2068}" + undirected + "\u{2069}"
    }

    private static func directs(_ scalar: Unicode.Scalar) -> Bool {
        (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
    }

    // The blocks that are kept for scripts from right to left, and the controls.
    private static func isRightToLeft(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x0590...0x08FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFF, 0x10800...0x10FFF, 0x1E800...0x1EFFF: true
        default: scalar.properties.isBidiControl
        }
    }
}

/// A new name for people: 1 to 200 characters that can be seen, in one line, and none that directs the text around it.
///
/// Joiners and variation selectors may stand in it: scripts and emoji are written with them. Names of before are read as they are.
public func checkName(_ name: String) throws(RuleError) {
    try checkStoredName(name)
    guard name.unicodeScalars.contains(where: Naming.isVisible) else {
        throw refused("A name has a character that can be seen; this one has none.", Naming.retype)
    }
    for scalar in name.unicodeScalars {
        let code = "U+" + String(scalar.value, radix: 16, uppercase: true).leftPadded(to: 4)
        if Naming.directs(scalar) {
            throw refused("A name has no characters that change the direction of text; this one has \(code).", Naming.retype)
        }
        if Naming.isInvisible(scalar) {
            throw refused("A name has no invisible characters; this one has \(code).", Naming.retype)
        }
    }
}

/// What a name of another ledger must be, which was made by the rules of its time.
func checkStoredName(_ name: String) throws(RuleError) {
    guard name.contains(where: { !$0.isWhitespace }) else {
        throw refused("A name has 1 to 200 characters, not all of them white space; this one is empty.", "Type a name.")
    }
    guard name.count <= 200, name.utf8.count <= 1600 else {
        throw refused(
            "A name has at most 200 characters; this one has \(name.count), of \(name.utf8.count) bytes.", "Choose a shorter name.")
    }
    guard !name.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
        throw refused("A name has no control characters, such as tabs and line breaks; this one has.", "Type the name in one line.")
    }
}

private func refused(_ detail: String, _ remedy: String) -> RuleError { RuleError(.invalidRequest, detail, remedy: remedy) }

private enum Naming {
    static let retype = "Type the name instead of pasting it."

    /// Takes no place on the page, and no script is written with it.
    static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        // Line and paragraph separators, and a blank that is no white space.
        case 0x2028, 0x2029, 0x2800: true
        // Marks that names of scripts from right to left are written with.
        case 0x061C, 0x200E, 0x200F: false
        // Joiners, the Mongolian and the general variation selectors, and the tags that flags are written with.
        case 0x200C, 0x200D, 0x180B...0x180F, 0xFE00...0xFE0F, 0xE0100...0xE01EF, 0xE0020...0xE007F: false
        default: scalar.properties.isDefaultIgnorableCodePoint
        }
    }

    /// Embeddings, overrides and isolates (Unicode UAX #9): they turn what follows.
    static func directs(_ scalar: Unicode.Scalar) -> Bool {
        (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
    }

    static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
        !scalar.properties.isWhitespace && !scalar.properties.isDefaultIgnorableCodePoint && !isInvisible(scalar)
    }
}

extension String {
    fileprivate func leftPadded(to count: Int) -> String { String(repeating: "0", count: max(0, count - self.count)) + self }
}

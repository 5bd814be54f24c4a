/// The seconds of an `xs:duration` such as `PT6H` or `P1D`; nil: it is none, or not a positive one. Years count 365 days, months 30.
func durationSeconds(_ text: String) -> UInt64? {
    guard text.hasPrefix("P") else { return nil }
    let dateUnits: [Character: UInt64] = ["Y": 365 * 86400, "M": 30 * 86400, "D": 86400]
    let timeUnits: [Character: UInt64] = ["H": 3600, "M": 60, "S": 1]
    var (units, isTime) = (dateUnits, false)
    var total: UInt64 = 0
    var number = ""
    for character in text.dropFirst() {
        if character == "T", number.isEmpty, !isTime {
            units = timeUnits
            isTime = true
        } else if character.isASCII, character.isNumber || character == "." {
            number.append(character)
        } else {
            // Each unit once. Of a fraction of a second the whole seconds count.
            guard let unit = units.removeValue(forKey: character), let value = UInt64(number.prefix { $0 != "." }), value <= 1_000_000_000
            else { return nil }
            total += value * unit
            number = ""
        }
    }
    return number.isEmpty && total > 0 ? total : nil
}

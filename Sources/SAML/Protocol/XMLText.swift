/// Text as it stands in an attribute or an element of a document that we write.
func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "&": result += "&amp;"
        case "<": result += "&lt;"
        case ">": result += "&gt;"
        case "\"": result += "&quot;"
        case "\t", "\n", "\r": result += "&#\(scalar.value);"
        default: if scalar.value >= 0x20 { result.unicodeScalars.append(scalar) }
        }
    }
    return result
}

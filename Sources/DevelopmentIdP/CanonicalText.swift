import FoundationEssentials

/// Text as exclusive C14N writes it (XML C14N §2.3).
enum CanonicalText {
    static func content(_ text: String) -> String {
        escape(text, ["&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#xD;"])
    }

    static func attribute(_ text: String) -> String {
        escape(text, ["&": "&amp;", "<": "&lt;", "\"": "&quot;", "\t": "&#x9;", "\n": "&#xA;", "\r": "&#xD;"])
    }

    /// `xs:dateTime` in UTC.
    static func instant(_ seconds: Int64) -> String {
        Date(timeIntervalSince1970: Double(seconds)).formatted(.iso8601)
    }

    static func base64(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }

    private static func escape(_ text: String, _ replacements: [Unicode.Scalar: String]) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            if let replacement = replacements[scalar] {
                result += replacement
            } else if scalar.value >= 0x20 || scalar == "\t" || scalar == "\n" {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}

import CLibXML2

/// The libxml2 that is linked.
public enum XMLLibrary {
    /// Such as `2.9.14`.
    public static var version: String {
        // xmlversion.h: major, minor and micro, two digits each but the first; distributions may add words.
        let digits = unsafe String(cString: ledger_xml_version()).prefix { $0.isNumber }
        guard let number = Int(digits) else { return String(digits) }
        return "\(number / 10000).\(number / 100 % 100).\(number % 100)"
    }
}

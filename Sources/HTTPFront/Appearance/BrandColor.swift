import Foundation

/// A colour, and what can be read on it.
struct BrandColor: Sendable, Hashable {
    let red: UInt8
    let green: UInt8
    let blue: UInt8

    /// - Returns: nil for what is not `#rrggbb`.
    init?(_ text: String) {
        let digits = Array(text.utf8.dropFirst())
        guard text.utf8.first == UInt8(ascii: "#"), digits.count == 6, digits.allSatisfy(Self.isHexadecimal),
            let value = UInt32(text.dropFirst(), radix: 16)
        else { return nil }
        (red, green, blue) = (UInt8(value >> 16 & 255), UInt8(value >> 8 & 255), UInt8(value & 255))
    }

    // `UInt32` takes a sign as well.
    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (65...70).contains(byte) || (97...102).contains(byte)
    }

    /// Black or white: whichever contrasts more. It is at least 4.58 : 1, over WCAG's 4.5 : 1, for every colour.
    var isDarkOnIt: Bool { contrast(withLuminance: 0) >= contrast(withLuminance: 1) }

    /// The contrast of the text on it, 1 to 21 (WCAG 2.2, “contrast ratio”).
    var contrast: Double { contrast(withLuminance: isDarkOnIt ? 0 : 1) }

    var css: String { ":root { --brand: \(hexadecimal); --on-brand: \(isDarkOnIt ? "#000000" : "#ffffff"); }" }

    private var hexadecimal: String {
        "#" + [red, green, blue].map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    private func contrast(withLuminance other: Double) -> Double {
        let (low, high) = (min(luminance, other), max(luminance, other))
        return (high + 0.05) / (low + 0.05)
    }

    // WCAG 2.2, “relative luminance”.
    private var luminance: Double {
        func linear(_ part: UInt8) -> Double {
            let share = Double(part) / 255
            return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    }
}

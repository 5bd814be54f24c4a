/// Base64 as messages carry it: strict, but for ASCII white space (C3).
enum Base64Field {
    // What a byte stands for: 0 to 63, white space, padding, or nothing.
    private static let space: UInt8 = 64
    private static let padding: UInt8 = 65
    private static let values: [UInt8] = {
        var values = [UInt8](repeating: 255, count: 256)
        for (value, byte) in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8.enumerated() {
            values[Int(byte)] = UInt8(value)
        }
        for byte in [0x20, 0x09, 0x0A, 0x0B, 0x0C, 0x0D] { values[byte] = space }
        values[0x3D] = padding
        return values
    }()

    /// The bytes; nil for anything that is not base64 with its padding.
    static func decode(_ text: some Collection<UInt8>) -> [UInt8]? {
        let values = values
        let text = Array(text)
        var bytes = [UInt8](repeating: 0, count: text.count / 4 * 3 + 3)
        var length = 0
        var bits: UInt32 = 0
        var count = 0
        var pads = 0
        var place = 0
        while place < text.count {
            // Four digits at once, as long as nothing else comes.
            while count & 3 == 0, pads == 0, place + 4 <= text.count {
                let (a, b) = (values[Int(text[place])], values[Int(text[place + 1])])
                let (c, d) = (values[Int(text[place + 2])], values[Int(text[place + 3])])
                guard (a | b | c | d) < 64 else { break }
                bytes[length] = a << 2 | b >> 4
                bytes[length + 1] = b << 4 | c >> 2
                bytes[length + 2] = c << 6 | d
                length += 3
                place += 4
            }
            guard place < text.count else { break }
            let value = values[Int(text[place])]
            place += 1
            guard value < 64 else {
                if value == space { continue }
                guard value == padding, pads < 2 else { return nil }
                pads += 1
                count += 1
                continue
            }
            guard pads == 0 else { return nil }
            bits = bits << 6 | UInt32(value)
            count += 1
            if count & 3 == 0 {
                bytes[length] = UInt8(truncatingIfNeeded: bits >> 16)
                bytes[length + 1] = UInt8(truncatingIfNeeded: bits >> 8)
                bytes[length + 2] = UInt8(truncatingIfNeeded: bits)
                length += 3
                bits = 0
            }
        }
        guard count & 3 == 0 else { return nil }
        // The bits that padding leaves over are zero: one value has one spelling.
        switch pads {
        case 1:
            guard bits & 0b11 == 0 else { return nil }
            bytes[length] = UInt8(truncatingIfNeeded: bits >> 10)
            bytes[length + 1] = UInt8(truncatingIfNeeded: bits >> 2)
            length += 2
        case 2:
            guard bits & 0b1111 == 0 else { return nil }
            bytes[length] = UInt8(truncatingIfNeeded: bits >> 4)
            length += 1
        default: break
        }
        bytes.removeLast(bytes.count - length)
        return bytes
    }

    /// Base64 with padding, in one line.
    static func encode(_ bytes: [UInt8]) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let left = bytes.count - start
            let group =
                UInt32(bytes[start]) << 16 | (left > 1 ? UInt32(bytes[start + 1]) << 8 : 0)
                | (left > 2 ? UInt32(bytes[start + 2]) : 0)
            text.append(alphabet[Int(group >> 18)])
            text.append(alphabet[Int(group >> 12 & 63)])
            text.append(left > 1 ? alphabet[Int(group >> 6 & 63)] : UInt8(ascii: "="))
            text.append(left > 2 ? alphabet[Int(group & 63)] : UInt8(ascii: "="))
        }
        return String(decoding: text, as: UTF8.self)
    }
}

/// The XML of the form field `SAMLResponse` (bindings §3.5.4).
///
/// - Returns: The bytes; else `base64_malformed` or `too_large`.
public func decodeResponseField(_ base64: [UInt8]) -> Result<[UInt8], Refusal> {
    guard let bytes = Base64Field.decode(base64), !bytes.isEmpty else {
        return .failure(
            Refusal(
                .base64Malformed, "The field “SAMLResponse” must be base64; it is not.",
                remedy: "Let the identity provider send the response with the HTTP-POST binding."))
    }
    guard bytes.count <= Limits.messageBytes else {
        return .failure(
            Refusal(
                .tooLarge, "A response may have \(Limits.messageBytes) bytes; this one has \(bytes.count).",
                remedy: "Let the identity provider send fewer attributes or groups."))
    }
    return .success(bytes)
}

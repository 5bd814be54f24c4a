/// Base64 as messages carry it: strict, but for ASCII white space (C3).
enum Base64Field {
    /// The bytes; nil for anything that is not base64 with its padding.
    static func decode(_ text: some Sequence<UInt8>) -> [UInt8]? {
        var bytes: [UInt8] = []
        var bits: UInt32 = 0
        var count = 0
        var padding = 0
        for byte in text {
            let value: UInt32
            switch byte {
            case 0x41...0x5A: value = UInt32(byte) - 0x41
            case 0x61...0x7A: value = UInt32(byte) - 0x61 + 26
            case 0x30...0x39: value = UInt32(byte) - 0x30 + 52
            case 0x2B: value = 62
            case 0x2F: value = 63
            case 0x3D:
                padding += 1
                count += 1
                guard padding <= 2 else { return nil }
                continue
            case 0x20, 0x09, 0x0A, 0x0D, 0x0C, 0x0B: continue
            default: return nil
            }
            guard padding == 0 else { return nil }
            bits = bits << 6 | value
            count += 1
            if count % 4 == 0 {
                bytes.append(UInt8(truncatingIfNeeded: bits >> 16))
                bytes.append(UInt8(truncatingIfNeeded: bits >> 8))
                bytes.append(UInt8(truncatingIfNeeded: bits))
                bits = 0
            }
        }
        guard count % 4 == 0 else { return nil }
        // The bits that padding leaves over are zero: one value has one spelling.
        switch padding {
        case 1:
            guard bits & 0b11 == 0 else { return nil }
            bytes.append(UInt8(truncatingIfNeeded: bits >> 10))
            bytes.append(UInt8(truncatingIfNeeded: bits >> 2))
        case 2:
            guard bits & 0b1111 == 0 else { return nil }
            bytes.append(UInt8(truncatingIfNeeded: bits >> 4))
        default: break
        }
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

/// What a message may weigh (C2).
enum Limits {
    static let messageBytes = 256 * 1024
    static let metadataBytes = 2 * 1024 * 1024
    static let clockSkewSeconds: UInt32 = 300
    static let certificates = 16
}

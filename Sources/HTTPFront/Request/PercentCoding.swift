/// Percent-encoding over bytes (RFC 3986 §2.1), strict: what is malformed is nil, never guessed at.
enum PercentCoding {
    /// The decoded text; nil for a `%` without two hexadecimal digits, and for what is no UTF-8 afterwards.
    static func decode(_ bytes: some Collection<UInt8>, plusIsSpace: Bool) -> String? {
        guard let decoded = decodeBytes(bytes, plusIsSpace: plusIsSpace) else { return nil }
        return String(validating: decoded, as: UTF8.self)
    }

    static func decodeBytes(_ bytes: some Collection<UInt8>, plusIsSpace: Bool) -> [UInt8]? {
        let bytes = Array(bytes)
        var decoded: [UInt8] = []
        decoded.reserveCapacity(bytes.count)
        // What stands for itself is copied in one piece.
        var (start, place) = (0, 0)
        while place < bytes.count {
            let byte = bytes[place]
            guard byte == UInt8(ascii: "%") || byte == UInt8(ascii: "+") && plusIsSpace else {
                place += 1
                continue
            }
            decoded += bytes[start..<place]
            if byte == UInt8(ascii: "%") {
                guard place + 2 < bytes.count, let high = nibble(bytes[place + 1]), let low = nibble(bytes[place + 2]) else { return nil }
                decoded.append(high << 4 | low)
                place += 3
            } else {
                decoded.append(0x20)
                place += 1
            }
            start = place
        }
        decoded += bytes[start...]
        return decoded
    }

    /// Encodes everything but RFC 3986's unreserved characters: safe in a query's value and in a path's segment.
    static func encode(_ text: String) -> String {
        encode(text) { isUnreserved($0) }
    }

    /// For a header's value (C46): printable ASCII stays, but `%` and what `alsoEncoded` names.
    static func encodeHeader(_ text: String, alsoEncoded: String = "") -> String {
        encode(text) { byte in
            (0x20...0x7E).contains(byte) && byte != UInt8(ascii: "%") && !alsoEncoded.utf8.contains(byte)
        }
    }

    private static func encode(_ text: String, keeping isKept: (UInt8) -> Bool) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var encoded: [UInt8] = []
        for byte in text.utf8 {
            if isKept(byte) {
                encoded.append(byte)
            } else {
                encoded += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"): true
        default: false
        }
    }

    private static func nibble(_ digit: UInt8) -> UInt8? {
        switch digit {
        case 0x30...0x39: digit - 0x30
        case 0x41...0x46: digit - 0x41 + 10
        case 0x61...0x66: digit - 0x61 + 10
        default: nil
        }
    }
}

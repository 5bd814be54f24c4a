import COpenSSL

/// Base64 between lines that say what it is (RFC 7468).
enum PEM {
    static func text(_ der: [UInt8], label: String) -> String {
        var encoded = [UInt8](repeating: 0, count: (der.count + 2) / 3 * 4 + 1)
        let length = Int(unsafe EVP_EncodeBlock(&encoded, der, Int32(der.count)))
        var text = "-----BEGIN \(label)-----\n"
        for start in stride(from: 0, to: length, by: 64) {
            text += String(decoding: encoded[start..<min(start + 64, length)], as: UTF8.self) + "\n"
        }
        return text + "-----END \(label)-----\n"
    }

    /// The bytes between the first such lines; nil where there are none, or something else than base64 stands between them.
    static func bytes(_ text: String, label: String) -> [UInt8]? {
        guard let start = text.firstRange(of: "-----BEGIN \(label)-----"),
            let end = text[start.upperBound...].firstRange(of: "-----END \(label)-----")
        else { return nil }
        let digits = text[start.upperBound..<end.lowerBound].utf8.filter { !" \t\r\n".utf8.contains($0) }
        guard !digits.isEmpty, digits.count.isMultiple(of: 4), digits.count < Int(Int32.max) else { return nil }
        var bytes = [UInt8](repeating: 0, count: digits.count / 4 * 3)
        guard unsafe EVP_DecodeBlock(&bytes, digits, Int32(digits.count)) == Int32(bytes.count) else {
            ERR_clear_error()
            return nil
        }
        // EVP_DecodeBlock writes zeros for what the padding stands for.
        bytes.removeLast(digits.suffix(2).count { $0 == UInt8(ascii: "=") })
        return bytes
    }
}

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
}

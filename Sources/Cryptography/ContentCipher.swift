import COpenSSL

/// The block ciphers of XML Encryption (§5.2) that are accepted (C25).
public struct ContentCipher: Sendable, Hashable {
    private enum Mode { case gcm, cbc }

    /// The algorithm's identifier.
    public let name: String
    /// Bytes of a key.
    public let keyLength: Int
    private let mode: Mode
    private let blockLength: Int

    /// AES-256-GCM, the one to choose.
    public static let aes256GCM = ContentCipher("http://www.w3.org/2009/xmlenc11#aes256-gcm", 32, .gcm)
    /// AES-128-GCM.
    public static let aes128GCM = ContentCipher("http://www.w3.org/2009/xmlenc11#aes128-gcm", 16, .gcm)
    /// AES-256-CBC.
    public static let aes256CBC = ContentCipher("http://www.w3.org/2001/04/xmlenc#aes256-cbc", 32, .cbc)
    /// AES-128-CBC, which many identity providers still send.
    public static let aes128CBC = ContentCipher("http://www.w3.org/2001/04/xmlenc#aes128-cbc", 16, .cbc)
    /// Triple DES, for old identity providers.
    public static let tripleDESCBC = ContentCipher("http://www.w3.org/2001/04/xmlenc#tripledes-cbc", 24, .cbc, blockLength: 8)

    private static let accepted = [
        aes256GCM, ContentCipher("http://www.w3.org/2009/xmlenc11#aes192-gcm", 24, .gcm), aes128GCM,
        aes256CBC, ContentCipher("http://www.w3.org/2001/04/xmlenc#aes192-cbc", 24, .cbc), aes128CBC, tripleDESCBC,
    ]

    /// nil for every algorithm that is not accepted.
    public init?(_ name: String) {
        guard let found = Self.accepted.first(where: { $0.name.utf8.elementsEqual(name.utf8) }) else { return nil }
        self = found
    }

    private init(_ name: String, _ keyLength: Int, _ mode: Mode, blockLength: Int = 16) {
        self.name = name
        self.keyLength = keyLength
        self.mode = mode
        self.blockLength = blockLength
    }

    /// What was decrypted.
    public struct Plaintext: Sendable, Hashable {
        /// Without the padding, where there is one.
        public let bytes: [UInt8]
        /// Whether the padding of CBC is one (XML Encryption §5.2). Where it isn't, nothing may be believed, but the work goes on as if it
        /// were: how long it takes tells nothing about the padding (C26).
        public let isPadded: Bool
    }

    /// The plaintext; nil for every failure alike (C26). CBC proves nothing: only a signature inside does (C24).
    public func open(_ bytes: [UInt8], key: [UInt8]) -> Plaintext? {
        guard key.count == keyLength, bytes.count < Int(Int32.max) else { return nil }
        switch mode {
        case .gcm:
            // C25: exactly 12 bytes of IV and 16 of tag (XML Encryption §5.2.4).
            guard bytes.count >= 28 else { return nil }
            let opened = run(
                Array(bytes[12..<(bytes.count - 16)]), key: key, iv: Array(bytes[..<12]),
                direction: .decrypt(tag: Array(bytes[(bytes.count - 16)...])))
            return opened.map { Plaintext(bytes: $0.output, isPadded: true) }
        case .cbc:
            guard bytes.count >= 2 * blockLength, bytes.count.isMultiple(of: blockLength),
                let plain = run(Array(bytes[blockLength...]), key: key, iv: Array(bytes[..<blockLength]), direction: .decrypt(tag: []))?
                    .output
            else { return nil }
            // XML Encryption §5.2: the last byte counts the padding; the others are anything.
            let padding = Int(plain.last ?? 0)
            let isPadded = (1...blockLength).contains(padding)
            return Plaintext(bytes: Array(plain.dropLast(isPadded ? padding : 0)), isPadded: isPadded)
        }
    }

    /// IV, ciphertext and, in GCM, tag.
    public func seal(_ bytes: [UInt8], key: [UInt8]) throws(CryptographyError) -> [UInt8] {
        guard key.count == keyLength else {
            throw CryptographyError(.algorithmMismatch, "A key for \(name) must have \(keyLength) bytes; it has \(key.count).")
        }
        let iv = randomBytes(mode == .gcm ? 12 : blockLength)
        var plain = bytes
        if mode == .cbc {
            let padding = blockLength - bytes.count % blockLength
            plain += [UInt8](repeating: 0, count: padding - 1) + [UInt8(padding)]
        }
        guard let sealed = run(plain, key: key, iv: iv, direction: .encrypt) else { throw OpenSSL.failure("EVP_Cipher") }
        return iv + sealed.output + sealed.tag
    }

    private enum Direction {
        case encrypt
        case decrypt(tag: [UInt8])
    }

    private var function: OpaquePointer? {
        switch (mode, keyLength, blockLength) {
        case (.gcm, 16, _): unsafe EVP_aes_128_gcm()
        case (.gcm, 24, _): unsafe EVP_aes_192_gcm()
        case (.gcm, _, _): unsafe EVP_aes_256_gcm()
        case (.cbc, _, 8): unsafe EVP_des_ede3_cbc()
        case (.cbc, 16, _): unsafe EVP_aes_128_cbc()
        case (.cbc, 24, _): unsafe EVP_aes_192_cbc()
        case (.cbc, _, _): unsafe EVP_aes_256_cbc()
        }
    }

    private func run(
        _ input: [UInt8], key: [UInt8], iv: [UInt8], direction: Direction
    ) -> (output: [UInt8], tag: [UInt8])? {
        guard let context = unsafe EVP_CIPHER_CTX_new() else { return nil }
        defer { unsafe EVP_CIPHER_CTX_free(context) }
        var encrypts: Int32 = 1
        var tag = [UInt8](repeating: 0, count: mode == .gcm ? 16 : 0)
        if case .decrypt(let given) = direction {
            encrypts = 0
            tag = given
        }
        guard OpenSSL.succeeded(unsafe EVP_CipherInit_ex(context, function, nil, nil, nil, encrypts)) else { return nil }
        if mode == .gcm {
            guard OpenSSL.succeeded(unsafe EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_IVLEN, Int32(iv.count), nil))
            else { return nil }
        }
        guard OpenSSL.succeeded(unsafe EVP_CipherInit_ex(context, nil, nil, key, iv, encrypts)),
            OpenSSL.succeeded(unsafe EVP_CIPHER_CTX_set_padding(context, 0))
        else { return nil }
        if mode == .gcm && encrypts == 0 {
            guard OpenSSL.succeeded(unsafe EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, 16, &tag)) else { return nil }
        }
        var output = [UInt8](repeating: 0, count: input.count + 2 * blockLength)
        var length: Int32 = 0
        var rest: Int32 = 0
        guard OpenSSL.succeeded(unsafe EVP_CipherUpdate(context, &output, &length, input, Int32(input.count))) else { return nil }
        let finished = unsafe output.withUnsafeMutableBufferPointer { buffer -> Int32 in
            guard let start = buffer.baseAddress else { return 0 }
            return unsafe EVP_CipherFinal_ex(context, start + Int(length), &rest)
        }
        guard OpenSSL.succeeded(finished) else { return nil }
        if mode == .gcm && encrypts == 1 {
            guard OpenSSL.succeeded(unsafe EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, 16, &tag)) else { return nil }
        }
        return (Array(output.prefix(Int(length + rest))), encrypts == 1 ? tag : [])
    }
}

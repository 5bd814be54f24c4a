import Compression
import Cryptography
import TestSupport
import Testing

@Suite struct `A signature` {
    static let algorithms = [DigestAlgorithm.sha256, .sha384, .sha512].flatMap {
        [SignatureAlgorithm.rsaPKCS1($0), .rsaPSS($0), .ecdsa($0)]
    }

    @Test(arguments: algorithms)
    func `verifies over its own bytes alone, with its own kind of key alone`(_ algorithm: SignatureAlgorithm) throws {
        let rsa = TestIdentityProvider.pair
        let ec = TestIdentityProvider.ecPair
        let isEC = if case .ecdsa = algorithm { true } else { false }
        let (own, other) = isEC ? (ec, rsa) : (rsa, ec)
        let signature = try own.key.sign([1, 2, 3], algorithm: algorithm)
        let key = own.certificate.publicKey
        #expect(key.verify(signature: signature, of: [1, 2, 3], algorithm: algorithm))
        #expect(!key.verify(signature: signature, of: [1, 2, 4], algorithm: algorithm))
        #expect(!key.verify(signature: Array(signature.dropLast()), of: [1, 2, 3], algorithm: algorithm))
        #expect(!key.verify(signature: [], of: [1, 2, 3], algorithm: algorithm))
        #expect(!other.certificate.publicKey.verify(signature: signature, of: [1, 2, 3], algorithm: algorithm))  // C21
        #expect(throws: CryptographyError.self) { try other.key.sign([1], algorithm: algorithm) }
    }

    @Test(arguments: EllipticCurve.allCases)
    func `of a curve is r and s one after the other`(_ curve: EllipticCurve) throws {
        let key = try PrivateKey.generate(.ec(curve))
        let length = [EllipticCurve.p256: 64, .p384: 96, .p521: 132][curve]
        #expect(try key.sign([1], algorithm: .ecdsa(.sha256)).count == length)
    }
}

@Suite struct `A key or certificate` {
    @Test func `comes back from DER and PEM`() throws {
        let pair = TestIdentityProvider.pair
        let key = try PrivateKey(der: pair.key.der)
        #expect(try key.publicKey.der == pair.certificate.publicKey.der)
        #expect(try Certificate(pem: pair.certificate.pem) == pair.certificate)
        #expect(pair.certificate.subject == "CN=idp.example")
        #expect(pair.certificate.notBeforeSeconds == 1_577_836_800)
        #expect(pair.certificate.notAfterSeconds == 4_102_444_800)
    }

    @Test func `is refused when it is cut, followed by more, or something else`() {
        let der = TestIdentityProvider.pair.certificate.der
        for bytes in [[], [0x30], Array(der.dropLast()), der + [0]] {
            #expect(throws: CryptographyError.self) { try Certificate(der: bytes) }
            #expect(throws: CryptographyError.self) { try PrivateKey(der: bytes) }
        }
        for text in ["", "-----BEGIN CERTIFICATE-----\n", "-----BEGIN CERTIFICATE-----\nAAA\n-----END CERTIFICATE-----\n"] {
            #expect(throws: CryptographyError.self) { try Certificate(pem: text) }
        }
    }

    @Test func `of 1024 bits is too weak`() throws {
        #expect(try PrivateKey.generate(.rsa(bits: 1024)).publicKey.isTooWeak)
        #expect(!TestIdentityProvider.pair.certificate.publicKey.isTooWeak)
    }
}

@Suite struct `C25 Encryption` {
    @Test(arguments: [ContentCipher.aes256GCM, .aes128GCM, .aes256CBC, .aes128CBC, .tripleDESCBC])
    func `opens with its key, whatever the length`(_ cipher: ContentCipher) throws {
        let key = randomBytes(cipher.keyLength)
        for length in [0, 1, 7, 8, 15, 16, 17, 1000] {
            let plain = randomBytes(length)
            var sealed = try cipher.seal(plain, key: key)
            #expect(cipher.open(sealed, key: key)?.bytes == plain)
            sealed[sealed.count - 1] ^= 1
            // CBC proves nothing (C24).
            if cipher.name.hasSuffix("gcm") { #expect(cipher.open(sealed, key: key) == nil) }
            #expect(cipher.open(Array(sealed.prefix(5)), key: key) == nil)
        }
        #expect(cipher.open([], key: key) == nil)
        #expect(cipher.open(try cipher.seal([1], key: key), key: Array(key.dropLast())) == nil)
    }

    @Test func `C26 without padding opens to something that says so`() throws {
        let key = randomBytes(32)
        let opened = (0..<64).compactMap { _ in ContentCipher.aes256CBC.open(randomBytes(64), key: key) }
        #expect(opened.count == 64)
        #expect(opened.contains { !$0.isPadded && $0.bytes.count == 48 })
        #expect(opened.allSatisfy { $0.isPadded == ($0.bytes.count < 48) })
    }

    @Test func `of a key opens with the same digests and the same key only`() throws {
        let pair = TestIdentityProvider.pair
        let wrapped = try pair.certificate.publicKey.encryptOAEP([1, 2, 3], digest: .sha256, maskDigest: .sha1)
        #expect(pair.key.decryptOAEP(wrapped, digest: .sha256, maskDigest: .sha1) == [1, 2, 3])
        #expect(pair.key.decryptOAEP(wrapped, digest: .sha1, maskDigest: .sha1) == nil)
        #expect(TestIdentityProvider.stranger.key.decryptOAEP(wrapped, digest: .sha256, maskDigest: .sha1) == nil)
        #expect(TestIdentityProvider.ecPair.key.decryptOAEP(wrapped, digest: .sha256, maskDigest: .sha1) == nil)
    }
}

@Suite struct `Compressed bytes` {
    @Test(arguments: [0, 1, 1000, 300_000])
    func `come back whole, within their limit, or not at all`(_ length: Int) throws {
        let bytes = [UInt8](repeating: 7, count: length / 2) + randomBytes(length - length / 2)
        let deflated = Deflate.compress(bytes)
        let zstd = try Zstandard.compress(bytes)
        #expect(try Deflate.decompress(deflated, limit: length) == bytes)
        #expect(try Zstandard.decompress(zstd, limit: length) == bytes)
        #expect(throws: CompressionError.self) { try Deflate.decompress(Array(deflated.dropLast()), limit: length) }
        #expect(throws: CompressionError.self) { try Zstandard.decompress(Array(zstd.dropLast()), limit: length) }
        guard length > 0 else { return }
        #expect(throws: CompressionError.self) { try Deflate.decompress(deflated, limit: length - 1) }
        #expect(throws: CompressionError.self) { try Zstandard.decompress(zstd, limit: length - 1) }
    }
}

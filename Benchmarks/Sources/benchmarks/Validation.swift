import CFloor
import Cryptography
import DevelopmentIdP
import Events
import SAML

/// What does judging a response cost, compared with the same work in C?
///
/// The floor does what no validation gets around, and none of its checks: see `floor.h`. Both read responses that SimpleSAMLphp sent, with keys kept warm.
func validation() throws {
    let body = pem.split(separator: "\n").filter { !$0.hasPrefix("-") }.joined()
    let certificate = try Certificate(der: decoded(Array(body.utf8)))
    let key = try floorKey()
    defer { floor_key_free(key) }

    print("validation: CPU time of judging one response, SHA-256; median of 40 rounds of 100 (middle four fifths)")
    var shapes = try [
        ("RSA-2048, assertion signed", PackageResources.assertion_signed_b64, "a", 1), ("RSA-2048, both signed", PackageResources.both_signed_b64, "b", 2),
    ].map { title, response, organization, signatures in
        Shape(
            title: title, response: response, facts: try fixtureFacts(organization: organization, certificate: certificate), email: "bob@example.com",
            floor: { runFloor(key, response) == signatures })
    }
    shapes += try madeShapes()
    for shape in shapes {
        let bytes = try decoded(shape.response)
        guard case .accepted(let claims) = judge(response: bytes, shape.facts).outcome else {
            throw BenchmarkError("\(shape.title): refused: \(judge(response: bytes, shape.facts).outcome)")
        }
        guard claims.email.text == shape.email else { throw BenchmarkError("\(shape.title): the claims are not those of \(shape.email)") }
        let floor = { guard shape.floor() else { throw BenchmarkError("\(shape.title): the floor did not verify") } }
        let ours = {
            guard case .accepted = judge(response: try decoded(shape.response), shape.facts).outcome else {
                throw BenchmarkError("\(shape.title): refused while measuring")
            }
        }
        let rounds = try Rounds(rounds: 40, calls: 100, [floor, ours])
        let ratio = (rounds.median(1) / rounds.median(0) * 100).rounded() / 100
        print("  \(shape.title), \(bytes.count) bytes")
        print("    C floor  \(rounds.described(0)), \(try allocations(floor)) allocations")
        print("    judge    \(rounds.described(1)), \(try allocations(ours)) allocations, \(ratio) times the floor")
    }
}

/// A response, by what it is judged, and the same work in C.
private struct Shape {
    let title: String
    let response: [UInt8]
    let facts: JudgmentFacts
    let email: String
    let floor: () -> Bool
}

private func allocations(_ body: () throws -> Void) rethrows -> Int {
    floor_count_allocations()
    for _ in 0..<10 { try body() }
    return Int(floor_counted_allocations()) / 10
}

/// What an identity provider of our own makes: another kind of key, many groups, encryption.
private func madeShapes() throws -> [Shape] {
    let now: Int64 = 1_795_600_000
    let (acs, audience, issuer) = ("https://sp.example/saml/acs", "https://sp.example/saml/login", "https://idp.example")
    func pair(_ kind: PrivateKey.Kind) throws -> (key: PrivateKey, certificate: Certificate) {
        let key = try PrivateKey.generate(kind)
        return (key, try key.selfSignedCertificate(commonName: "benchmark", notBefore: now - 86400, notAfter: now + 86400))
    }
    func shape(
        _ title: String, _ pair: (key: PrivateKey, certificate: Certificate), decryption: PrivateKey? = nil, _ change: (inout ResponseBuilder) -> Void
    ) throws -> Shape {
        var builder = ResponseBuilder(
            issuer: issuer, destination: acs, audience: audience, nameID: "bob@example.com", responseID: "_response", assertionID: "_assertion",
            issueInstant: now, key: pair.key, certificate: pair.certificate)
        builder.attributes = [.init("displayName", ["Bob Example"]), .init("groups", ["staff", "engineering"])]
        change(&builder)
        let response = Array(try builder.base64().utf8)
        let facts = JudgmentFacts(
            acsURLs: [acs], serviceProviderEntityID: audience,
            identityProvider: TrustedIdentityProvider(entityID: issuer, certificates: [pair.certificate]),
            decryptionKeys: decryption.map { [$0] } ?? [], instant: Instant(seconds: UInt64(now)))
        let pem = pair.certificate.pem
        guard let key = pem.withCString({ floor_key_read($0, pem.utf8.count) }) else { throw BenchmarkError("the floor can't read a certificate") }
        let own = try decryption?.pem ?? ""
        let privateKey = own.withCString { floor_private_key_read($0, own.utf8.count) }
        return Shape(title: title, response: response, facts: facts, email: "bob@example.com") {
            privateKey.map { runFloor(key, encryptedFor: $0, response) == 1 } ?? (runFloor(key, response) == 1)
        }
    }
    let rsa = try pair(.rsa(bits: 2048))
    let own = try pair(.rsa(bits: 2048)).key
    return [
        try shape("RSA-2048, assertion signed, 100 groups", rsa) { builder in
            builder.attributes.append(.init("memberOf", (0..<100).map { "CN=Group \($0),OU=Departments,OU=Groups,DC=customer,DC=example" }))
        },
        try shape("ECDSA P-256, assertion signed", try pair(.ec(.p256))) { _ in },
        try shape("RSA-2048, encrypted with AES-256-GCM", rsa, decryption: own) { $0.encryption = .init(for: own.publicKey) },
    ]
}

/// Microseconds of CPU that the floor takes for one response with a signed assertion.
func validationFloor() throws -> Double {
    let key = try floorKey()
    defer { floor_key_free(key) }
    let response = PackageResources.assertion_signed_b64
    return try Rounds(
        rounds: 20, calls: 100,
        [{ guard runFloor(key, response) == 1 else { throw BenchmarkError("the floor did not verify") } }]
    ).median(0)
}

private let pem = String(decoding: PackageResources.certificate_pem, as: UTF8.self)

private func floorKey() throws -> OpaquePointer {
    guard let key = pem.withCString({ floor_key_read($0, pem.utf8.count) }) else { throw BenchmarkError("the certificate has no key") }
    return key
}

func decoded(_ response: [UInt8]) throws -> [UInt8] {
    switch decodeResponseField(response) {
    case .success(let bytes): return bytes
    case .failure(let refusal): throw BenchmarkError("a fixture is not base64: \(refusal.detail)")
    }
}

/// What the organization of a fixture believes, a few seconds after its response was made.
private func fixtureFacts(organization digit: String, certificate: Certificate) throws -> JudgmentFacts {
    let organization = String(repeating: digit, count: 32)
    guard let instant = Instant(rfc3339: "2026-11-25T04:30:00Z") else { throw BenchmarkError("the instant is none") }
    return JudgmentFacts(
        acsURLs: ["https://login.example.com/saml/acs?org=\(organization)", "https://login.example.com/saml/acs/\(organization)"],
        serviceProviderEntityID: "https://login.example.com/saml/login?org=\(organization)",
        identityProvider: TrustedIdentityProvider(entityID: "http://localhost:39615/idp", certificates: [certificate]), instant: instant)
}

private func runFloor(_ key: OpaquePointer, encryptedFor privateKey: OpaquePointer, _ response: [UInt8]) -> Int {
    response.withUnsafeBytes { bytes in
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { nameID in
            guard let base = bytes.bindMemory(to: CChar.self).baseAddress else { return -1 }
            return Int(floor_validate_encrypted(key, privateKey, base, bytes.count, nameID.baseAddress, 256))
        }
    }
}

private func runFloor(_ key: OpaquePointer, _ response: [UInt8]) -> Int {
    response.withUnsafeBytes { bytes in
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { nameID in
            guard let base = bytes.bindMemory(to: CChar.self).baseAddress else { return -1 }
            return Int(floor_validate(key, base, bytes.count, nameID.baseAddress, 256))
        }
    }
}

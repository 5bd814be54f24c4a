import CFloor
import Cryptography
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

    print("validation: CPU time of judging one response, RSA-2048, SHA-256; median of 40 rounds of 100 (middle four fifths)")
    for (title, response, organization, signatures) in [
        ("assertion signed", PackageResources.assertion_signed_b64, "a", 1), ("both signed", PackageResources.both_signed_b64, "b", 2),
    ] {
        let facts = try fixtureFacts(organization: organization, certificate: certificate)
        let bytes = try decoded(response)
        guard case .accepted(let claims) = judge(response: bytes, facts).outcome else {
            throw BenchmarkError("\(title): refused: \(judge(response: bytes, facts).outcome)")
        }
        guard claims.email.text == "bob@example.com" else { throw BenchmarkError("\(title): the claims are not bob's") }

        let rounds = try Rounds(
            rounds: 40, calls: 100,
            [
                { guard runFloor(key, response) == signatures else { throw BenchmarkError("\(title): the floor did not verify") } },
                {
                    guard case .accepted = judge(response: try decoded(response), facts).outcome else {
                        throw BenchmarkError("\(title): refused while measuring")
                    }
                },
            ])
        let ratio = (rounds.median(1) / rounds.median(0) * 100).rounded() / 100
        print("  \(title), \(bytes.count) bytes")
        print("    C floor  \(rounds.described(0))")
        print("    judge    \(rounds.described(1)), \(ratio) times the floor")
    }
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

private func runFloor(_ key: OpaquePointer, _ response: [UInt8]) -> Int {
    response.withUnsafeBytes { bytes in
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { nameID in
            guard let base = bytes.bindMemory(to: CChar.self).baseAddress else { return -1 }
            return Int(floor_validate(key, base, bytes.count, nameID.baseAddress, 256))
        }
    }
}

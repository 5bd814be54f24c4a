import CFloor
import Cryptography
import Events
import Foundation
import SAML

/// How long does one judgment take among many different ones? The corpus of `fixtures/valid`: every identity provider's manner, each way to sign.
func mixed() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "fixtures/valid")
    let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        .filter { $0.pathExtension == "base64" }.sorted { $0.path < $1.path }
    let facts = try corpusFacts(folder)
    let responses = try files.map { (name: $0.lastPathComponent, bytes: try decoded([UInt8](Data(contentsOf: $0)))) }

    var times: [(microseconds: Double, name: String)] = []
    for round in 0..<(10_000 / responses.count + 1) {
        for response in responses {
            let start = floor_cpu_nanoseconds()
            guard case .accepted = judge(response: response.bytes, facts).outcome else { throw BenchmarkError("\(response.name) is refused") }
            // The first round warms up.
            if round > 0 { times.append((Double(floor_cpu_nanoseconds() - start) / 1000, response.name)) }
        }
    }
    func quantile(_ values: [Double], _ share: Double) -> Double {
        let sorted = values.sorted()
        return (sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))] * 10).rounded() / 10
    }
    let all = times.map(\.microseconds)
    print("mixed: CPU time of one judgment among \(times.count) of \(responses.count) different responses")
    print("  p50 \(quantile(all, 0.5)) µs, p99 \(quantile(all, 0.99)) µs, longest \(quantile(all, 1)) µs")
    for (title, part) in [
        ("RSA-2048, assertion signed", "-plain-assertion-rsa-sha256"), ("RSA-2048, both signed", "-plain-both-rsa-sha256"),
        ("ECDSA P-256, assertion signed", "-plain-assertion-ecdsa-p256"), ("ECDSA P-384, assertion signed", "-plain-assertion-ecdsa-p384"),
        ("150 groups, assertion signed", "many-groups-plain-assertion"),
    ] {
        let some = times.filter { $0.name.contains(part) }.map(\.microseconds)
        if !some.isEmpty { print("  \(title): median \(quantile(some, 0.5)) µs") }
    }
}

private func corpusFacts(_ folder: URL) throws -> JudgmentFacts {
    let given = try JSON(parsing: [UInt8](Data(contentsOf: folder.appending(path: "facts.json"))))
    func member(_ name: String) throws -> String {
        guard let text = given[name]?.stringValue else { throw BenchmarkError("facts.json has no \(name)") }
        return text
    }
    let end = "-----END CERTIFICATE-----"
    let certificates = try String(contentsOf: folder.appending(path: "identity-provider.pem"), encoding: .utf8)
        .components(separatedBy: end).filter { $0.contains("BEGIN") }.map { try Certificate(pem: $0 + end + "\n") }
    guard let instant = Instant(rfc3339: try member("at")) else { throw BenchmarkError("facts.json has no instant") }
    return JudgmentFacts(
        acsURLs: [try member("acs")], serviceProviderEntityID: try member("audience"),
        identityProvider: TrustedIdentityProvider(entityID: try member("issuer"), certificates: certificates), instant: instant)
}

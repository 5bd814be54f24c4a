import Cryptography
import DevelopmentIdP
import Events
import Foundation
import Identity
import IdentityLedger
import Ledger
import Replay
import SAML
import TestSupport
import Testing

/// A tool that isn't ours, run in a directory: its exit status.
private func run(_ arguments: [String], in directory: String) throws -> Int32 {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: directory)
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus
}

private let hasTools = ["xmlsec1", "openssl", "tar"].allSatisfy { tool in
    ["/usr/bin/", "/bin/", "/usr/local/bin/"].contains { FileManager.default.isExecutableFile(atPath: $0 + tool) }
}

/// A bundle, unpacked by tar.
private struct Unpacked {
    let directory: TemporaryDirectory
    let folder: String

    init(_ bundle: Replay.Bundle) throws {
        directory = try TemporaryDirectory()
        try Data(bundle.bytes).write(to: URL(fileURLWithPath: directory.path(of: "bundle.tar")))
        #expect(try run(["tar", "-xf", "bundle.tar"], in: directory.path) == 0)
        folder = directory.path(of: "evidence-\(bundle.sequence)")
    }

    func verify(_ key: String? = nil) throws -> Int32 { try run(["sh", "verify.sh"] + (key.map { [$0] } ?? []), in: folder) }

    func read(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)"))) }

    func write(_ bytes: [UInt8], to name: String) throws { try Data(bytes).write(to: URL(fileURLWithPath: "\(folder)/\(name)")) }

    /// As a forger would, who can write what nothing signs.
    func sumAgain() throws {
        _ = try run(["sh", "-c", "rm -f SHA256SUMS; LC_ALL=C; export LC_ALL; sha256sum * >sums; mv sums SHA256SUMS"], in: folder)
    }

    func packed() throws -> [UInt8] {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        let place = folder.split(separator: "/").last ?? ""
        #expect(try run(["tar", "--format=ustar", "-cf", "again.tar"] + names.map { "\(place)/\($0)" }, in: directory.path) == 0)
        return Array(try Data(contentsOf: URL(fileURLWithPath: directory.path(of: "again.tar"))))
    }

    func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: "\(folder)/\(name)") }
}

@Suite struct `An evidence bundle` {
    @Test(arguments: [ResponseBuilder.Signing.assertion, .response, .both])
    func `of a login verifies by its own, and by tools that are not ours`(_ signing: ResponseBuilder.Signing) async throws {
        let vendor = try await Vendor(policy: ["clockSkewSeconds": 30])
        let login = try await vendor.bundled { $0.signing = signing }
        let bundle = try Replay.Bundle(vendor.ledger, login, by: vendor.operate)
        #expect(bundle.hasResponse)
        #expect(bundle.bytes == (try Replay.Bundle(vendor.ledger, login, by: vendor.operate)).bytes, "the same facts give the same bytes")
        let key = try #require(try vendor.ledger.verifierKey())
        let check = BundleCheck(bundle.bytes, trusting: key)
        #expect(check.holds, "\(check.steps.last?.detail ?? "")")
        #expect(check.sequence == login && check.outcome == "accepted")
        #expect(check.steps.contains { $0.name == "Judgment" && $0.detail == "Made again: accepted." })
        guard hasTools else { return }
        let unpacked = try Unpacked(bundle)
        #expect(try unpacked.verify(key.text) == 0)
        #expect(try unpacked.verify("other.example+00000000+AQ==") == 1)
    }

    @Test func `of an encrypted login shows the assertion as it was signed`() async throws {
        let vendor = try await Vendor()
        let recipient = try vendor.encryptionKey()
        let login = try await vendor.bundled { $0.encryption = .init(for: recipient) }
        let bundle = try Replay.Bundle(vendor.ledger, login, by: vendor.operate)
        #expect(bundle.names.contains("decrypted.xml") && bundle.names.contains("assertion.xml"))
        let check = BundleCheck(bundle.bytes)
        #expect(check.holds, "\(check.steps.last?.detail ?? "")")
        if hasTools { #expect(try Unpacked(bundle).verify() == 0) }
    }

    @Test func `of a refused login says so, with the signature if there was one`() async throws {
        let vendor = try await Vendor()
        let late = try vendor.response("ann@example.com")
        vendor.clock.advance(seconds: 3600)
        let expired = try #require(await vendor.post(late).reference)
        let unsigned = try #require(try await vendor.refused { $0.signing = .none })
        let stranger = try #require(try await vendor.refused { $0.signsWithStrangersKey = true })
        for (login, outcome) in [(expired, "expired"), (unsigned, "signature_missing"), (stranger, "signature_invalid")] {
            let bundle = try Replay.Bundle(vendor.ledger, login, by: vendor.operate)
            #expect(bundle.names.contains("certificate.pem") == (outcome == "expired"))
            let check = BundleCheck(bundle.bytes)
            #expect(check.holds && check.outcome == outcome, "\(outcome): \(check.steps.last?.detail ?? "")")
            if hasTools { #expect(try Unpacked(bundle).verify() == 0) }
        }
    }

    @Test func `of an erased person's login is there without the response, and says why`() async throws {
        let vendor = try await Vendor()
        let login = try await vendor.bundled()
        let user = try #require(Identifier(try vendor.user("ann@example.com").json["id"]?.stringValue ?? ""))
        try await vendor.ledger.eraseUser(vendor.organization, user, by: vendor.operate)
        let bundle = try Replay.Bundle(vendor.ledger, login, by: vendor.operate)
        #expect(!bundle.hasResponse && !bundle.names.contains("assertion.xml"))
        let check = BundleCheck(bundle.bytes)
        #expect(check.holds && check.steps.contains { $0.name == "Response" && $0.detail.contains("erased") })
        #expect(!String(decoding: bundle.bytes, as: UTF8.self).contains("ann@example.com"))
        if hasTools { #expect(try Unpacked(bundle).verify() == 0) }
    }

    @Test func `of an event that is no login has the event and its proof`() async throws {
        let vendor = try await Vendor()
        let bundle = try Replay.Bundle(vendor.ledger, 1, by: vendor.operate)
        #expect(BundleCheck(bundle.bytes).holds && BundleCheck(bundle.bytes).outcome == nil)
        if hasTools { #expect(try Unpacked(bundle).verify() == 0) }
    }

    @Test func `is for those alone who may read the event`() async throws {
        let vendor = try await Vendor()
        let login = try await vendor.bundled()
        let other = try await vendor.ledger.createOrganization(name: "Other", by: vendor.operate)
        func auditor(_ organization: Identifier?) -> Caller { Caller(actor: .anonymous, authority: .auditor(organization)) }
        #expect(throws: ServiceError.self) { try Replay.Bundle(vendor.ledger, login, by: auditor(other.id)) }
        #expect(throws: ServiceError.self) { try Replay.Bundle(vendor.ledger, 1, by: auditor(vendor.organization)) }
        #expect(throws: ServiceError.self) { try Replay.Bundle(vendor.ledger, 9999, by: vendor.operate) }
        #expect(try Replay.Bundle(vendor.ledger, login, by: auditor(vendor.organization)).hasResponse)
        #expect(try Replay.Bundle(vendor.ledger, login, by: auditor(nil)).hasResponse)
    }
}

@Suite struct `An altered evidence bundle` {
    @Test func `fails, whichever byte was altered`() async throws {
        let vendor = try await Vendor(policy: ["clockSkewSeconds": 30])
        let bytes = try Replay.Bundle(vendor.ledger, try await vendor.bundled(), by: vendor.operate).bytes
        // Every 997th, and a different bit each time: 997 is prime, so headers, padding and all files are met.
        for (count, place) in stride(from: 0, to: bytes.count, by: 997).enumerated() {
            var altered = bytes
            altered[place] ^= 1 << UInt8(count % 8)
            #expect(!BundleCheck(altered).holds, "byte \(place) of \(bytes.count)")
        }
        for count in [0, 1, 511, 512, bytes.count / 2, bytes.count - 512] { #expect(!BundleCheck(Array(bytes.prefix(count))).holds) }
    }

    @Test(.enabled(if: hasTools, "xmlsec1, openssl and tar are needed"))
    func `fails by its script, whichever file was altered`() async throws {
        let vendor = try await Vendor(policy: ["clockSkewSeconds": 30])
        let unpacked = try Unpacked(try Replay.Bundle(vendor.ledger, try await vendor.bundled(), by: vendor.operate))
        let files = try FileManager.default.contentsOfDirectory(atPath: unpacked.folder).filter { $0 != "verify.sh" }
        #expect(files.count == 16)
        for file in files {
            let bytes = try unpacked.read(file)
            for place in [0, bytes.count / 2, bytes.count - 1] {
                var altered = bytes
                altered[place] ^= 1
                try unpacked.write(altered, to: file)
                #expect(try unpacked.verify() == 1, "\(file), byte \(place)")
            }
            try unpacked.write(bytes, to: file)
        }
        #expect(try unpacked.verify() == 0)
    }

    @Test(
        .enabled(if: hasTools, "xmlsec1, openssl and tar are needed"),
        arguments: [
            "event.bin", "event.tlog-proof", "response.xml", "certificate.pem", "identity-provider-metadata.xml", "configuration.bin",
            "configuration.tlog-proof", "assertion.xml", "checkpoint", "log-key", "policy.bin",
        ])
    func `fails also where a forger made its sums anew`(_ file: String) async throws {
        let vendor = try await Vendor(policy: ["clockSkewSeconds": 30])
        // Another's bundle has a good file of each kind to swap in.
        let stranger = TestIdentityProvider(signer: TestIdentityProvider.stranger)
        let other = try await Vendor(policy: ["clockSkewSeconds": 40], provider: stranger)
        let (one, two) = (try await vendor.bundled(), try await other.bundled())
        let unpacked = try Unpacked(try Replay.Bundle(vendor.ledger, one, by: vendor.operate))
        let foreign = try Unpacked(try Replay.Bundle(other.ledger, two, by: other.operate))
        try unpacked.sumAgain()
        #expect(try unpacked.verify() == 0 && BundleCheck(try unpacked.packed()).holds, "made anew, it still holds")
        try unpacked.write(try foreign.read(file), to: file)
        try unpacked.sumAgain()
        #expect(try unpacked.verify() == 1, "\(file)")
        #expect(!BundleCheck(try unpacked.packed()).holds, "\(file)")
    }
}

@Suite(.enabled(if: hasTools, "xmlsec1, openssl and tar are needed")) struct `A forged evidence bundle, whose sums were made anew,` {
    /// A bundle of Ann's login, and one of Bob's whose files are good ones of the same log and identity provider.
    private static func bundles() async throws -> (ann: Unpacked, bob: Unpacked) {
        let vendor = try await Vendor(policy: ["clockSkewSeconds": 30])
        let ann = try Unpacked(try Replay.Bundle(vendor.ledger, try await vendor.bundled(), by: vendor.operate))
        let other = try #require(try await vendor.signIn("bob@example.com").signedIn).reference
        return (ann, try Unpacked(try Replay.Bundle(vendor.ledger, other, by: vendor.operate)))
    }

    private static func holds(_ unpacked: Unpacked) throws -> Bool {
        try unpacked.sumAgain()
        return BundleCheck(try unpacked.packed()).holds
    }

    @Test func `fails with another person's assertion as the decrypted one`() async throws {
        let (ann, bob) = try await Self.bundles()
        #expect(try Self.holds(ann))
        let text = String(decoding: try bob.read("response.xml"), as: UTF8.self)
        let found = try #require(text.firstMatch(of: /<(\w+:)?Assertion.*<\/(\w+:)?Assertion>/.dotMatchesNewlines()))
        try ann.write(Array("<x xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\">\(found.0)</x>".utf8), to: "decrypted.xml")
        try ann.write(try bob.read("assertion.xml"), to: "assertion.xml")
        #expect(try !Self.holds(ann))
    }

    @Test func `fails without its response, with an assertion that nobody signed`() async throws {
        let (ann, _) = try await Self.bundles()
        let altered = String(decoding: try ann.read("assertion.xml"), as: UTF8.self).replacing("ann@", with: "eve@")
        try ann.remove("response.xml")
        try ann.write(Array(altered.utf8), to: "assertion.xml")
        #expect(try !Self.holds(ann))
    }

    @Test(arguments: ["verify.sh", "README.md", "event.json", "judgment.json", "log-key", "certificate.pem"])
    func `fails with a word added to what nothing signs`(_ file: String) async throws {
        let (ann, _) = try await Self.bundles()
        try ann.write(try ann.read(file) + Array("\n".utf8), to: file)
        #expect(try !Self.holds(ann))
    }

    @Test(arguments: ["event.json", "judgment.json"]) func `fails with other words`(_ file: String) async throws {
        let (ann, bob) = try await Self.bundles()
        try ann.write(Array("{}\n".utf8), to: file)
        #expect(try !Self.holds(ann))
        try ann.write(try bob.read(file), to: file)
        #expect(try !Self.holds(ann))
    }

    @Test func `fails in another folder, into which it would be unpacked elsewhere`() async throws {
        let vendor = try await Vendor()
        let bytes = try Replay.Bundle(vendor.ledger, 1, by: vendor.operate).bytes
        func altered(_ change: (inout [UInt8]) -> Void) -> [UInt8] {
            var bytes = bytes
            var place = 0
            while place < bytes.count, bytes[place] != 0 {
                var header = Array(bytes[place..<place + 512])
                let size = Int(String(decoding: header[124..<135], as: UTF8.self), radix: 8) ?? 0
                change(&header)
                header.replaceSubrange(148..<156, with: Array("        ".utf8))
                let sum = String(header.reduce(0) { $0 + Int($1) }, radix: 8)
                header.replaceSubrange(148..<156, with: Array((String(repeating: "0", count: 6 - sum.count) + sum + "\0 ").utf8))
                bytes.replaceSubrange(place..<place + 512, with: header)
                place += 512 + (size + 511) / 512 * 512
            }
            return bytes
        }
        #expect(BundleCheck(altered { _ in }).holds)
        #expect(!BundleCheck(altered { $0.replaceSubrange(345..<350, with: Array("../..".utf8)) }).holds)
        #expect(!BundleCheck(altered { $0.replaceSubrange(157..<160, with: Array("/et".utf8)) }).holds)
        #expect(!BundleCheck(altered { header in header.replaceSubrange(0..<10, with: Array("evidence-2".utf8)) }).holds)
    }
}

extension Vendor {
    /// A login of Ann's, in a log that goes on: its sequence.
    fileprivate func bundled(_ change: (inout ResponseBuilder) -> Void = { _ in }) async throws -> UInt64 {
        let addresses = try addresses()
        let response = try provider.response(
            to: addresses.acsURL, audience: addresses.audienceURI, at: Int64(clock.now.nanoseconds / 1_000_000_000),
            email: "ann@example.com",
            change)
        let answer = await post(response)
        let login = try #require(answer.signedIn, "\(answer)").reference
        for _ in 0..<3 { _ = try await signIn("bob@example.com") }
        return login
    }

    fileprivate func refused(_ change: (inout ResponseBuilder) -> Void) async throws -> UInt64? {
        let addresses = try addresses()
        let response = try provider.response(
            to: addresses.acsURL, audience: addresses.audienceURI, at: Int64(clock.now.nanoseconds / 1_000_000_000), change)
        return await post(response).reference
    }
}

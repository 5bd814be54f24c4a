import Events
import Foundation
import IdentityLedger
import Ledger
import TestSupport
import Testing

@Suite struct `C56 A person who was erased` {
    /// What was said of the person: nothing else holds these.
    private static let plain = ["zebedee.quixote@marker.example", "Zebedee Quixote", "guild-of-markers", "persistent-8d2f"]

    private func login(_ vendor: Vendor) async throws -> SignedIn {
        let response = try vendor.response(
            Self.plain[0], attributes: [("displayName", [Self.plain[1]]), ("groups", [Self.plain[2]])], persistentID: Self.plain[3])
        return try #require(await vendor.post(response).signedIn)
    }

    /// Which of these bytes lie in which file, free pages and all: as they are, and in base64 at each of its three offsets.
    private func found(_ texts: [String], under directory: String) throws -> [String] {
        var found: [String] = []
        let files = try #require(FileManager.default.enumerator(atPath: directory))
        for case let file as String in files {
            guard let content = FileManager.default.contents(atPath: directory + "/" + file) else { continue }
            for text in texts {
                var forms = [Data(text.utf8), Data(text.lowercased().utf8), Data(text.utf8.flatMap { [$0, 0] })]
                for offset in 0..<3 {
                    // Whole groups of three bytes only: what stands around them is not known.
                    let bytes = Array(text.utf8.dropFirst(offset))
                    forms.append(Data(Data(bytes.prefix(bytes.count / 3 * 3)).base64EncodedString().utf8))
                }
                for form in forms where content.range(of: form) != nil { found.append("\(text) in \(file)") }
            }
        }
        return found
    }

    @Test func `is in no file, free pages included, nor in a backup made before, and every proof holds`() async throws {
        let vendor = try await Vendor()
        let directory = vendor.ledger.ledger.options.directory
        let person = try await login(vendor)
        for _ in 0..<3 { _ = try await login(vendor) }
        let backup = try TemporaryDirectory()
        try FileManager.default.createDirectory(atPath: backup.path + "/ledger", withIntermediateDirectories: true)
        try vendor.ledger.ledger.copyLog(to: backup.path + "/ledger")
        try await vendor.ledger.eraseUser(vendor.organization, person.user, by: vendor.operate)
        // The search finds what is there: the identity provider's name is nobody's secret.
        #expect(!(try found([vendor.provider.entityID], under: directory)).isEmpty)
        #expect(try found(Self.plain, under: directory) == [])
        #expect(try found(Self.plain, under: backup.path) == [])
        #expect(try LogVerification(try vendor.ledger.ledger.snapshot()).findings.isEmpty)
        #expect(try vendor.lastLogin()?.email == nil)
        #expect(try vendor.lastLogin()?.user == person.user)
        let again = try await login(vendor)
        #expect(again.isProvisioned && again.user != person.user)
    }

    @Test func `is not given back by a backup of the ledger with the keys of now`() async throws {
        let vendor = try await Vendor()
        let directory = vendor.ledger.ledger.options.directory
        let person = try await login(vendor)
        let other = try #require(try await vendor.signIn("other@marker.example").signedIn)
        let backup = try TemporaryDirectory()
        try FileManager.default.createDirectory(atPath: backup.path + "/ledger", withIntermediateDirectories: true)
        try vendor.ledger.ledger.copyLog(to: backup.path + "/ledger")
        try await vendor.ledger.eraseUser(vendor.organization, person.user, by: vendor.operate)
        for name in ["keys", "master.key"] {
            try FileManager.default.copyItem(atPath: directory + "/" + name, toPath: backup.path + "/" + name)
        }
        let restored = try IdentityLedger.open(.init(directory: backup.path, mapSizeBytes: 1 << 28, clock: { vendor.clock.now }))
        let logins = try restored.newestLogins(vendor.organization, limit: 10, by: vendor.operate)
        #expect(logins.map(\.user) == [other.user, person.user])
        #expect(logins.map(\.email) == ["other@marker.example", nil])
        let snapshot = try restored.ledger.snapshot()
        #expect(try restored.evidence(of: person.reference, in: snapshot) == nil)
        #expect(try restored.evidence(of: other.reference, in: snapshot) != nil)
        let events = try restored.events(.init(organization: vendor.organization), page: .all, by: vendor.operate)
        for text in Self.plain { #expect(!events.items.contains { $0.text.contains(text) }) }
    }
}

import Cryptography
import DevelopmentIdP
import Events
import Foundation
import Identity
import IdentityLedger
import Ledger
import TestSupport

/// What a ledger goes through: organizations, logins of known and new people at once, conversions, keys, an erasure.
struct Workload {
    let directory: String
    /// Which of several processes this is.
    let number: Int

    func run() async throws {
        let ledger = try IdentityLedger.open(.init(directory: directory, create: true, mapSizeBytes: 1 << 26))
        let answered = try Answered(directory)
        let operate = Caller.commandLine()
        try await ledger.setPublicURL("https://sso.example.com", by: operate)
        for round in 0..<2 {
            let organization = try await ledger.createOrganization(name: "Process \(number), round \(round)", by: operate)
            _ = try await ledger.configureIdentityProvider(organization.id, metadata: TestIdentityProvider.shared.metadata, by: operate)
            try answered.note(try ledger.eventCount())
            guard let addresses = organization.addresses else { throw Failure("The organization has no addresses.") }
            // Two at a time, so that some commits are shared.
            for turn in 0..<6 {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for person in 0..<2 {
                        group.addTask {
                            let response = try TestIdentityProvider.shared.response(
                                to: addresses.acsURL, audience: addresses.audienceURI, at: Int64(Date().timeIntervalSince1970),
                                email: "person\((turn + person) % 4)@example.com", id: TestIdentityProvider.newID())
                            let answer = await ledger.signOn(AssertionPost(organization: organization.id, response: response))
                            guard case .signedIn(let signedIn) = answer else { throw Failure("A login was refused: \(answer)") }
                            try answered.note(signedIn.reference)
                        }
                    }
                    try await group.waitForAll()
                }
            }
            if let person = try ledger.users(organization.id, by: operate).items.first {
                try await ledger.eraseUser(organization.id, person.id, by: operate)
                try answered.note(try ledger.eventCount())
            }
            _ = try await ledger.addServiceProviderKey(organization.id, .encryption, by: operate)
            try answered.note(try ledger.eventCount())
        }
    }
}

/// Says which events were answered: a crash after that may not lose them. The words lie in the same recording as the ledger's writes.
final class Answered: Sendable {
    private let handle: FileHandle

    init(_ directory: String) throws {
        let path = directory + "/answered"
        if !FileManager.default.fileExists(atPath: path) { _ = FileManager.default.createFile(atPath: path, contents: nil) }
        guard let handle = FileHandle(forWritingAtPath: path) else { throw Failure("The file \(path) can't be made.") }
        self.handle = handle
    }

    func note(_ sequence: UInt64) throws { try handle.write(contentsOf: Data(sequence.bigEndianBytes)) }
}

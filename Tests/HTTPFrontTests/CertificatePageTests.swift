import Cryptography
import DevelopmentIdP
import Events
import HTTPTypes
import IdentityLedger
import TestSupport
import Testing

@testable import HTTPFront

@Suite struct `The page of the certificates` {
    /// The page's text where the identity provider's certificates end so many days from now.
    private static func page(_ server: TestServer, days: [Int64]) async throws -> String {
        let org = try await server.organization(configured: false)
        let now = Int64(server.ledger.now.nanoseconds / 1_000_000_000)
        let certificates = try days.map { days in
            try TestIdentityProvider.pair.key.selfSignedCertificate(
                commonName: "\(days) days", notBefore: now - 4000 * 86400, notAfter: now + days * 86400 + 60)
        }
        let metadata = IdentityProviderDescriptor(
            entityID: "https://idp.example/metadata", singleSignOnURL: "https://idp.example/sso", certificates: certificates
        ).metadata
        let saved = try await server.send(
            .put, "/v1/organizations/\(org)/identity-provider",
            headers: [.authorization: "Bearer \(server.token)", .contentType: "text/xml"], body: metadata)
        #expect(saved.status == 200, "\(saved.text)")
        let cookies = try await server.administrator(org)
        return try await server.send(.get, "/organizations/\(org)/certificates", headers: .cookies(cookies)).text
    }

    @Test func `gives the advice that still helps, once one has ended`() async throws {
        try await TestServer.run { server in
            let ended = try await Self.page(server, days: [-2000])
            #expect(ended.contains("It has ended. Make a new certificate"))
            #expect(!ended.contains("before this one ends"))
            let hasNext = try await Self.page(server, days: [-2000, 9, 299])
            #expect(hasNext.contains("It has ended, and one that lasts longer is configured"))
            #expect(hasNext.contains("Have your identity provider sign with it before this one ends."), "that of the ninth day")
            #expect(hasNext.contains("Nothing to do now."))
            // The later one has ended, too.
            let both = try await Self.page(server, days: [-2000, -1000])
            #expect(!both.contains("is configured"), "\(both)")
        }
    }
}

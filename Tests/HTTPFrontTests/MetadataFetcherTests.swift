import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Identity
import NIOCore
import Testing

@testable import HTTPFront

@Suite struct `Metadata by its URL` {
    private static func withServer(_ body: @escaping @Sendable (_ base: String) async throws -> Void) async throws {
        let router = Router()
        router.get("metadata") { _, _ in "<metadata/>" }
        router.get("redirect") { _, _ in Response.redirect("/metadata") }
        router.get("loop") { _, _ in Response.redirect("/loop") }
        router.get("away") { _, _ in Response.redirect("http://169.254.169.254/latest/meta-data/") }
        router.get("scheme") { _, _ in Response.redirect("file:///etc/passwd") }
        router.get("large") { _, _ in ByteBuffer(repeating: 65, count: 3 << 20) }
        try await Application(router: router).test(.live) { client in
            try await body("http://localhost:\(client.port ?? 0)")
        }
    }

    // Untyped: a closure that holds an expectation doesn't take a typed throw.
    private static func fetch(_ url: String, allowPrivate: Bool = true) async throws -> [UInt8] {
        try await MetadataFetcher(allowPrivate: allowPrivate).fetch(url)
    }

    @Test func `is fetched from loopback where that is allowed, through redirects`() async throws {
        try await Self.withServer { base in
            #expect(try await Self.fetch(base + "/metadata") == Array("<metadata/>".utf8))
            #expect(try await Self.fetch(base + "/redirect") == Array("<metadata/>".utf8))
        }
    }

    @Test func `is refused where the answer leads nowhere`() async throws {
        try await Self.withServer { base in
            let expected: [(String, RuleError.Code)] = [
                ("/loop", .metadataUnreachable), ("/nothing", .metadataUnreachable), ("/large", .metadataUnreachable),
                ("/away", .metadataAddressForbidden), ("/scheme", .metadataAddressForbidden),
            ]
            for (path, code) in expected {
                let error = await #expect(throws: RuleError.self, "\(path)") { try await Self.fetch(base + path) }
                #expect(error?.code == code, "\(path): \(String(describing: error))")
            }
            let forbidden = await #expect(throws: RuleError.self) {
                try await Self.fetch(base + "/metadata", allowPrivate: false)
            }
            #expect(forbidden?.code == .metadataAddressForbidden)
        }
    }

    @Test func `that nobody serves is unreachable`() async {
        let error = await #expect(throws: RuleError.self) {
            try await Self.fetch("http://127.0.0.1:1/metadata")
        }
        #expect(error?.code == .metadataUnreachable)
    }
}

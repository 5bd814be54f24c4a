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

    private static func fetch(_ url: String) async throws -> [UInt8] {
        try await MetadataFetcher(allowPrivate: true).fetch(url)
    }

    /// Why it is not fetched; nil: it is.
    private static func refusal(_ url: String, allowPrivate: Bool = true) async -> RuleError.Code? {
        do throws(RuleError) {
            _ = try await MetadataFetcher(allowPrivate: allowPrivate).fetch(url)
            return nil
        } catch {
            return error.code
        }
    }

    @Test func `is fetched from loopback where that is allowed, through redirects`() async throws {
        try await Self.withServer { base in
            for path in ["/metadata", "/redirect"] {
                let document = try await Self.fetch(base + path)
                #expect(document == Array("<metadata/>".utf8), "\(path)")
            }
            // A host's name has no capital letters that count.
            let document = try await Self.fetch(base.replacing("localhost", with: "LocalHost") + "/metadata?A=b")
            #expect(document == Array("<metadata/>".utf8))
        }
    }

    @Test func `is refused where the answer leads nowhere`() async throws {
        try await Self.withServer { base in
            let expected: [(String, RuleError.Code)] = [
                ("/loop", .metadataUnreachable), ("/nothing", .metadataUnreachable), ("/large", .metadataUnreachable),
                ("/away", .metadataAddressForbidden), ("/scheme", .metadataAddressForbidden),
            ]
            for (path, code) in expected {
                #expect(await Self.refusal(base + path) == code, "\(path)")
            }
            #expect(await Self.refusal(base + "/metadata", allowPrivate: false) == .metadataAddressForbidden)
        }
    }

    @Test func `that nobody serves is unreachable`() async {
        #expect(await Self.refusal("http://127.0.0.1:1/metadata") == .metadataUnreachable)
    }
}

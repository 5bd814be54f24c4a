import Events
import Testing

@testable import HTTPFront

@Suite struct `A cookie` {
    let sealer = CookieSealer(secret: [UInt8](repeating: 7, count: 32))
    let organization = Identifier(bytes: [UInt8](repeating: 1, count: 16))

    private func request(_ number: Int, at seconds: UInt64, relayState: String? = nil) throws -> RequestCookie {
        RequestCookie(
            requestID: "_\(number)", organization: try #require(organization), startedAt: Instant(seconds: seconds),
            relayKey: "k\(number)",
            relayState: relayState, isTest: false)
    }

    @Test func `that was sealed opens for its purpose only, and not when changed`() throws {
        let sealed = try #require(sealer.seal(Array("secret".utf8), purpose: "a"))
        #expect(sealer.open(sealed, purpose: "a") == Array("secret".utf8))
        #expect(sealer.open(sealed, purpose: "b") == nil)
        #expect(sealer.open("A" + sealed.dropFirst(), purpose: "a") == nil || sealed.hasPrefix("A"))
        #expect(sealer.open("", purpose: "a") == nil)
        #expect(CookieSealer(secret: [1]).open(sealed, purpose: "a") == nil)
    }

    @Test func `that comes twice counts for nothing`() {
        let cookies = RequestCookies(headers: ["a=1; session=x; b=\"2\"", "session=y"])
        #expect(cookies["a"] == "1")
        #expect(cookies["b"] == "2")
        #expect(cookies["session"] == nil)
    }

    @Test func `has the host prefix and the flags of its kind`() {
        let names = CookieNames(secure: true)
        #expect(
            names.set(names.session, "x", maximumAgeSeconds: 60).headerValue
                == "__Host-session=x; Path=/; HttpOnly; SameSite=Lax; Max-Age=60; Secure")
        let plain = CookieNames(secure: false)
        #expect(
            plain.set(plain.session, "x", maximumAgeSeconds: nil).headerValue
                == "session=x; Path=/; HttpOnly; SameSite=Lax")
        #expect(
            plain.set("request-1", "x", sameSite: .none, maximumAgeSeconds: 900).headerValue
                == "request-1=x; Path=/; HttpOnly; SameSite=None; Max-Age=900; Secure")
    }

    @Test func `of a request is forgotten after fifteen minutes`() throws {
        let sealed = try #require(try request(1, at: 1000, relayState: "/x").sealed(by: sealer))
        let read = RequestCookie(sealed: sealed, by: sealer, now: Instant(seconds: 1899))
        #expect(read == (try request(1, at: 1000, relayState: "/x")))
        #expect(RequestCookie(sealed: sealed, by: sealer, now: Instant(seconds: 1900)) == nil)
    }

    @Test func `of a request makes room for the sixth by leaving the oldest`() throws {
        let names = CookieNames(secure: true)
        let header = try (1...5).map { number in
            let cookie = try request(number, at: UInt64(1000 + number))
            return "\(cookie.name(names, sealer))=\(cookie.sealed(by: sealer) ?? "")"
        }
        let jar = RequestCookieJar(
            RequestCookies(headers: [header.joined(separator: "; ")]), names: names, sealer: sealer,
            now: Instant(seconds: 1010))
        #expect(jar.kept.count == 5)
        #expect(jar.evicted(toKeep: 200) == [try request(1, at: 1001).name(names, sealer)])
        #expect(jar.evicted(toKeep: 3400).count == 5)
    }

    @Test func `digest is compared whole`() {
        let digest = sealer.digest("token", purpose: "form")
        #expect(sealer.isDigest(digest, of: "token", purpose: "form"))
        #expect(!sealer.isDigest(digest, of: "other", purpose: "form"))
        #expect(!sealer.isDigest(String(digest.dropLast()), of: "token", purpose: "form"))
    }

    @Test func `text is base64 that reads back`() {
        for count in 0..<20 {
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 37 + 200) }
            #expect(Base64URL.decode(Base64URL.encode(bytes)) == bytes)
        }
        #expect(Base64URL.decode("=") == nil)
        #expect(Base64URL.decode("A") == nil)
    }
}

import Identity
import Testing

@Suite struct `C44 a RelayState` {
    private let base = "https://sso.example.com/app"
    private let origins = ["https://app.example.com", "http://intern.example.com:8080"]

    private func resolve(_ text: String) -> String? {
        RelayStateTarget.resolve(text, base: base, origins: origins, landingURL: "https://landing.example.com/home")
    }

    @Test(arguments: [
        "https://sso.example.com/anything?a=b#c", "https://SSO.example.com:443/", "https://app.example.com",
        "https://app.example.com/deep/link?next=https://elsewhere.example/", "http://intern.example.com:8080/x",
        "https://landing.example.com/other",
    ])
    func `leads to an allowed origin`(_ text: String) { #expect(resolve(text) == text) }

    @Test func `that is a path leads to the service's own origin`() {
        #expect(resolve("/deep?x=1") == "https://sso.example.com/deep?x=1")
        #expect(resolve("/") == "https://sso.example.com/")
    }

    @Test(arguments: [
        "", " ", "deep/link", "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example",
        "/x//evil.example",
        "https:evil.example", "https:/evil.example", "https:///evil.example", "https://evil.example",
        "javascript:alert(1)",
        "JaVaScRiPt://app.example.com/%0aalert(1)", "data:text/html,x", "https://app.example.com@evil.example/",
        "https://app.example.com:x@evil.example/", "https://app.example.com\\@evil.example",
        "https://app.example.com.evil.example",
        "https://app.example.com:444/", "http://app.example.com/", "https://app.example.com:/",
        "https://app.example.com:99999/",
        "https://app.example.com/\u{0}", "https://app.example.com/\r\nSet-Cookie: a=b", "https://app.example.com/ x",
        "https://app.example.com//evil.example", "https://app.example.com/é", "https://xn--app.example.com%2f/",
        "https://[::1/", "ftp://app.example.com/", " https://app.example.com/", "https://app.example.com\t/",
        "https://app。example.com/",
    ])
    func `that may lead elsewhere is not followed`(_ text: String) { #expect(resolve(text) == nil) }

    @Test func `is at most 2,048 bytes`() {
        let start = "https://app.example.com/"
        #expect(resolve(start + String(repeating: "a", count: 2048 - start.utf8.count)) != nil)
        #expect(resolve(start + String(repeating: "a", count: 2049 - start.utf8.count)) == nil)
    }
}

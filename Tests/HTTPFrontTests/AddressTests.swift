import Identity
import Testing

@testable import HTTPFront

@Suite struct `An address` {
    @Test(
        arguments: [
            ("127.0.0.1", [127, 0, 0, 1]), ("::ffff:10.0.0.1", [10, 0, 0, 1]),
            ("::1", [UInt8](repeating: 0, count: 15) + [1]),
            ("2001:db8::5:6", [0x20, 1, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5, 0, 6]),
            ("fe80::", [0xfe, 0x80] + [UInt8](repeating: 0, count: 14)),
        ] as [(String, [UInt8])])
    func `is read as its bytes`(_ text: String, _ bytes: [UInt8]) { #expect(IPAddress(text)?.bytes == bytes) }

    @Test(arguments: [
        "", "1.2.3", "1.2.3.256", "1.2.3.4.5", "::1::", ":::", "g::", "1:2:3:4:5:6:7:8:9", "+1.2.3.4", "fe80::1%eth0",
    ])
    func `that is none is not read`(_ text: String) { #expect(IPAddress(text) == nil) }

    @Test func `in a range is told from one outside`() throws {
        let range = try #require(AddressRange("10.1.0.0/15"))
        #expect(range.contains(try #require(IPAddress("10.0.255.255"))))
        #expect(!range.contains(try #require(IPAddress("10.2.0.0"))))
        #expect(AddressRange("10.0.0.0/33") == nil)
        #expect(AddressRange("x") == nil)
    }

    @Test(arguments: [
        "127.0.0.1", "10.1.2.3", "172.31.0.1", "192.168.1.1", "100.64.0.1", "169.254.169.254", "0.0.0.0", "224.0.0.1",
        "::1", "fd00::1",
        "fe80::1", "ff02::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::",
    ])
    func `that is not public is never fetched from`(_ text: String) throws {
        #expect(!AddressRule(allowPrivate: false).permits(try #require(IPAddress(text))))
    }

    @Test func `that is private is fetched from where allowed, a link-local one never`() throws {
        let rule = AddressRule(allowPrivate: true)
        #expect(rule.permits(try #require(IPAddress("127.0.0.1"))))
        #expect(rule.permits(try #require(IPAddress("::1"))))
        #expect(rule.permits(try #require(IPAddress("192.168.1.1"))))
        #expect(!rule.permits(try #require(IPAddress("169.254.169.254"))))
        #expect(!rule.permits(try #require(IPAddress("fe80::1"))))
        #expect(AddressRule(allowPrivate: false).permits(try #require(IPAddress("93.184.216.34"))))
    }

    @Test(arguments: [
        "http://idp.example/m", "https://127.0.0.1/m", "https://[::1]/m", "https://idp.example:22/m",
        "file:///etc/passwd", "x",
    ])
    func `of metadata that may not be fetched is refused`(_ url: String) async {
        let error = await #expect(throws: RuleError.self) { try await MetadataFetcher(allowPrivate: false).fetch(url) }
        #expect(error?.code == .metadataAddressForbidden)
    }
}

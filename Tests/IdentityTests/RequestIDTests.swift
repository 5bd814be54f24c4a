import Events
import Identity
import Testing

@Suite struct `C34 a request's ID` {
    private let key = [UInt8](repeating: 7, count: 32)
    private let instant = Instant(seconds: 1_764_000_000)

    private var id: String {
        RequestID.make(key: key, organization: Given.organization, instant: instant, random: Array(0..<12))
    }

    @Test func `tells when it was made, to whom made it`() {
        #expect(RequestID.check(id, key: key, organization: Given.organization) == instant)
        #expect(id.hasPrefix("_"))
        #expect(id.utf8.count == 73)
    }

    @Test func `is nobody else's`() {
        #expect(RequestID.check(id, key: key, organization: .numbered(99)) == nil)
        #expect(RequestID.check(id, key: [UInt8](repeating: 8, count: 32), organization: Given.organization) == nil)
    }

    @Test func `with any digit changed is not ours`() {
        let digits = Array(id.utf8)
        for index in digits.indices {
            var changed = digits
            changed[index] = changed[index] == UInt8(ascii: "0") ? UInt8(ascii: "1") : UInt8(ascii: "0")
            #expect(
                RequestID.check(String(decoding: changed, as: UTF8.self), key: key, organization: Given.organization)
                    == nil)
        }
        for text in ["", "_", String(id.dropLast()), id + "0", id.uppercased(), "id-" + id.dropFirst(3)] {
            #expect(RequestID.check(text, key: key, organization: Given.organization) == nil)
        }
    }
}

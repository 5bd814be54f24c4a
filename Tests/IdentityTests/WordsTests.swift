import Events
import Testing

@Suite struct `An e-mail address` {
    @Test(arguments: [
        "a@example.com", "A.B+c@Sub.Example.COM", "!#$%&'*+-/=?^_`{|}~@example.com", "a@xn--exmple-cua.com", "a@1.2",
        String(repeating: "a", count: 64) + "@example.com",
    ])
    func `is taken as it came and compared in lower case`(_ text: String) throws {
        let address = try #require(EmailAddress(text))
        #expect(address.text == text)
        #expect(address.normalized == text.lowercased())
    }

    @Test(arguments: [
        "", "a", "@example.com", "a@", "a@b", "a@@example.com", "a@b@example.com", " a@example.com", "a@example.com ",
        "a..b@example.com", ".a@example.com", "a.@example.com", "a@-example.com", "a@example-.com", "a@example..com",
        "a@.example.com", "a@example.com.", "\"a\"@example.com", "a b@example.com", "ä@example.com", "a@exämple.com",
        "a@[127.0.0.1]", "a@example.com\n", "a<!-- -->@example.com", "a@example.com\u{0}", "a@exam_ple.com",
        String(repeating: "a", count: 65) + "@example.com", "a@" + String(repeating: "a", count: 64) + ".com",
        "a@" + String(repeating: "a.", count: 126) + "com",
    ])
    func `is nothing else`(_ text: String) { #expect(EmailAddress(text) == nil) }

    @Test func `is the same in any case, but never by Unicode's folding`() {
        #expect(EmailAddress("K@example.com")?.normalized == EmailAddress("k@EXAMPLE.com")?.normalized)
        #expect(EmailAddress("\u{212A}@example.com") == nil)  // the Kelvin sign, which folds to k
    }
}

@Suite struct `An instant` {
    @Test(arguments: [
        ("1970-01-01T00:00:00Z", 0), ("2026-11-25T10:00:00Z", 1_795_600_800), ("2024-02-29T23:59:59Z", 1_709_251_199),
        ("2000-02-29T00:00:00+01:00", 951_778_800), ("2026-11-25t10:00:00z", 1_795_600_800),
        ("2100-03-01T00:00:00-05:30", 4_107_562_200),
    ])
    func `is read from RFC 3339`(_ text: String, _ seconds: UInt64) {
        #expect(Instant(rfc3339: text) == Instant(seconds: seconds))
    }

    @Test(arguments: [
        "", "2026-11-25", "2026-11-25T10:00:00", "2026-11-25T10:00Z", "2026-13-01T00:00:00Z", "2026-02-29T00:00:00Z",
        "2100-02-29T00:00:00Z", "2026-11-25T24:00:00Z", "2026-11-25T10:60:00Z", "2026-11-25T10:00:00.Z",
        "2026-11-25 10:00:00Z",
        "1969-12-31T23:59:59Z", "9999-01-01T00:00:00Z", "2026-11-25T10:00:00Zx", " 2026-11-25T10:00:00Z",
        "2026-11-25T10:00:00+1:00",
        "٢٠٢٦-11-25T10:00:00Z", "-026-11-25T10:00:00Z",
    ])
    func `is nothing else`(_ text: String) { #expect(Instant(rfc3339: text) == nil) }

    @Test func `keeps its fraction and is written as short as it can be`() {
        #expect(Instant(rfc3339: "2026-11-25T10:00:00.5Z")?.rfc3339 == "2026-11-25T10:00:00.500Z")
        #expect(Instant(rfc3339: "2026-11-25T10:00:00.123456789999Z")?.rfc3339 == "2026-11-25T10:00:00.123456789Z")
        #expect(Instant(nanoseconds: .max).rfc3339.hasPrefix("2554-"))
        for seconds: UInt64 in [0, 86399, 86400, 951_782_399, 951_782_400, 4_107_542_399, 4_107_542_400] {
            #expect(Instant(rfc3339: Instant(seconds: seconds).rfc3339) == Instant(seconds: seconds))
        }
    }

    @Test func `never leaves its range`() {
        #expect(Instant(nanoseconds: 5).adding(seconds: -1) == Instant(nanoseconds: 0))
        #expect(Instant(nanoseconds: .max).adding(seconds: 1) == Instant(nanoseconds: .max))
        #expect(Instant(nanoseconds: 0).adding(seconds: .max) == Instant(nanoseconds: .max))
        #expect(Instant(nanoseconds: 0).adding(seconds: .min) == Instant(nanoseconds: 0))
    }
}

@Suite struct `A JSON text` {
    @Test(arguments: [
        "null", "true", "-0", "1e3", "0.5", "\"\\u00e9\\ud83d\\ude00\\n\"", "[]", "{}", "[1,[2,{\"a\":[]}]]",
        " {\"b\":1 , \"a\":null} ",
    ])
    func `is read and written the same`(_ text: String) throws {
        let value = try JSON(parsing: text)
        #expect(try JSON(parsing: value.encoded()) == value)
    }

    @Test(arguments: [
        "", "nul", "01", "1.", "+1", ".5", "'a'", "\"a", "\"\n\"", "[1,]", "{\"a\":1,}", "{\"a\":1,\"a\":2}", "{a:1}",
        "1 2", "\"\\x\"",
        "\"\\ud83d\"", "\"\\ude00\"", "1e999", String(repeating: "[", count: 40) + String(repeating: "]", count: 40),
    ])
    func `is nothing else`(_ text: String) { #expect(throws: JSONError.self) { try JSON(parsing: text) } }

    @Test func `escapes what a terminal would obey`() {
        #expect(JSON.string("a\u{1B}[31m\u{7F}\"\\\n").text == #""a\u001b[31m\u007f\"\\\n""#)
    }
}

@Suite struct `An event` {
    @Test func `has a name of its own for every body`() {
        #expect(Set(EventBody.names).count == 33)
        #expect(EventBody.names.contains("OrganizationCreated"))
    }

    @Test(arguments: EventBody.examples) func `is shown with its type and data`(_ body: EventBody) throws {
        var event = Event(
            body, organization: Given.organization, actor: .token(.numbered(3)), correlation: .numbered(9))
        event.id = [UInt8](0..<16).data
        let json = try Event(decoding: event.encoded()).json(leafHash: [1, 2], open: { _ in nil })
        #expect(json["type"] == .string(body.name))
        #expect(json["organization"] == .string(Given.organization.description))
        #expect(json["id"] == "00010203-0405-0607-0809-0a0b0c0d0e0f")
        #expect(json["causedBy"] == .null)
        #expect(json["leafHash"] == "0102")
        #expect(json["data"]?.members?.isEmpty == false)
        #expect(
            json.members?.map(\.name) == [
                "sequence", "id", "recordedAt", "type", "organization", "actor", "correlation", "causedBy", "leafHash",
                "data",
            ])
    }

    @Test func `has an envelope that is read alone, or refused as the whole is`() throws {
        var event = Event(.userErased(.init()), organization: .numbered(1), actor: .system, correlation: .numbered(9), causedBy: 2)
        event.sequence = 7
        event.recordedAt = 1_795_600_000_000_000_000
        let bytes = try event.encoded()
        #expect(try EventEnvelope(decoding: bytes) == EventEnvelope(event))
        for count in 0..<bytes.count {
            #expect(throws: EventError.self, "\(count)") { try EventEnvelope(decoding: Array(bytes.prefix(count))) }
        }
        for (more, code) in [
            ([0x9A, 0x06, 0x00], EventError.Code.newer), ([0xAA, 0x03, 0x00], .newer), ([0x49, 1, 2, 3, 4, 5, 6, 7, 8], .newer),
            ([0x4D, 1, 2, 3, 4], .newer), ([0x49, 1], .unreadable),
            ([0x12, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1], .unreadable),
            ([0x08] + [UInt8](repeating: 0xFF, count: 11), .unreadable), ([0x0B], .unreadable), ([0x00, 0x00], .unreadable),
        ] as [([UInt8], EventError.Code)] {
            #expect(#expect(throws: EventError.self) { try EventEnvelope(decoding: bytes + more) }?.code == code, "\(more)")
        }
        event.schemaRevision = Event.currentSchemaRevision + 1
        #expect(#expect(throws: EventError.self) { try EventEnvelope(decoding: event.encoded()) }?.code == .newer)
    }

    @Test func `that this program can't interpret is an error and never skipped`() throws {
        var newer = Event(.userErased(.init()), organization: nil, actor: .system, correlation: .numbered(9))
        newer.schemaRevision = Event.currentSchemaRevision + 1
        #expect(#expect(throws: EventError.self) { try Event(decoding: newer.encoded()) }?.code == .newer)
        var unknown = Event()
        unknown.sequence = 5
        #expect(#expect(throws: EventError.self) { try Event(decoding: unknown.encoded()) }?.code == .newer)
        // Body number 99, empty.
        let bytes = try unknown.encoded() + [0x9A, 0x06, 0x00]
        #expect(#expect(throws: EventError.self) { try Event(decoding: bytes) }?.code == .newer)
        #expect(#expect(throws: EventError.self) { try Event(decoding: [0xFF, 0xFF, 0xFF]) }?.code == .unreadable)
    }
}

import Events

/// The named schemas of the description, by subject.
enum APISchemas {
    static let all: [(name: String, schema: JSON)] =
        basics + organizations + identityProvider + policy + users + events + reports + log

    private static let day = "((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))"
    // Instants are counted from 1970 to 2553; a day's margin for the offset.
    private static let year = "(19(7[1-9]|[89][0-9])|2[0-4][0-9]{2}|25([0-4][0-9]|5[0-2]))"
    private static let leapDay =
        "(19(7[26]|8[048]|9[26])|2[0-4](0[48]|[2468][048]|[13579][26])|2000|2400|25(0[48]|[24][048]|[13][26]|52))-02-29"
    private static let time = "T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,9})?(Z|[+-](0[0-9]|1[0-3]):[0-5][0-9])"
    private static let date = "(\(year)-\(day)|\(leapDay))"

    private static let label = "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
    private static let atom = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
    // What no name has: controls, direction, and what can't be seen. Signs beyond U+FFFF stand as they are: patterns are Unicode's.
    private static let never =
        "\\u0000-\\u001f\\u007f-\\u009f\\u00ad\\u034f\\u115f\\u1160\\u17b4\\u17b5\\u200b\\u2028-\\u202e\\u2060-\\u206f\\u2800\\u3164"
        + "\\ufeff\\uffa0\\ufff0-\\ufff8\u{1BCA0}-\u{1BCA3}\u{1D173}-\u{1D17A}\u{E0000}-\u{E001F}\u{E0080}-\u{E00FF}\u{E01F0}-\u{E0FFF}"
    // And what alone can't be seen.
    private static let joining =
        "\\s\\u061c\\u200e\\u200f\\u180b-\\u180f\\u200c\\u200d\\ufe00-\\ufe0f\u{E0020}-\u{E007F}\u{E0100}-\u{E01EF}"

    private static let basics: [(String, JSON)] = [
        ("Identifier", ["type": "string", "pattern": "^[0-9a-f]{32}$", "examples": ["00112233445566778899aabbccddeeff"]]),
        (
            "GivenInstant",
            [
                "type": "string", "pattern": .string("^\(date)\(time)$"), "description": "RFC 3339, of the years 1971 to 2552.",
                "examples": ["2026-11-25T10:00:00Z"],
            ]
        ),
        (
            "DayOrInstant",
            [
                "type": "string", "pattern": .string("^\(date)(\(time))?$"),
                "description": "RFC 3339, or a day that stands for its beginning in UTC.", "examples": ["2026-11-25"],
            ]
        ),
        (
            "Moment",
            [
                "anyOf": [
                    ["type": "integer", "minimum": 0, "maximum": .integer(.max)], Schema.reference("GivenInstant"),
                ], "description": "A sequence, or an instant.",
            ]
        ),
        (
            "Name",
            [
                "type": "string", "minLength": 1, "maxLength": 200, "pattern": .string("^[^\(never)]*[^\(never)\(joining)][^\(never)]*$"),
                "description":
                    "1 to 200 characters, not all of them white space; no controls, no invisible characters, and none that changes the direction of text.",
                "examples": ["Example Inc."],
            ]
        ),
        (
            "EmailAddress",
            [
                "type": "string", "maxLength": 254, "pattern": .string("^\(atom)(\\.\(atom))*@\(label)(\\.\(label))+$"),
                "description": "At most 64 characters before the @.", "examples": ["ada@example.com"],
            ]
        ),
        (
            "DomainName",
            ["type": "string", "maxLength": 253, "pattern": .string("^\(label)(\\.\(label))+$"), "examples": ["example.com"]]
        ),
        ("ConsumerName", ["type": "string", "pattern": "^[A-Za-z0-9._-]{1,100}$", "examples": ["warehouse"]]),
        ("Role", Schema.one(of: ["member", "administrator", "owner"])),
        ("SignInMethod", Schema.one(of: ["password", "sso"])),
        (
            "Problem",
            [
                "type": "object", "required": ["type", "title", "status", "detail", "code"],
                "properties": [
                    "type": ["type": "string", "format": "uri", "pattern": "/help/[a-z0-9_]+$"], "title": Schema.text,
                    "status": ["type": "integer", "minimum": 400, "maximum": 599],
                    "detail": ["type": "string", "description": "What happened and what to do, in sentences."],
                    "code": ["type": "string", "description": "What programs compare."],
                    "reference": Schema.described(Schema.sequence, "The event that recorded it; only where one was appended."),
                ], "description": "A refusal (RFC 9457).",
            ]
        ),
    ]
}

/// Why a text is no JSON that we take.
public struct JSONError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A sentence about what was found, and where.
    public let detail: String
    /// The sentence.
    public var description: String { detail }
}

extension JSON {
    /// Reads RFC 8259: UTF-8, one value, at most 32 levels deep, no member twice.
    public init(parsing bytes: [UInt8]) throws(JSONError) {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw JSONError(detail: "The JSON is not UTF-8.")
        }
        var parser = JSONParser(bytes: Array(text.utf8))
        self = try parser.document()
    }

    /// Reads RFC 8259 from a string.
    public init(parsing text: String) throws(JSONError) {
        var parser = JSONParser(bytes: Array(text.utf8))
        self = try parser.document()
    }
}

private struct JSONParser {
    let bytes: [UInt8]
    var index = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    mutating func document() throws(JSONError) -> JSON {
        let value = try value(depth: 0)
        skipSpace()
        guard index == bytes.count else { throw unexpected() }
        return value
    }

    private mutating func value(depth: Int) throws(JSONError) -> JSON {
        guard depth <= 32 else { throw JSONError(detail: "The JSON is more than 32 levels deep.") }
        skipSpace()
        switch peek {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return try number()
        }
    }

    private mutating func object(depth: Int) throws(JSONError) -> JSON {
        index += 1
        var members: [JSON.Member] = []
        var names: Set<String> = []
        skipSpace()
        if take("}") { return .object([]) }
        while true {
            skipSpace()
            let name = try string()
            guard names.insert(name).inserted else {
                throw JSONError(detail: "The JSON has the member “\(name)” twice.")
            }
            skipSpace()
            guard take(":") else { throw unexpected() }
            members.append(JSON.Member(name, try value(depth: depth + 1)))
            skipSpace()
            if take("}") { return .object(members) }
            guard take(",") else { throw unexpected() }
        }
    }

    private mutating func array(depth: Int) throws(JSONError) -> JSON {
        index += 1
        var values: [JSON] = []
        skipSpace()
        if take("]") { return .array([]) }
        while true {
            values.append(try value(depth: depth + 1))
            skipSpace()
            if take("]") { return .array(values) }
            guard take(",") else { throw unexpected() }
        }
    }

    private mutating func string() throws(JSONError) -> String {
        guard take("\"") else { throw unexpected() }
        var text: [UInt8] = []
        while let byte = peek {
            index += 1
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"): text += try escape()
            case 0..<0x20: throw JSONError(detail: "The JSON has a control character in a string, at byte \(index).")
            default: text.append(byte)
            }
        }
        throw unexpected()
    }

    private mutating func escape() throws(JSONError) -> [UInt8] {
        guard let byte = peek else { throw unexpected() }
        index += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0C]
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "u"):
            let first = try fourDigits()
            if (0xD800..<0xDC00).contains(first) {
                guard take("\\"), take("u") else { throw unexpected() }
                let second = try fourDigits()
                guard (0xDC00..<0xE000).contains(second),
                    let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
                else { throw unexpected() }
                return Array(String(Character(scalar)).utf8)
            }
            guard let scalar = Unicode.Scalar(first) else { throw unexpected() }
            return Array(String(Character(scalar)).utf8)
        default: throw unexpected()
        }
    }

    private mutating func fourDigits() throws(JSONError) -> UInt32 {
        guard index + 4 <= bytes.count else { throw unexpected() }
        var value: UInt32 = 0
        for digit in bytes[index..<index + 4] {
            guard let nibble = Character(Unicode.Scalar(digit)).hexDigitValue else { throw unexpected() }
            value = value << 4 | UInt32(nibble)
        }
        index += 4
        return value
    }

    private mutating func word(_ word: String, _ value: JSON) throws(JSONError) -> JSON {
        guard bytes[index...].starts(with: word.utf8) else { throw unexpected() }
        index += word.utf8.count
        return value
    }

    private mutating func number() throws(JSONError) -> JSON {
        let start = index
        var isInteger = true
        _ = take("-")
        let firstDigit = index
        skipDigits()
        guard index > firstDigit, bytes[firstDigit] != UInt8(ascii: "0") || index == firstDigit + 1 else {
            throw unexpected()
        }
        if take(".") {
            isInteger = false
            let fraction = index
            skipDigits()
            guard index > fraction else { throw unexpected() }
        }
        if take("e") || take("E") {
            isInteger = false
            if !take("+") { _ = take("-") }
            let exponent = index
            skipDigits()
            guard index > exponent else { throw unexpected() }
        }
        let text = String(decoding: bytes[start..<index], as: UTF8.self)
        if isInteger, let value = Int64(text) { return .integer(value) }
        guard let value = Double(text), value.isFinite else {
            throw JSONError(detail: "The JSON has a number that is too large.")
        }
        return .number(value)
    }

    private mutating func skipDigits() {
        while let byte = peek, (0x30...0x39).contains(byte) { index += 1 }
    }

    private mutating func skipSpace() {
        while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { index += 1 }
    }

    private var peek: UInt8? { index < bytes.count ? bytes[index] : nil }

    private mutating func take(_ character: Character) -> Bool {
        guard peek == character.asciiValue, peek != nil else { return false }
        index += 1
        return true
    }

    private func unexpected() -> JSONError {
        guard index < bytes.count else { return JSONError(detail: "The JSON ends too early.") }
        return JSONError(detail: "The JSON is malformed at byte \(index + 1).")
    }
}

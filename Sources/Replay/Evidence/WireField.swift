/// Where a field's value lies in an event's bytes (Protocol Buffers encoding), so that others find it there without a program of ours.
struct WireField {
    /// The value's place; of a length-delimited field without its length.
    let range: Range<Int>

    /// Finds a field by the numbers that lead to it; of several the last, which is the one that counts. nil: there is none.
    init?(_ path: [UInt64], in bytes: [UInt8]) {
        var found = 0..<bytes.count
        for number in path {
            guard let next = Self.fields(of: bytes, in: found).last(where: { $0.number == number }) else { return nil }
            found = next.range
        }
        range = found
    }

    /// The places of all values of a repeated field in a message.
    static func all(_ number: UInt64, of bytes: [UInt8], in message: Range<Int>) -> [Range<Int>] {
        fields(of: bytes, in: message).filter { $0.number == number }.map(\.range)
    }

    private static func fields(of bytes: [UInt8], in message: Range<Int>) -> [(number: UInt64, range: Range<Int>)] {
        var found: [(UInt64, Range<Int>)] = []
        var place = message.lowerBound
        func varint() -> UInt64? {
            var (value, shift) = (UInt64(0), UInt64(0))
            while place < message.upperBound, shift < 64 {
                let byte = bytes[place]
                place += 1
                value |= UInt64(byte & 0x7F) << shift
                if byte & 0x80 == 0 { return value }
                shift += 7
            }
            return nil
        }
        while place < message.upperBound {
            guard let tag = varint() else { return found }
            var size: UInt64
            switch tag & 7 {
            case 0:
                let start = place
                guard varint() != nil else { return found }
                found.append((tag >> 3, start..<place))
                continue
            case 1: size = 8
            case 2:
                guard let length = varint() else { return found }
                size = length
            case 5: size = 4
            default: return found
            }
            guard size <= UInt64(message.upperBound - place) else { return found }
            found.append((tag >> 3, place..<place + Int(size)))
            place += Int(size)
        }
        return found
    }
}

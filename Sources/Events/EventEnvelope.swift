/// What the log itself needs of an event: read without what is inside its body, which takes a tenth of the time.
///
/// A reader of the wire format (protobuf.dev, Encoding) for the fields of `Event` that hold numbers; of the others it sees that they are whole.
public struct EventEnvelope: Sendable, Hashable {
    /// The event's place in the log.
    public private(set) var sequence: UInt64 = 0
    /// When it was recorded, in nanoseconds since the Unix epoch.
    public private(set) var recordedAt: UInt64 = 0
    /// The sequence of the event that caused it; 0: none.
    public private(set) var causedBy: UInt64 = 0

    /// Reads an event's stored bytes.
    ///
    /// What is inside a body is not looked at: bytes that ``Event/init(decoding:)`` finds unreadable there pass.
    ///
    /// - Throws: `unreadable` where they are no event, `newer` where a newer program wrote them.
    public init(decoding bytes: [UInt8]) throws(EventError) {
        var reader = WireReader(bytes)
        var revision: UInt64 = 0
        var hasBody = false
        while let field = try reader.next() {
            switch (field.number, field.value) {
            case (1, .number(let value)): sequence = value
            case (3, .number(let value)): recordedAt = value
            case (7, .number(let value)): causedBy = value
            case (8, .number(let value)): revision = value
            case (2, .bytes), (4, .bytes), (5, .bytes), (6, .bytes), (9, .bytes): break
            case (Self.bodies, .bytes): hasBody = true
            default: throw Event.unknownMember(of: sequence)
            }
        }
        guard revision <= Event.currentSchemaRevision else { throw Event.newerRevision(UInt32(clamping: revision), of: sequence) }
        guard hasBody else { throw Event.unknownMember(of: sequence) }
    }

    /// The same of an event that was read whole.
    public init(_ event: Event) {
        sequence = event.sequence
        recordedAt = event.recordedAt
        causedBy = event.causedBy
    }

    /// An event's stored bytes, read; or why they can't be.
    public static func decoding(_ bytes: [UInt8]) -> Result<EventEnvelope, EventError> {
        do throws(EventError) { return .success(try EventEnvelope(decoding: bytes)) } catch { return .failure(error) }
    }

    /// The numbers of the fields that are bodies: `Schema/event.proto`.
    static let bodies: ClosedRange<UInt64> = 20...52
}

/// Field after field of one message.
private struct WireReader {
    enum Value { case number(UInt64), bytes, fixed }

    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func next() throws(EventError) -> (number: UInt64, value: Value)? {
        guard position < bytes.count else { return nil }
        let tag = try number()
        guard tag >> 3 > 0 else { throw Event.unreadable(bytes) }
        switch tag & 7 {
        case 0: return (tag >> 3, .number(try number()))
        case 2:
            let length = try number()
            guard length <= UInt64(bytes.count - position) else { throw Event.unreadable(bytes) }
            position += Int(length)
            return (tag >> 3, .bytes)
        // No field of this schema has a fixed width: one of a newer schema may.
        case 1: return (tag >> 3, try skip(8))
        case 5: return (tag >> 3, try skip(4))
        default: throw Event.unreadable(bytes)
        }
    }

    private mutating func skip(_ count: Int) throws(EventError) -> Value {
        guard count <= bytes.count - position else { throw Event.unreadable(bytes) }
        position += count
        return .fixed
    }

    private mutating func number() throws(EventError) -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while position < bytes.count, shift < 64 {
            let byte = bytes[position]
            position += 1
            value |= UInt64(byte & 127) << shift
            if byte < 128 { return value }
            shift += 7
        }
        throw Event.unreadable(bytes)
    }
}

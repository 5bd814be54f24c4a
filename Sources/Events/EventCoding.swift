import SwiftProtobuf

#if canImport(FoundationEssentials)
    import struct FoundationEssentials.Data
#else
    import struct Foundation.Data
#endif

/// Why bytes of the ledger could not be read as an event.
public struct EventError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of trouble it is.
    public enum Code: String, Sendable, CaseIterable {
        /// The bytes are no event: damaged, or of something else.
        case unreadable
        /// A newer version of this program wrote the event.
        case newer
        /// The event could not be encoded.
        case unwritable
    }

    /// What kind of trouble it is.
    public let code: Code
    /// A sentence about what was found.
    public let detail: String
    /// What to do; nil where nothing helps.
    public let remedy: String?

    /// An error with its sentence.
    public init(_ code: Code, _ detail: String, remedy: String? = nil) {
        self.code = code
        self.detail = detail
        self.remedy = remedy
    }

    /// The sentence.
    public var description: String { detail }
}

extension Event {
    /// The revision of `Schema/event.proto` that this program knows: the newest that it can read.
    public static let currentSchemaRevision: UInt32 = 3

    /// An event as it is drafted: the ledger adds sequence, ID and instant when it appends it.
    public init(
        _ body: EventBody, organization: Identifier?, actor: Actor, correlation: Identifier, causedBy: UInt64 = 0,
        origin: EventOrigin? = nil
    ) {
        self.init()
        self.body = body
        self.organization = organization?.data ?? Data()
        self.actor = actor
        self.correlation = correlation.data
        self.causedBy = causedBy
        if let origin { self.origin = origin }
        schemaRevision = Self.currentSchemaRevision
    }

    /// An event's stored bytes, read; or why they can't be.
    public static func decoding(_ bytes: [UInt8]) -> Result<Event, EventError> {
        do throws(EventError) { return .success(try Event(decoding: bytes)) } catch { return .failure(error) }
    }

    /// Reads an event's stored bytes. What this program can't interpret is an error, never skipped.
    public init(decoding bytes: [UInt8]) throws(EventError) {
        do {
            self = try Event(serializedBytes: bytes)
        } catch {
            throw Self.unreadable(bytes)
        }
        guard schemaRevision <= Self.currentSchemaRevision else { throw Self.newerRevision(schemaRevision, of: sequence) }
        guard body != nil, unknownFields.data.isEmpty else { throw Self.unknownMember(of: sequence) }
    }

    static func unreadable(_ bytes: [UInt8]) -> EventError {
        EventError(
            .unreadable, "The bytes are not an event: \(bytes.count) bytes that do not decode.",
            remedy: "Run `identity-ledger verify` to see how far the ledger is whole.")
    }

    static func newerRevision(_ revision: UInt32, of sequence: UInt64) -> EventError {
        EventError(
            .newer, "Event \(sequence) has schema revision \(revision); this program knows \(currentSchemaRevision).",
            remedy: "Use the version of identity-ledger that wrote it, or a newer one.")
    }

    static func unknownMember(of sequence: UInt64) -> EventError {
        EventError(
            .newer, "Event \(sequence) has a body or member that this program does not know.",
            remedy: "Use the version of identity-ledger that wrote it, or a newer one.")
    }

    /// The bytes to store and to hash. They are made once and never again.
    public func encoded() throws(EventError) -> [UInt8] {
        do {
            return try serializedBytes()
        } catch {
            throw EventError(.unwritable, "The event \(body?.name ?? "without a body") could not be encoded.")
        }
    }

    /// The organization; nil: the whole service.
    public var organizationID: Identifier? { Identifier(bytes: organization) }

    /// When it was recorded.
    public var recordedInstant: Instant { Instant(nanoseconds: recordedAt) }
}

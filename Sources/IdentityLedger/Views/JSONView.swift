public import Events

/// What a caller is answered, in the contract's JSON shape: every member is there, in the contract's order, null where nothing is.
public protocol JSONView: Encodable, Sendable {
    /// The contract's shape.
    var json: JSON { get }
}

extension JSONView {
    /// Writes ``json``.
    public func encode(to encoder: any Encoder) throws { try json.encode(to: encoder) }
}

extension JSON: JSONView {
    /// Itself.
    public var json: JSON { self }
}

extension JSON {
    /// An identifier; null where there is none.
    init(_ identifier: Identifier?) { self = identifier.map { .string($0.description) } ?? .null }

    /// An instant; null where there is none.
    init(_ instant: Instant?) { self = instant.map { JSON($0) } ?? .null }
}

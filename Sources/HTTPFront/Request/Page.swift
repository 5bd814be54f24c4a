extension UInt64 {
    /// A sequence number, or a number of events, as a request names it: digits alone, and no more than JSON's integers hold here.
    init?(sequence text: String) {
        guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = UInt64(text), number <= UInt64(Int64.max) else {
            return nil
        }
        self = number
    }
}

/// Which part of a list is asked for: `cursor` and `limit`.
struct Page: Sendable {
    /// The longest part that can be asked for.
    static let most = 1000

    let cursor: String?
    let limit: Int

    init(limit: Int) {
        cursor = nil
        self.limit = limit
    }

    init(_ query: Fields) throws {
        cursor = try query.text("cursor")
        guard let text = try query.text("limit") else {
            limit = 100
            return
        }
        guard let limit = Int(text), (1...Self.most).contains(limit) else {
            throw Problem.invalid("“limit” is a number from 1 to \(Self.most).")
        }
        self.limit = limit
    }
}

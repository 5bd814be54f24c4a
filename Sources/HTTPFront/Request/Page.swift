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

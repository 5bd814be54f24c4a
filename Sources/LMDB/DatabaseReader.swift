/// What can be read in a transaction, whichever kind it is. A database that the environment lacks reads as empty.
public protocol DatabaseReader: ~Copyable {
    /// The value; nil where there is no such key.
    borrowing func get(_ database: Database, _ key: [UInt8]) throws(LMDBError) -> [UInt8]?

    /// Rows in ascending order of their keys from `from` (inclusive), or in descending order from the last row that is not
    /// after it; an empty `from` means the very first, or last. `body` returns false to stop.
    borrowing func scan(
        _ database: Database, from: [UInt8], reverse: Bool,
        _ body: (_ key: [UInt8], _ value: [UInt8]) throws(LMDBError) -> Bool
    ) throws(LMDBError)

    /// How many rows there are. Takes the same time for any number.
    borrowing func count(_ database: Database) throws(LMDBError) -> Int
}

extension DatabaseReader where Self: ~Copyable {
    /// The row with the largest key; nil where there is none.
    public borrowing func last(_ database: Database) throws(LMDBError) -> (key: [UInt8], value: [UInt8])? {
        var found: (key: [UInt8], value: [UInt8])?
        try scan(database, from: [], reverse: true) { key, value throws(LMDBError) in
            found = (key, value)
            return false
        }
        return found
    }
}

extension UInt64 {
    /// Eight bytes, the most significant first: in the order of the numbers.
    @inlinable public var bigEndianBytes: [UInt8] {
        // Written out: every key is made by this.
        [
            UInt8(truncatingIfNeeded: self >> 56), UInt8(truncatingIfNeeded: self >> 48), UInt8(truncatingIfNeeded: self >> 40),
            UInt8(truncatingIfNeeded: self >> 32), UInt8(truncatingIfNeeded: self >> 24), UInt8(truncatingIfNeeded: self >> 16),
            UInt8(truncatingIfNeeded: self >> 8), UInt8(truncatingIfNeeded: self),
        ]
    }

    /// - Parameter bytes: Exactly eight, or the result is nil.
    @inlinable public init?(bigEndianBytes bytes: some Collection<UInt8>) {
        guard bytes.count == 8 else { return nil }
        self = 0
        for byte in bytes { self = self << 8 | UInt64(byte) }
    }
}

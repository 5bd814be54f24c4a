import CZstd

/// Content that a compressor knows beforehand (RFC 8878 §5, raw content), digested once for compressing.
@safe public final class ZstandardDictionary: Sendable {
    /// The content: who decompresses needs the same.
    public let content: [UInt8]
    // Safe to share: nothing changes it between its making and its end (zstd.h, ZSTD_CDict: "can be used by multiple threads").
    private nonisolated(unsafe) let digested: OpaquePointer

    /// - Parameter level: 1 is fastest, 19 is smallest; holds for everything that is compressed with it.
    public init(_ content: [UInt8], level: Int32 = 3) throws(CompressionError) {
        guard let made = unsafe ZSTD_createCDict(content, content.count, level) else {
            throw CompressionError(.failed, "zstd must have memory for a dictionary; it has none.")
        }
        self.content = content
        unsafe digested = unsafe made
    }

    deinit { unsafe _ = ZSTD_freeCDict(digested) }

    /// The bytes, compressed: one frame that states its content's size.
    public func compress(_ bytes: [UInt8]) throws(CompressionError) -> [UInt8] {
        unsafe try Zstandard.compress(bytes) { context, output in
            unsafe ZSTD_compress_usingCDict(
                context, output.baseAddress, output.count, bytes, bytes.count, digested)
        }
    }
}

import CZstd

/// Zstandard (RFC 8878): one frame that states its content's size.
public enum Zstandard {
    /// The bytes, compressed.
    ///
    /// - Parameter level: 1 is fastest, 19 is smallest.
    public static func compress(_ bytes: [UInt8], level: Int32 = 3) throws(CompressionError) -> [UInt8] {
        var output = [UInt8](repeating: 0, count: ZSTD_compressBound(bytes.count))
        let produced = unsafe ZSTD_compress(&output, output.count, bytes, bytes.count, level)
        guard ZSTD_isError(produced) == 0 else {
            throw CompressionError(.failed, "zstd must compress \(bytes.count) bytes; it says \(name(produced)).")
        }
        return Array(output.prefix(produced))
    }

    /// The bytes as they were before ``compress(_:level:)``.
    ///
    /// - Parameter limit: Bytes that the content may have; looked at before anything is allocated.
    public static func decompress(_ bytes: [UInt8], limit: Int) throws(CompressionError) -> [UInt8] {
        let stated = unsafe ledger_zstd_content_size(bytes, bytes.count)
        guard stated >= 0, unsafe ZSTD_findFrameCompressedSize(bytes, bytes.count) == bytes.count else {
            throw CompressionError(.malformed, "The bytes must be one zstd frame that states its size; they are not.")
        }
        guard stated <= limit else {
            throw CompressionError(.tooLarge, "Decompressed content may have \(limit) bytes; this has \(stated).")
        }
        var output = [UInt8](repeating: 0, count: Int(stated))
        let produced = unsafe ZSTD_decompress(&output, output.count, bytes, bytes.count)
        guard ZSTD_isError(produced) == 0, produced == output.count else {
            throw CompressionError(.malformed, "The bytes must be one whole zstd frame; they are damaged.")
        }
        return output
    }

    private static func name(_ result: Int) -> String { unsafe String(cString: ZSTD_getErrorName(result)) }
}

import CZstd
import Synchronization

/// Zstandard (RFC 8878): one frame that states its content's size.
public enum Zstandard {
    /// The bytes, compressed.
    ///
    /// - Parameter level: 1 is fastest, 19 is smallest.
    public static func compress(_ bytes: [UInt8], level: Int32 = 3) throws(CompressionError) -> [UInt8] {
        unsafe try compress(bytes) { context, output in
            unsafe ZSTD_compressCCtx(context, output.baseAddress, output.count, bytes, bytes.count, level)
        }
    }

    /// - Parameter body: Compresses in a context into the output, and gives what zstd answers.
    static func compress(
        _ bytes: [UInt8], _ body: (OpaquePointer, UnsafeMutableBufferPointer<UInt8>) -> Int
    ) throws(CompressionError) -> [UInt8] {
        var output = [UInt8](repeating: 0, count: ZSTD_compressBound(bytes.count))
        guard let context = compressors.take() ?? Compressor() else {
            throw CompressionError(.failed, "zstd must have memory for its state; it has none.")
        }
        defer { compressors.give(back: context) }
        let produced = unsafe output.withUnsafeMutableBufferPointer { unsafe body(context.pointer, $0) }
        guard ZSTD_isError(produced) == 0 else {
            throw CompressionError(.failed, "zstd must compress \(bytes.count) bytes; it says \(name(produced)).")
        }
        return Array(output.prefix(produced))
    }

    /// The bytes as they were before ``compress(_:level:)``, or before ``ZstandardDictionary/compress(_:)``.
    ///
    /// - Parameter dictionary: The content that the compressor knew; empty: none.
    /// - Parameter limit: Bytes that the content may have; looked at before anything is allocated.
    public static func decompress(_ bytes: [UInt8], dictionary: [UInt8] = [], limit: Int) throws(CompressionError) -> [UInt8] {
        let stated = unsafe ledger_zstd_content_size(bytes, bytes.count)
        guard stated >= 0, unsafe ZSTD_findFrameCompressedSize(bytes, bytes.count) == bytes.count else {
            throw CompressionError(.malformed, "The bytes must be one zstd frame that states its size; they are not.")
        }
        guard stated <= limit else {
            throw CompressionError(.tooLarge, "Decompressed content may have \(limit) bytes; this has \(stated).")
        }
        var output = [UInt8](repeating: 0, count: Int(stated))
        guard let context = decompressors.take() ?? Decompressor() else {
            throw CompressionError(.failed, "zstd must have memory for its state; it has none.")
        }
        defer { decompressors.give(back: context) }
        let produced = unsafe ZSTD_decompress_usingDict(
            context.pointer, &output, output.count, bytes, bytes.count, dictionary, dictionary.count)
        guard ZSTD_isError(produced) == 0, produced == output.count else {
            throw CompressionError(.malformed, "The bytes must be one whole zstd frame; they are damaged.")
        }
        return output
    }

    // States, used again: to make one takes longer than to compress or decompress a response.
    //
    // Unchecked, since a pointer says nothing of threads: whoever took a state from its pool has it alone until it is given back, as zstd.h
    // asks for, and nothing else has the pointer. One class for each kind, since each is freed by its own function.
    @safe private final class Compressor: @unchecked Sendable {
        let pointer: OpaquePointer

        init?() {
            guard let made = unsafe ZSTD_createCCtx() else { return nil }
            unsafe pointer = unsafe made
        }

        deinit { unsafe _ = ZSTD_freeCCtx(pointer) }
    }

    // Unchecked for the same reason.
    @safe private final class Decompressor: @unchecked Sendable {
        let pointer: OpaquePointer

        init?() {
            guard let made = unsafe ZSTD_createDCtx() else { return nil }
            unsafe pointer = unsafe made
        }

        deinit { unsafe _ = ZSTD_freeDCtx(pointer) }
    }

    private final class Pool<State: Sendable>: Sendable {
        private let states = Mutex<[State]>([])

        func take() -> State? { states.withLock { $0.popLast() } }
        func give(back state: State) { states.withLock { if $0.count < 16 { $0.append(state) } } }
    }

    private static let compressors = Pool<Compressor>()
    private static let decompressors = Pool<Decompressor>()

    private static func name(_ result: Int) -> String { unsafe String(cString: ZSTD_getErrorName(result)) }
}

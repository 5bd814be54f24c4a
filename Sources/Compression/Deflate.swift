import CZlib

/// Raw deflate (RFC 1951), as the HTTP-Redirect binding has it (bindings §3.4.4.1).
public enum Deflate {
    /// The bytes, compressed; empty input gives an empty block.
    public static func compress(_ bytes: [UInt8]) -> [UInt8] {
        var stream = unsafe z_stream()
        // zlib.h: the one failure with these constants is a lack of memory.
        precondition(unsafe ledger_zlib_deflate_start(&stream) == Z_OK, "zlib must have memory for its state.")
        defer { unsafe _ = deflateEnd(&stream) }
        var output = [UInt8](repeating: 0, count: Int(unsafe deflateBound(&stream, uLong(bytes.count))) + 16)
        let capacity = output.count
        let produced = unsafe bytes.withUnsafeBufferPointer { input in
            unsafe output.withUnsafeMutableBufferPointer { output in
                unsafe stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
                unsafe stream.avail_in = uInt(input.count)
                unsafe stream.next_out = output.baseAddress
                unsafe stream.avail_out = uInt(output.count)
                // zlib.h: with deflateBound's room, Z_FINISH ends in one call.
                precondition(unsafe deflate(&stream, Z_FINISH) == Z_STREAM_END, "deflate must end within deflateBound.")
                return unsafe capacity - Int(stream.avail_out)
            }
        }
        return Array(output.prefix(produced))
    }

    /// The bytes as they were before ``compress(_:)``.
    ///
    /// - Parameter limit: Bytes that the content may have.
    public static func decompress(_ bytes: [UInt8], limit: Int) throws(CompressionError) -> [UInt8] {
        var stream = unsafe z_stream()
        guard unsafe ledger_zlib_inflate_start(&stream) == Z_OK else {
            throw CompressionError(.failed, "zlib must have memory for its state; it has none.")
        }
        defer { unsafe _ = inflateEnd(&stream) }
        // One byte more than may be: what fills it is too large.
        var output = [UInt8](repeating: 0, count: limit + 1)
        let (status, left, unread) = unsafe bytes.withUnsafeBufferPointer { input in
            unsafe output.withUnsafeMutableBufferPointer { output in
                unsafe stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
                unsafe stream.avail_in = uInt(input.count)
                unsafe stream.next_out = output.baseAddress
                unsafe stream.avail_out = uInt(output.count)
                let status = unsafe inflate(&stream, Z_FINISH)
                return unsafe (status, Int(stream.avail_out), Int(stream.avail_in))
            }
        }
        guard left > 0 else {
            throw CompressionError(.tooLarge, "Inflated content may have \(limit) bytes; this has more.")
        }
        guard status == Z_STREAM_END, unread == 0 else {
            throw CompressionError(.malformed, "The bytes must be one deflate stream; they are not.")
        }
        return Array(output.prefix(output.count - left))
    }
}

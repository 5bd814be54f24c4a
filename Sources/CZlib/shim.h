#pragma once
#include <zlib.h>

// Macros that pass the version and the size of the structure. -15: raw deflate (RFC 1951), no header.

static inline int ledger_zlib_deflate_start(z_stream *stream) {
    return deflateInit2(stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY);
}

static inline int ledger_zlib_inflate_start(z_stream *stream) { return inflateInit2(stream, -15); }

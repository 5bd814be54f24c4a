#pragma once
#include <limits.h>
#include <zstd.h>

/// The content size that a frame's header states; -1 where it states none or is no header.
static inline long long ledger_zstd_content_size(const void *bytes, size_t count) {
    unsigned long long size = ZSTD_getFrameContentSize(bytes, count);
    if (size == ZSTD_CONTENTSIZE_UNKNOWN || size == ZSTD_CONTENTSIZE_ERROR || size > (unsigned long long)LLONG_MAX) return -1;
    return (long long)size;
}

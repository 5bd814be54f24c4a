#pragma once
#include <errno.h>
#include <lmdb.h>
#include <string.h>

// LMDB tells of readers in lines of text, one a call; they are gathered here, since a callback is C's.
typedef struct {
    char *text;
    size_t length;
    size_t capacity;
} ledger_lmdb_text;

static inline int ledger_lmdb_gather(const char *line, void *context) {
    ledger_lmdb_text *gathered = (ledger_lmdb_text *)context;
    size_t length = strlen(line);
    if (gathered->length + length >= gathered->capacity) return -1;
    memcpy(gathered->text + gathered->length, line, length + 1);
    gathered->length += length;
    return 0;
}

/// The lines of mdb_reader_list, as far as they fit; returns what LMDB does, or -1 where there was no room for all.
static inline int ledger_lmdb_readers(MDB_env *environment, char *text, size_t capacity) {
    ledger_lmdb_text gathered = { text, 0, capacity };
    if (capacity > 0) text[0] = 0;
    return mdb_reader_list(environment, ledger_lmdb_gather, &gathered);
}

/// Pages that were freed and may be used again, once no reader needs them: database 0 lists them by transaction.
static inline int ledger_lmdb_free_pages(MDB_txn *transaction, size_t *pages) {
    MDB_cursor *cursor;
    int result = mdb_cursor_open(transaction, 0, &cursor);
    if (result != MDB_SUCCESS) return result;
    MDB_val key, value;
    *pages = 0;
    while ((result = mdb_cursor_get(cursor, &key, &value, MDB_NEXT)) == MDB_SUCCESS) {
        size_t count = 0;
        if (value.mv_size >= sizeof count) memcpy(&count, value.mv_data, sizeof count);
        *pages += count;
    }
    mdb_cursor_close(cursor);
    return result == MDB_NOTFOUND ? MDB_SUCCESS : result;
}

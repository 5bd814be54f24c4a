// What an append costs at least: LMDB in C, one writer, full sync, many values in each commit.
#include "floor.h"
#include <lmdb.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static int append_all(MDB_env *env, int batches, int count, const MDB_val *value, double *durations) {
    uint64_t sequence = 0;
    for (int batch = 0; batch < batches; batch++) {
        MDB_txn *transaction;
        MDB_dbi database;
        double start = seconds();
        if (mdb_txn_begin(env, NULL, 0, &transaction)) return -1;
        if (mdb_dbi_open(transaction, "events", MDB_CREATE, &database)) return mdb_txn_abort(transaction), -1;
        for (int i = 0; i < count; i++) {
            uint64_t key = __builtin_bswap64(++sequence);
            MDB_val name = {sizeof key, &key}, data = *value;
            if (mdb_put(transaction, database, &name, &data, MDB_APPEND)) return mdb_txn_abort(transaction), -1;
        }
        if (mdb_txn_commit(transaction)) return -1;
        if (durations) durations[batch] = seconds() - start;
    }
    return 0;
}

int floor_append(const char *directory, int batches, int count, size_t size) {
    return floor_append_timed(directory, batches, count, size, NULL);
}

int floor_append_timed(const char *directory, int batches, int count, size_t size, double *durations) {
    MDB_env *env;
    char *bytes = calloc(1, size);
    MDB_val value = {size, bytes};
    int result = -1;
    if (bytes && !mdb_env_create(&env)) {
        mdb_env_set_mapsize(env, (size_t)1 << 30);
        mdb_env_set_maxdbs(env, 4);
        if (!mdb_env_open(env, directory, MDB_NOTLS, 0600)) result = append_all(env, batches, count, &value, durations);
        mdb_env_close(env);
    }
    free(bytes);
    return result;
}

long long floor_scan(const char *directory) {
    MDB_env *env;
    MDB_txn *transaction;
    MDB_dbi database;
    MDB_cursor *cursor;
    MDB_val key, value;
    long long bytes = -1;
    if (mdb_env_create(&env)) return -1;
    mdb_env_set_maxdbs(env, 64);
    if (!mdb_env_open(env, directory, MDB_NOTLS | MDB_RDONLY, 0600) && !mdb_txn_begin(env, NULL, MDB_RDONLY, &transaction)) {
        if (!mdb_dbi_open(transaction, "events", 0, &database) && !mdb_cursor_open(transaction, database, &cursor)) {
            bytes = 0;
            // Each value is copied, since whoever reads an event wants its bytes.
            static char copy[1 << 16];
            while (!mdb_cursor_get(cursor, &key, &value, MDB_NEXT)) {
                memcpy(copy, value.mv_data, value.mv_size < sizeof copy ? value.mv_size : sizeof copy);
                bytes += (long long)value.mv_size;
            }
            mdb_cursor_close(cursor);
        }
        mdb_txn_abort(transaction);
    }
    mdb_env_close(env);
    return bytes;
}

// What an append costs at least: LMDB in C, one writer, full sync, many values in each commit.
#include "floor.h"
#include <lmdb.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static int append_all(MDB_env *env, int batches, int count, const MDB_val *value) {
    uint64_t sequence = 0;
    for (int batch = 0; batch < batches; batch++) {
        MDB_txn *transaction;
        MDB_dbi database;
        if (mdb_txn_begin(env, NULL, 0, &transaction)) return -1;
        if (mdb_dbi_open(transaction, "events", MDB_CREATE, &database)) return mdb_txn_abort(transaction), -1;
        for (int i = 0; i < count; i++) {
            uint64_t key = __builtin_bswap64(++sequence);
            MDB_val name = {sizeof key, &key}, data = *value;
            if (mdb_put(transaction, database, &name, &data, MDB_APPEND)) return mdb_txn_abort(transaction), -1;
        }
        if (mdb_txn_commit(transaction)) return -1;
    }
    return 0;
}

int floor_append(const char *directory, int batches, int count, size_t size) {
    MDB_env *env;
    char *bytes = calloc(1, size);
    MDB_val value = {size, bytes};
    int result = -1;
    if (bytes && !mdb_env_create(&env)) {
        mdb_env_set_mapsize(env, (size_t)1 << 30);
        mdb_env_set_maxdbs(env, 4);
        if (!mdb_env_open(env, directory, MDB_NOTLS, 0600)) result = append_all(env, batches, count, &value);
        mdb_env_close(env);
    }
    free(bytes);
    return result;
}

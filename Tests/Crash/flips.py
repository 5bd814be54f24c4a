#!/usr/bin/env python3
"""Turns one bit of a ledger's file over, anywhere, again and again: `verify` must find it and say where, or no row may be another one.

    flips.py PROGRAM LEDGER [--count N] [--seed N]    20 bits, seed 1; LEDGER is a data directory, of which copies are made

LMDB keeps free pages, and room inside pages, that nobody reads: a bit there changes nothing. So all rows are read and compared, by LMDB itself: in their
order, and each by its key.
"""
import argparse
import collections
import ctypes
import json
import pickle
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

LMDB = "liblmdb.so.0"
READ_ONLY, NO_TLS, NEXT = 0x20000, 0x200000, 8
# A damaged page can lead in a circle.
MOST = 1_000_000
PATIENCE = 60


class Value(ctypes.Structure):
    _fields_ = [("size", ctypes.c_size_t), ("data", ctypes.c_void_p)]


def rows_of(environment):
    """Database → its rows."""
    lmdb = ctypes.CDLL(LMDB)
    env, transaction, main = ctypes.c_void_p(), ctypes.c_void_p(), ctypes.c_uint()
    lmdb.mdb_env_create(ctypes.byref(env))
    lmdb.mdb_env_set_maxdbs(env, 64)
    if lmdb.mdb_env_open(env, str(environment).encode(), READ_ONLY | NO_TLS, 0o600) != 0:
        return None
    lmdb.mdb_txn_begin(env, None, READ_ONLY, ctypes.byref(transaction))
    lmdb.mdb_dbi_open(transaction, None, 0, ctypes.byref(main))

    def rows(database):
        cursor, key, value, found = ctypes.c_void_p(), Value(), Value(), []
        lmdb.mdb_cursor_open(transaction, database, ctypes.byref(cursor))
        while lmdb.mdb_cursor_get(cursor, ctypes.byref(key), ctypes.byref(value), NEXT) == 0:
            row = ctypes.string_at(key.data, key.size), ctypes.string_at(value.data, value.size)
            if len(found) > MOST or lmdb.mdb_get(transaction, database, ctypes.byref(key), ctypes.byref(value)) != 0:
                return None
            found.append((*row, ctypes.string_at(value.data, value.size)))
        return found

    everything = {}
    for name, *_ in rows(main) or []:
        database = ctypes.c_uint()
        lmdb.mdb_dbi_open(transaction, name, 0, ctypes.byref(database))
        everything[name] = rows(database)
    return everything


def read_apart(environment, folder):
    """The same in another process: damage may end it."""
    file = folder / "rows"
    file.unlink(missing_ok=True)
    try:
        subprocess.run([sys.executable, __file__, "--rows", str(environment), str(file)], check=False, timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        return None
    return pickle.loads(file.read_bytes()) if file.exists() else None


def main():
    if sys.argv[1] == "--rows":
        Path(sys.argv[3]).write_bytes(pickle.dumps(rows_of(sys.argv[2])))
        return 0
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("ledger", type=Path)
    parser.add_argument("--count", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    pick = random.Random(options.seed)
    whole = (options.ledger / "ledger" / "data.mdb").read_bytes()
    came = collections.Counter()
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        expected = read_apart(options.ledger / "ledger", folder)
        for _ in range(options.count):
            copy = folder / "copy"
            shutil.rmtree(copy, ignore_errors=True)
            shutil.copytree(options.ledger, copy)
            # Not in the two heads: LMDB takes the other one.
            place, bit = pick.randrange(8192, len(whole)), pick.randrange(8)
            altered = bytearray(whole)
            altered[place] ^= 1 << bit
            file = copy / "ledger" / "data.mdb"
            file.write_bytes(altered)
            which = f"bit {bit} of byte {place} (seed {options.seed})"
            try:
                command = [options.program, "verify", "--json", "--data", str(copy)]
                done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
            except subprocess.TimeoutExpired:
                print(f"error: {which}: verify has no end")
                return 1
            if done.returncode == 1:
                for kind in {finding["kind"] for finding in json.loads(done.stdout)["findings"]}:
                    came["found: " + kind] += 1
                continue
            if done.returncode == 69 and "not a ledger" in done.stderr:
                came["refused: no ledger of this format"] += 1
                continue
            file.write_bytes(altered)
            if done.returncode != 0 or read_apart(copy / "ledger", folder) != expected:
                print(f"error: {which}: verify ends with {done.returncode}, and a row is another one: {done.stderr[:300]}")
                return 1
            came["no row is another one"] += 1
    print(f"{options.count} bits turned over: " + ", ".join(f"{what} {count}" for what, count in came.most_common()))
    return 0


if __name__ == "__main__":
    sys.exit(main())

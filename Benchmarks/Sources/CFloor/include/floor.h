#pragma once
#include <stddef.h>

/// A key kept warm, as a service keeps it: decoding the certificate is not measured.
typedef struct floor_key floor_key;

floor_key *floor_key_read(const char *pem, size_t length);
floor_key *floor_private_key_read(const char *pem, size_t length);
void floor_key_free(floor_key *key);

/// The work that no validation of a response in C gets around, and none of its checks: base64, parse, exclusive canonicalization and SHA-256
/// of what is signed, RSA verification of SignedInfo, a second parse of the verified bytes, and the NameID read from there.
///
/// Returns the number of signatures that verified, or -1.
int floor_validate(const floor_key *key, const char *base64, size_t length, char *name_id, size_t capacity);

/// The same for an EncryptedAssertion (RSA-OAEP, AES-256-GCM), signed inside.
int floor_validate_encrypted(
    const floor_key *key, const floor_key *private, const char *base64, size_t length, char *name_id, size_t capacity);

/// Begins to count how often memory is allocated, by a process of which one thread works.
void floor_count_allocations(void);

/// How often it was; the counting ends.
unsigned long floor_counted_allocations(void);

/// CPU time of this process in nanoseconds.
unsigned long long floor_cpu_nanoseconds(void);

/// CPU time of another process in nanoseconds; 0 if there is none.
unsigned long long floor_cpu_nanoseconds_of(int process);

/// Appends `batches` times `count` values of `size` bytes to a new LMDB environment in `directory`, each batch a commit with full sync:
/// what a shared commit costs at least. Returns 0, or -1.
int floor_append(const char *directory, int batches, int count, size_t size);

/// The same; each commit's duration in seconds goes into `durations`, which has room for `batches`.
int floor_append_timed(const char *directory, int batches, int count, size_t size, double *durations);

/// Reads the events of a ledger's environment in their order, without decoding any. Returns their bytes, or -1.
long long floor_scan(const char *directory);

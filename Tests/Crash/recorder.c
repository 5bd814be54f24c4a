// Records what a process writes below one directory: preloaded (LD_PRELOAD), it writes each call to a file before the call goes on.
//   IDENTITY_LEDGER_RECORD_DIRECTORY   whose files are recorded
//   IDENTITY_LEDGER_RECORDING          where the records go: several processes may append
// A record: kind (1 byte: W write, S sync, T truncate), length of the file's name (1 byte), name, offset (8 bytes), length (8 bytes), and for a
// write its bytes. Numbers are little-endian. A write through a descriptor that is opened for synchronous writing is followed by its S.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

static int recording = -1;
static char directory[512];
// One call at a time, so that the records stand in the order of the calls.
static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;

__attribute__((constructor)) static void begin(void) {
    const char *file = getenv("IDENTITY_LEDGER_RECORDING"), *below = getenv("IDENTITY_LEDGER_RECORD_DIRECTORY");
    if (file == NULL || below == NULL || strlen(below) >= sizeof directory) return;
    strcpy(directory, below);
    recording = (int)syscall(SYS_openat, AT_FDCWD, file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

// The file's name below the directory; 0 where it is none of these.
static size_t name_of(int descriptor, char *name, size_t capacity) {
    char link[64], path[1024];
    if (recording < 0 || descriptor == recording) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t length = readlink(link, path, sizeof path - 1);
    size_t prefix = strlen(directory);
    if (length <= 0) return 0;
    path[length] = 0;
    if (strncmp(path, directory, prefix) != 0 || path[prefix] != '/') return 0;
    size_t rest = strlen(path + prefix + 1);
    if (rest == 0 || rest >= capacity) return 0;
    memcpy(name, path + prefix + 1, rest + 1);
    return rest;
}

static void record(char kind, const char *name, size_t name_length, uint64_t offset, uint64_t length, const struct iovec *parts, int count) {
    unsigned char head[2 + 256 + 16];
    head[0] = (unsigned char)kind;
    head[1] = (unsigned char)name_length;
    memcpy(head + 2, name, name_length);
    memcpy(head + 2 + name_length, &offset, 8);
    memcpy(head + 10 + name_length, &length, 8);
    struct iovec all[64];
    all[0] = (struct iovec){head, 18 + name_length};
    if (count > 63) abort();
    for (int i = 0; i < count; i++) all[i + 1] = parts[i];
    // At the file's end in one call: records of two processes don't mix.
    if (syscall(SYS_writev, recording, all, count + 1) < 0) abort();
}

static int is_synchronous(int descriptor) { return (fcntl(descriptor, F_GETFL) & (O_DSYNC | O_SYNC)) != 0; }

static void record_write(int descriptor, const struct iovec *parts, int count, off_t offset) {
    char name[256];
    size_t length = name_of(descriptor, name, sizeof name), bytes = 0;
    if (length == 0) return;
    for (int i = 0; i < count; i++) bytes += parts[i].iov_len;
    record('W', name, length, (uint64_t)offset, bytes, parts, count);
    if (is_synchronous(descriptor)) record('S', name, length, 0, 0, NULL, 0);
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static off_t position(int descriptor) {
    return fcntl(descriptor, F_GETFL) & O_APPEND ? lseek(descriptor, 0, SEEK_END) : lseek(descriptor, 0, SEEK_CUR);
}

ssize_t write(int descriptor, const void *bytes, size_t count) {
    pthread_mutex_lock(&turn);
    struct iovec part = {(void *)bytes, count};
    record_write(descriptor, &part, 1, position(descriptor));
    ssize_t result = REAL(write)(descriptor, bytes, count);
    pthread_mutex_unlock(&turn);
    return result;
}

ssize_t pwrite(int descriptor, const void *bytes, size_t count, off_t offset) {
    pthread_mutex_lock(&turn);
    struct iovec part = {(void *)bytes, count};
    record_write(descriptor, &part, 1, offset);
    ssize_t result = REAL(pwrite)(descriptor, bytes, count, offset);
    pthread_mutex_unlock(&turn);
    return result;
}

ssize_t pwrite64(int descriptor, const void *bytes, size_t count, off64_t offset) { return pwrite(descriptor, bytes, count, offset); }

ssize_t writev(int descriptor, const struct iovec *parts, int count) {
    pthread_mutex_lock(&turn);
    if (count <= 63) record_write(descriptor, parts, count, position(descriptor));
    else {
        off_t offset = position(descriptor);
        for (int i = 0; i < count; i++) {
            record_write(descriptor, parts + i, 1, offset);
            offset += (off_t)parts[i].iov_len;
        }
    }
    ssize_t result = REAL(writev)(descriptor, parts, count);
    pthread_mutex_unlock(&turn);
    return result;
}

// A sync is recorded when it has returned: until then nothing it speaks of need be on disk.
static int synced(int descriptor, int result) {
    char name[256];
    size_t length = result == 0 ? name_of(descriptor, name, sizeof name) : 0;
    if (length > 0) record('S', name, length, 0, 0, NULL, 0);
    return result;
}

int fsync(int descriptor) {
    pthread_mutex_lock(&turn);
    int result = synced(descriptor, REAL(fsync)(descriptor));
    pthread_mutex_unlock(&turn);
    return result;
}

int fdatasync(int descriptor) {
    pthread_mutex_lock(&turn);
    int result = synced(descriptor, REAL(fdatasync)(descriptor));
    pthread_mutex_unlock(&turn);
    return result;
}

int ftruncate(int descriptor, off_t length) {
    pthread_mutex_lock(&turn);
    char name[256];
    size_t name_length = name_of(descriptor, name, sizeof name);
    if (name_length > 0) record('T', name, name_length, (uint64_t)length, 0, NULL, 0);
    int result = REAL(ftruncate)(descriptor, length);
    pthread_mutex_unlock(&turn);
    return result;
}

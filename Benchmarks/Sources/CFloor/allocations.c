#include "floor.h"

// The allocator's own functions under other names (glibc): these stand before it, and count.
extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);

static unsigned long allocations;
static int counts;

// One thread allocates while it is counted; at all other times nothing is written, so that threads don't contend for it.
static void count(void) {
    if (counts) allocations++;
}

void *malloc(size_t size) {
    count();
    return __libc_malloc(size);
}

void *calloc(size_t number, size_t size) {
    count();
    return __libc_calloc(number, size);
}

void *realloc(void *former, size_t size) {
    count();
    return __libc_realloc(former, size);
}

void floor_count_allocations(void) {
    allocations = 0;
    counts = 1;
}

unsigned long floor_counted_allocations(void) {
    counts = 0;
    return allocations;
}

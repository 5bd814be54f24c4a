// CPU time that another process has used.
#include "floor.h"
#include <time.h>

unsigned long long floor_cpu_nanoseconds_of(int process) {
    clockid_t clock;
    struct timespec spent;
    if (clock_getcpuclockid(process, &clock) || clock_gettime(clock, &spent)) return 0;
    return (unsigned long long)spent.tv_sec * 1000000000ull + (unsigned long long)spent.tv_nsec;
}

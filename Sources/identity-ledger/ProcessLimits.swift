import CMalloc
import Foundation

/// What the operating system lets this process have.
enum ProcessLimits {
    /// C53: no memory with secrets in it lands on a disk.
    static func forbidCoreDumps() {
        var none = rlimit(rlim_cur: 0, rlim_max: 0)
        unsafe setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
    }

    /// A file that may grow no further is an error like a full disk, not the end of the process.
    static func surviveFullDisks() { signal(SIGXFSZ, SIG_IGN) }

    /// Where address space is limited (RLIMIT_AS), threads share two of malloc's arenas: each of its own takes 64 MiB of it (mallopt(3),
    /// M_ARENA_MAX), and what the ledger's maps leave would go to those, until no thread can start any more.
    static func shareArenas() {
        var space = rlimit(rlim_cur: 0, rlim_max: 0)
        guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &space) == 0, space.rlim_cur < UInt(Int.max) else { return }
        _ = mallopt(M_ARENA_MAX, 2)
    }

    /// How many connections the files that may be open leave room for (C51), after asking for as many as may be had.
    static func connections(atMost most: Int = 8192) -> Int {
        var files = rlimit(rlim_cur: 0, rlim_max: 0)
        let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        guard unsafe getrlimit(resource, &files) == 0 else { return 512 }
        var raised = rlimit(rlim_cur: files.rlim_max, rlim_max: files.rlim_max)
        if unsafe setrlimit(resource, &raised) == 0 { files = raised }
        // The ledger's own, and fetches of metadata.
        return max(16, min(most, Int(clamping: files.rlim_cur) - 128))
    }
}

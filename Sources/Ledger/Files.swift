#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// The few things that the ledger does with files of its own: directories 0700, files 0600, on disk when a function returns (C55).
enum Files {
    static func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

    /// Makes the directory, and those above it, where they are missing.
    static func makeDirectory(_ path: String) throws(LedgerError) {
        if exists(path) { return }
        if let above = parent(path) { try makeDirectory(above) }
        guard unsafe mkdir(path, 0o700) == 0 || errno == EEXIST else { throw failure("make the directory", path) }
        if let above = parent(path) { synchronizeDirectory(above) }
    }

    /// A new entry of a directory is on disk only when the directory is.
    static func synchronizeDirectory(_ path: String) {
        let descriptor = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }

    /// A file's bytes and mode; nil where there is none. At most 64 KiB are read.
    static func read(_ path: String) throws(LedgerError) -> (bytes: [UInt8], mode: UInt32)? {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw failure("open", path)
        }
        defer { close(descriptor) }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw failure("look at", path) }
        var bytes = [UInt8](repeating: 0, count: 1 << 16)
        let count = unsafe bytes.withUnsafeMutableBytes { unsafe pread(descriptor, $0.baseAddress, $0.count, 0) }
        guard count >= 0 else { throw failure("read", path) }
        return (Array(bytes.prefix(count)), UInt32(status.st_mode))
    }

    /// Makes a file that must not exist, whole or not at all; false where it exists.
    static func make(_ path: String, _ bytes: [UInt8]) throws(LedgerError) -> Bool {
        let temporary = "\(path).\(getpid()).new"
        unsafe unlink(temporary)
        try write(bytes, at: 0, of: temporary, flags: O_CREAT | O_EXCL)
        defer { unsafe unlink(temporary) }
        guard unsafe link(temporary, path) == 0 else {
            if errno == EEXIST { return false }
            throw failure("make", path)
        }
        if let above = parent(path) { synchronizeDirectory(above) }
        return true
    }

    /// Overwrites bytes where they lie: what was there before is gone from the disk's blocks, as far as a file system lets it.
    static func write(_ bytes: [UInt8], at offset: Int, of path: String, flags: Int32 = O_CREAT) throws(LedgerError) {
        let descriptor = unsafe open(path, O_WRONLY | O_CLOEXEC | flags, 0o600)
        guard descriptor >= 0 else { throw failure("open", path) }
        defer { close(descriptor) }
        let written = unsafe bytes.withUnsafeBytes { unsafe pwrite(descriptor, $0.baseAddress, $0.count, off_t(offset)) }
        guard written == bytes.count, fsync(descriptor) == 0 else { throw failure("write", path) }
    }

    private static func parent(_ path: String) -> String? {
        let trimmed = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
        guard let slash = trimmed.lastIndex(of: "/") else { return nil }
        return slash == trimmed.startIndex ? nil : String(trimmed[..<slash])
    }

    private static func failure(_ verb: String, _ path: String) -> LedgerError {
        let number = errno
        let words = unsafe String(cString: strerror(number))
        let code: LedgerError.Code =
            switch number {
            case EACCES, EPERM, EROFS: .noPermission
            case ENOSPC, EDQUOT: .full
            default: .inputOutput
            }
        return LedgerError(
            code, "Could not \(verb) \(path): \(words).",
            remedy: code == .full ? "Free disk space, then retry: nothing was lost." : "Check the path, its owner and the disk.")
    }
}

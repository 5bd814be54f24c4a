import CLMDB

/// The LMDB that is linked.
public enum LMDBLibrary {
    /// Such as `0.9.24`.
    public static var version: String {
        var (major, minor, patch): (Int32, Int32, Int32) = (0, 0, 0)
        unsafe _ = mdb_version(&major, &minor, &patch)
        return "\(major).\(minor).\(patch)"
    }
}

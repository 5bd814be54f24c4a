import Cryptography
import LMDB
import XML

/// The version that events name as the one that decided.
public enum ProgramVersion {
    /// As `--version` prints it first.
    public static let text = "0.1.0"

    /// The linked libraries that security rests on, by name (C57).
    public static var libraries: [(name: String, version: String)] {
        [("libxml2", XMLLibrary.version), ("openssl", OpenSSLLibrary.version), ("lmdb", LMDBLibrary.version)]
    }
}

/// The version that events name as the one that decided.
public enum ProgramVersion {
    /// As `--version` prints it.
    public static let text = "0.1.0"
}

import ArgumentParser

/// The exit statuses of the contract.
enum ExitStatus {
    static let doesNotHold = ExitCode(1)
    static let usage = ExitCode(64)
    static let unavailable = ExitCode(69)
}

import Events
import Identity
import IdentityLedger
import NIOPosix

// MARK: - Where and when what takes long is done

extension Core {
    /// Reads what may take long, away from the threads that answer logins.
    func apart<Value: Sendable>(_ read: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await Threads.reading.runIfActive(read)
    }

    /// The same for what takes seconds, such as logins that are judged again: an organization has one under way, and all together half the threads.
    ///
    /// - Throws: `overloaded` where there is no room (C51).
    func apart<Value: Sendable>(for organization: Identifier, _ read: @escaping @Sendable () throws -> Value) async throws -> Value {
        guard Threads.longReads.enter(organization) else { throw Problem.overloaded }
        defer { Threads.longReads.leave(organization) }
        return try await apart(read)
    }

    /// A piece of a spreadsheet, or a report: an organization has one under way, and all together half the threads.
    ///
    /// - Parameter waits: Whether it waits some seconds for its turn, as the later pieces of a table do: the first one is refused.
    /// - Throws: `overloaded` where there is no room (C51).
    func table<Value: Sendable>(
        of organization: Identifier, waits: Bool = false, _ read: @escaping @Sendable () throws -> Value
    ) async throws -> Value {
        var patience = waits ? 300 : 0
        while !tables.enter(organization) {
            guard patience > 0 else { throw Problem.overloaded }
            patience -= 1
            try await Task.sleep(for: .milliseconds(100))
        }
        defer { tables.leave(organization) }
        return try await apart(read)
    }

    /// Reads what needs an organization's directory of users. Where that has to be read first, which takes long, one request does it, and others
    /// wait for it on no thread.
    func apart<Value: Sendable>(
        directoryOf organization: Identifier, by caller: Caller, _ read: @escaping @Sendable () throws -> Value
    ) async throws -> Value {
        try check(.readUsers, organization, by: caller)
        if try ledger.hasDirectory(organization) { return try await apart(read) }
        await coldDirectories.enter(organization)
        defer { coldDirectories.leave(organization) }
        return try await apart(read)
    }

    /// Changes users; everyone of an organization, or many of them, once at a time.
    ///
    /// - Throws: `overloaded` where it is under way already (C51).
    func massChange<Value: Sendable>(
        _ organization: Identifier, isLong: Bool, _ change: @Sendable () async throws -> Value
    ) async throws -> Value {
        guard isLong else { return try await change() }
        guard massChanges.enter(organization) else { throw Problem.overloaded }
        defer { massChanges.leave(organization) }
        return try await change()
    }
}

public import Events

extension RowReader where Self: ~Copyable {
    /// Sequences of an organization's events, ascending from `from` on.
    public borrowing func events(_ organization: Identifier, from: UInt64 = 1, limit: Int = .max) throws -> [UInt64] {
        let logins = try sequences(.logins, organization.bytes, from: from, limit: limit)
        let others = try sequences(.events, organization.bytes, from: from, limit: limit)
        return Array(merged(logins, others).prefix(limit))
    }

    /// Sequences of an organization's events that are no logins, ascending from `from` on.
    public borrowing func otherEvents(_ organization: Identifier, from: UInt64, limit: Int) throws -> [UInt64] {
        try sequences(.events, organization.bytes, from: from, limit: limit)
    }

    /// Sequences of the events that made an organization's row what it is, ascending: few, whatever its people do.
    public borrowing func eventsThatChanged(_ organization: Identifier) throws -> [UInt64] {
        try sequences(.organizationEvents, organization.bytes, from: 1, limit: .max)
    }

    /// Sequences of the events about a user, ascending from `from` on.
    public borrowing func events(
        _ organization: Identifier, about user: Identifier, from: UInt64 = 1, limit: Int = .max
    ) throws -> [UInt64] {
        guard try row(.users, organization.bytes + user.bytes) != nil else { return [] }  // another organization's
        return try sequences(.userEvents, user.bytes, from: from, limit: limit)
    }

    /// Whether there is an event about a user of this ID, whatever the organization.
    public borrowing func knows(user: Identifier) throws -> Bool { try !sequences(.userEvents, user.bytes, from: 1, limit: 1).isEmpty }

    /// Sequences of an organization's logins, accepted and refused, ascending from `from` on.
    public borrowing func logins(
        _ organization: Identifier, from: UInt64 = 1, limit: Int = .max, user: Identifier? = nil
    ) throws -> [UInt64] {
        try sequences(.logins, organization.bytes, from: from, limit: limit, value: user?.bytes)
    }

    /// Sequences of the newest logins before `before`, descending.
    public borrowing func newestLogins(
        _ organization: Identifier, before: UInt64 = .max, limit: Int, user: Identifier? = nil, ofUsers: Bool? = nil
    ) throws -> [UInt64] {
        guard limit > 0, before > 1 else { return [] }
        var found: [UInt64] = []
        try scanRows(.logins, from: organization.bytes + (before - 1).bigEndianBytes, reverse: true) { key, value in
            guard key.starts(with: organization.bytes) else { return false }
            if let user, value != user.bytes { return true }
            if let ofUsers, value.isEmpty == ofUsers { return true }
            if let sequence = UInt64(bigEndianBytes: key.dropFirst(16)) { found.append(sequence) }
            return found.count < limit
        }
        return found
    }

    /// The newest logins before `before`, descending, each with its user's ID; empty where no user was found.
    public borrowing func newestLoginRows(
        _ organization: Identifier, before: UInt64, limit: Int
    ) throws -> [(sequence: UInt64, user: [UInt8])] {
        var found: [(sequence: UInt64, user: [UInt8])] = []
        guard limit > 0, before > 1 else { return found }
        try scanRows(.logins, from: organization.bytes + (before - 1).bigEndianBytes, reverse: true) { key, value in
            guard key.starts(with: organization.bytes) else { return false }
            if let sequence = UInt64(bigEndianBytes: key.dropFirst(16)) { found.append((sequence, value)) }
            return found.count < limit
        }
        return found
    }

    /// Sequences of an organization's newest events before `before`, descending.
    ///
    /// - Parameter logins: Whether logins are among them.
    public borrowing func newestEvents(
        _ organization: Identifier, before: UInt64 = .max, limit: Int, logins: Bool = true
    ) throws -> [UInt64] {
        let others = try newest(.events, organization.bytes, before: before, limit: limit)
        guard logins else { return others }
        let logins = try newest(.logins, organization.bytes, before: before, limit: limit)
        return Array(merged(logins.reversed(), others.reversed()).reversed().prefix(limit))
    }

    /// Sequences of the newest events about a user before `before`, descending.
    public borrowing func newestEvents(
        _ organization: Identifier, about user: Identifier, before: UInt64 = .max, limit: Int
    ) throws -> [UInt64] {
        guard try row(.users, organization.bytes + user.bytes) != nil else { return [] }  // another organization's
        return try newest(.userEvents, user.bytes, before: before, limit: limit)
    }

    private borrowing func newest(_ table: StateTable, _ prefix: [UInt8], before: UInt64, limit: Int) throws -> [UInt64] {
        var found: [UInt64] = []
        guard limit > 0, before > 1 else { return found }
        try scanRows(table, from: prefix + (before - 1).bigEndianBytes, reverse: true) { key, _ in
            guard key.starts(with: prefix) else { return false }
            if let sequence = UInt64(bigEndianBytes: key.dropFirst(prefix.count)) { found.append(sequence) }
            return found.count < limit
        }
        return found
    }

    private borrowing func sequences(
        _ table: StateTable, _ prefix: [UInt8], from: UInt64, limit: Int, value wanted: [UInt8]? = nil
    ) throws -> [UInt64] {
        var found: [UInt64] = []
        guard limit > 0 else { return found }
        try scanRows(table, from: prefix + from.bigEndianBytes, reverse: false) { key, value in
            guard key.starts(with: prefix) else { return false }
            if let wanted, value != wanted { return true }
            if let sequence = UInt64(bigEndianBytes: key.dropFirst(prefix.count)) { found.append(sequence) }
            return found.count < limit
        }
        return found
    }
}

// Both ascend.
private func merged(_ left: [UInt64], _ right: [UInt64]) -> [UInt64] {
    var merged: [UInt64] = []
    merged.reserveCapacity(left.count + right.count)
    var (a, b) = (left[...], right[...])
    while let first = a.first, let second = b.first { merged.append(first < second ? a.removeFirst() : b.removeFirst()) }
    return merged + a + b
}

public import Events

/// Why a CSV file was refused: every bad line, and nothing was imported.
public struct ImportFileError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong with one line.
    public struct Line: Sendable, Hashable {
        /// 1-based, as an editor counts.
        public let number: Int
        /// A sentence about what is wrong.
        public let detail: String
    }

    private static let keptLines = 1000

    /// The first 1,000, in the file's order.
    public private(set) var lines: [Line] = []
    /// How many there are beside these.
    public private(set) var furtherCount = 0

    /// Of no line yet.
    init() {}

    /// Of one line.
    init(line number: Int, _ detail: String) { append(number, detail) }

    /// How many lines are bad.
    public var count: Int { lines.count + furtherCount }

    /// “and 7 more lines”; nil: the lines are all.
    public var further: String? { furtherCount == 0 ? nil : "and \(furtherCount) more line\(furtherCount == 1 ? "" : "s")" }

    /// A line of text for each bad line that is kept, then how many more there are.
    public var description: String {
        (lines.map { "Line \($0.number): \($0.detail)" } + [further].compactMap(\.self)).joined(separator: "\n")
    }

    // A file may have a bad line for every two bytes.
    mutating func append(_ number: Int, _ detail: @autoclosure () -> String) {
        if lines.count < Self.keptLines {
            lines.append(Line(number: number, detail: detail()))
        } else {
            furtherCount += 1
        }
    }
}

/// Users in CSV (RFC 4180): columns `email`, `name`, `signInMethod`, optional `role`, `account`, in any order, named in the first line.
public enum ImportFile {
    /// The most that a file may hold.
    public static let maximumByteCount = 64 << 20

    private static let columns = (required: ["email", "name", "signInMethod"], optional: ["role", "account"])

    /// Someone whom a file names.
    public struct Entry: Sendable, Hashable {
        /// The first line that does.
        public let line: Int
        /// Whose user that is.
        public let organization: Identifier
        /// Who is to be brought in.
        public fileprivate(set) var user: NewUser
    }

    /// Reads the whole file, or reports every line that is wrong.
    public static func read(_ bytes: [UInt8], in organization: Organization) throws(ImportFileError) -> [NewUser] {
        let table = try CSVTable(
            bytes, required: columns.required, optional: columns.optional, maximumByteCount: maximumByteCount)
        let (entries, refused) = try read(table) { _ in organization }
        guard refused.count == 0 else { throw refused }
        return entries.map(\.user)
    }

    /// Reads a file of many organizations' users: it has a column `organization` too.
    ///
    /// - Parameter find: The organization that the column names; it is asked for each line.
    /// - Returns: Who is to be brought in, and what is wrong with the lines that can't be taken, both in the file's order.
    /// - Throws: What keeps the whole file from being read.
    public static func read(
        _ bytes: [UInt8], organization find: (String) throws(RuleError) -> Organization
    ) throws(ImportFileError) -> (entries: [Entry], refused: ImportFileError) {
        let table = try CSVTable(
            bytes, required: ["organization"] + columns.required, optional: columns.optional, maximumByteCount: maximumByteCount)
        return try read(table, find)
    }

    private static func read(
        _ table: CSVTable, _ find: (String) throws(RuleError) -> Organization
    ) throws(ImportFileError) -> (entries: [Entry], refused: ImportFileError) {
        struct Person: Hashable {
            let organization: Identifier
            let address: String
        }
        var table = table
        var entries: [Entry] = []
        var indices: [Person: Int] = [:]
        var refused = ImportFileError()
        while let (number, result) = try table.next() {
            do throws(RuleError) {
                let line = try result.get()
                let organization = try find(line["organization"])
                guard let id = organization.identifier else {
                    throw RuleError(.organizationUnknown, "There is no organization “\(line["organization"])”.")
                }
                let user = try user(line, organization)
                let person = Person(organization: id, address: user.email.normalized)
                guard let index = indices[person] else {
                    indices[person] = entries.count
                    entries.append(Entry(line: number, organization: id, user: user))
                    continue
                }
                try merge(user, into: &entries[index].user)
            } catch {
                refused.append(number, error.detail)
            }
        }
        return (entries, refused)
    }

    private static func user(_ line: CSVTable.Line, _ organization: Organization) throws(RuleError) -> NewUser {
        guard let email = EmailAddress(line["email"]) else {
            throw RuleError(.invalidRequest, "“\(line["email"])” is no e-mail address.")
        }
        if !line["name"].isEmpty { try checkName(line["name"]) }
        guard let method = SignInMethod(name: line["signInMethod"]) else {
            throw RuleError(
                .invalidRequest, "The sign-in method must be “password” or “sso”; it is “\(line["signInMethod"])”.")
        }
        return NewUser(
            email: email, name: line["name"], signInMethod: method,
            roles: try roles(line["role"], line["account"], organization))
    }

    private static func roles(_ role: String, _ account: String, _ organization: Organization) throws(RuleError)
        -> [AccountRole]
    {
        if role.isEmpty && account.isEmpty { return [] }
        var entry = AccountRole()
        if role.isEmpty {
            entry.role = .member
        } else {
            guard let named = Role(name: role), named != .none else {
                throw RuleError(
                    .invalidRequest, "The role must be “member”, “administrator” or “owner”; it is “\(role)”.")
            }
            entry.role = named
        }
        if account.isEmpty {
            guard organization.accounts.count == 1, let only = organization.accounts.first else {
                throw RuleError(
                    .invalidRequest, "The line names a role but not in which account; the organization has several.")
            }
            entry.account = only.id
        } else {
            let named = organization.accounts.filter { $0.id.hexadecimal == account || $0.name == account }
            guard named.count == 1 else {
                throw RuleError(.invalidRequest, "The organization has no account “\(account)”.")
            }
            entry.account = named[0].id
        }
        return [entry]
    }

    // A person of several accounts has a line for each.
    private static func merge(_ user: NewUser, into first: inout NewUser) throws(RuleError) {
        let known = Set(first.roles.map(\.account))
        guard user.name == first.name, user.signInMethod == first.signInMethod, !user.roles.isEmpty,
            !user.roles.contains(where: { known.contains($0.account) })
        else { throw RuleError(.invalidRequest, "“\(user.email.text)” stands in the file already.") }
        first.roles += user.roles
    }
}

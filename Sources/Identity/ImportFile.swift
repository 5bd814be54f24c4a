import Events

/// Why a file of users was refused: every bad line, and nothing was imported.
public struct ImportFileError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong with one line.
    public struct Line: Sendable, Hashable {
        /// 1-based, as an editor counts.
        public let number: Int
        /// A sentence about what is wrong.
        public let detail: String
    }

    /// In the file's order.
    public let lines: [Line]
    /// A line of text for each bad line.
    public var description: String { lines.map { "Line \($0.number): \($0.detail)" }.joined(separator: "\n") }
}

/// Users in CSV (RFC 4180): columns `email`, `name`, `signInMethod`, optional `role`, `account`, in any order, named in the first line.
public enum ImportFile {
    /// The most that a file may hold.
    public static let maximumByteCount = 64 << 20

    private static let columns: Set<String> = ["email", "name", "signInMethod", "role", "account"]

    /// Reads the whole file, or reports every line that is wrong.
    public static func read(_ bytes: [UInt8], in organization: Organization) throws(ImportFileError) -> [NewUser] {
        guard bytes.count <= maximumByteCount else { throw refused(1, "The file has more than 64 MiB.") }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw refused(1, "The file is not UTF-8.") }
        var rows = try CSV.rows(text)
        guard !rows.isEmpty else { throw refused(1, "The file is empty; its first line names the columns.") }
        let header = rows.removeFirst()
        for name in header.fields where !columns.contains(name) { throw refused(1, "There is no column “\(name)”.") }
        guard Set(header.fields).count == header.fields.count else { throw refused(1, "A column is named twice.") }
        for name in ["email", "name", "signInMethod"] where !header.fields.contains(name) {
            throw refused(1, "The column “\(name)” is missing.")
        }
        return try users(rows, header.fields, organization)
    }

    private static func users(
        _ rows: [CSV.Row], _ header: [String], _ organization: Organization
    ) throws(ImportFileError) -> [NewUser] {
        var users: [NewUser] = []
        var indices: [String: Int] = [:]
        var errors: [ImportFileError.Line] = []
        for row in rows {
            do throws(RuleError) {
                let user = try Self.user(row, header, organization)
                guard let index = indices[user.email.normalized] else {
                    indices[user.email.normalized] = users.count
                    users.append(user)
                    continue
                }
                try merge(user, into: &users[index])
            } catch {
                errors.append(.init(number: row.line, detail: error.detail))
            }
        }
        guard errors.isEmpty else { throw ImportFileError(lines: errors) }
        return users
    }

    private static func user(_ row: CSV.Row, _ header: [String], _ organization: Organization) throws(RuleError)
        -> NewUser
    {
        guard row.fields.count == header.count else {
            throw RuleError(
                .invalidRequest, "The line has \(row.fields.count) fields; there are \(header.count) columns.")
        }
        func field(_ name: String) -> String { header.firstIndex(of: name).map { row.fields[$0] } ?? "" }
        guard let email = EmailAddress(field("email")) else {
            throw RuleError(.invalidRequest, "“\(field("email"))” is no e-mail address.")
        }
        if !field("name").isEmpty { try checkName(field("name")) }
        guard let method = SignInMethod(name: field("signInMethod")) else {
            throw RuleError(
                .invalidRequest, "The sign-in method must be “password” or “sso”; it is “\(field("signInMethod"))”.")
        }
        let roles = try roles(field("role"), field("account"), organization)
        return NewUser(email: email, name: field("name"), signInMethod: method, roles: roles)
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

    private static func refused(_ line: Int, _ detail: String) -> ImportFileError {
        ImportFileError(lines: [.init(number: line, detail: detail)])
    }
}

/// RFC 4180, with LF taken for CRLF as well.
private enum CSV {
    struct Row {
        let line: Int
        let fields: [String]
    }

    static func rows(_ text: String) throws(ImportFileError) -> [Row] {
        var bytes = Array(text.utf8)[...]
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
        var rows: [Row] = []
        var fields: [String] = []
        var line = 1
        var start = 1
        while true {
            let (field, end) = try self.field(&bytes, &line)
            fields.append(field)
            switch end {
            case .comma: continue
            case .line, .file:
                if fields != [""] { rows.append(Row(line: start, fields: fields)) }  // an empty line says nothing
                fields = []
                start = line
                if end == .file { return rows }
            }
        }
    }

    private enum End { case comma, line, file }

    private static func field(_ bytes: inout ArraySlice<UInt8>, _ line: inout Int) throws(ImportFileError) -> (
        String, End
    ) {
        var field: [UInt8] = []
        if bytes.first == UInt8(ascii: "\"") {
            let opened = line
            bytes.removeFirst()
            while true {
                guard let byte = bytes.popFirst() else {
                    throw ImportFileError(lines: [.init(number: opened, detail: "A quoted field does not end.")])
                }
                if byte == UInt8(ascii: "\"") {
                    guard bytes.first == UInt8(ascii: "\"") else { break }
                    bytes.removeFirst()
                } else if byte == 0x0A {
                    line += 1
                }
                field.append(byte)
            }
        } else {
            while let byte = bytes.first, byte != UInt8(ascii: ","), byte != 0x0A, byte != 0x0D {
                guard byte != UInt8(ascii: "\"") else {
                    throw ImportFileError(lines: [
                        .init(number: line, detail: "A quote stands inside an unquoted field.")
                    ])
                }
                field.append(byte)
                bytes.removeFirst()
            }
        }
        let text = String(decoding: field, as: UTF8.self)
        switch bytes.popFirst() {
        case nil: return (text, .file)
        case UInt8(ascii: ","): return (text, .comma)
        case 0x0D where bytes.first == 0x0A:
            bytes.removeFirst()
            line += 1
            return (text, .line)
        case 0x0A, 0x0D:
            line += 1
            return (text, .line)
        default: throw ImportFileError(lines: [.init(number: line, detail: "Text follows a quoted field.")])
        }
    }
}

public import Events

/// The policy as the API and the command line speak of it (contract: policy members).
public enum PolicyDocument {
    /// The members' names, in the document's order.
    public static let members: [String] = (Policy.defaults.json.members ?? []).map(\.name)

    /// The least and the most that a member may be, in its unit.
    public enum Bounds {
        /// How far clocks may differ, in seconds.
        public static let clockSkewSeconds: ClosedRange<Int64> = 0...300
        /// How long a session lasts, in seconds: at most a year.
        public static let sessionSeconds: ClosedRange<Int64> = 1...31_536_000
        /// How long responses are kept, in days: at most a hundred years.
        public static let evidenceRetentionDays: ClosedRange<Int64> = 1...36_500
        /// How often metadata is fetched again, in hours: at least once a year; 0 is never.
        public static let metadataRefreshHours: ClosedRange<Int64> = 0...8760
    }

    /// The document: every member, null where nothing is set.
    public static func json(_ policy: Policy) -> JSON { policy.json }

    /// Merges a patch as RFC 7396: a member that is null goes back to its default. Unknown members are refused by name.
    public static func merged(_ patch: JSON, into policy: Policy, of organization: Organization) throws(RuleError)
        -> Policy
    {
        guard let changes = patch.members else {
            throw RuleError(.invalidRequest, "A policy's changes are an object of its members; this is none.")
        }
        for change in changes where !members.contains(change.name) {
            throw RuleError(
                .invalidRequest, "The policy has no member “\(change.name)”.",
                remedy: "Its members are \(members.joined(separator: ", ")).")
        }
        return try PolicyReader(document: policy.json.merged(with: patch), organization: organization).policy()
    }

    /// Whether a member alone may have the value, beside the defaults.
    public static func accepts(_ patch: JSON) -> Bool {
        do throws(RuleError) {
            _ = try merged(patch, into: .defaults, of: Organization())
            return true
        } catch {
            return false
        }
    }

    /// The members whose value differs.
    public static func changedMembers(from former: Policy, to policy: Policy) -> [String] {
        members.filter { former.json[$0] != policy.json[$0] }
    }
}

/// Changes the policy; values that are the same already are no event.
public func decidePolicy(patch: JSON, of organization: Organization) throws(RuleError) -> [EventBody] {
    let former = organization.effectivePolicy
    let policy = try PolicyDocument.merged(patch, into: former, of: organization)
    let members = PolicyDocument.changedMembers(from: former, to: policy)
    guard !members.isEmpty else { return [] }
    var changed = PolicyChanged()
    changed.policy = policy
    changed.members = members
    return [.policyChanged(changed)]
}

extension JSON {
    /// RFC 7396 §2.
    public func merged(with patch: JSON) -> JSON {
        guard case .object(let changes) = patch else { return patch }
        var result = members ?? []
        for change in changes {
            let index = result.firstIndex { $0.name == change.name }
            if change.value.isNull {
                if let index { result.remove(at: index) }
            } else if let index {
                result[index] = Member(change.name, result[index].value.merged(with: change.value))
            } else {
                result.append(Member(change.name, JSON.null.merged(with: change.value)))
            }
        }
        return .object(result)
    }
}

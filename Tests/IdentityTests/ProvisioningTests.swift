import Events
import Identity
import Projections
import Testing

@Suite struct `A first login` {
    @Test func `makes a member of every account, and never more`() throws {
        var given = try Given()
        try given.happened(try decideAccount(name: "Second", id: .numbered(3), in: given.organization))
        let roles = provisionedRoles(in: try given.organization)
        #expect(roles.map(\.role) == [.member, .member])
        #expect(roles.map(\.account) == [Given.account.data, Identifier.numbered(3).data])
    }

    @Test func `brings an existing user into the accounts it is not in and was not removed from`() throws {
        var given = try Given()
        try given.imported(10, .sso, role: .administrator)
        try given.happened(try decideAccount(name: "Second", id: .numbered(3), in: given.organization))
        try given.happened(try decideAccount(name: "Third", id: .numbered(4), in: given.organization))
        try given.happened(
            try decideRole(
                of: given.user(10), in: .numbered(4), to: .none, organization: given.organization, by: .operator,
                otherOwners: 0))
        let gained = try gained(given)
        #expect(gained.map(\.account) == [Identifier.numbered(3).data])
        #expect(gained.map(\.role) == [.member])
        try given.happened(gained.map { .roleChanged($0) })
        #expect(try self.gained(given).isEmpty)
    }

    @Test func `raises by the policy's role mapping and never lowers`() throws {
        var given = try Given()
        try given.imported(10, .sso)
        try given.imported(11, .sso, role: .owner)
        try given.happened(
            try decidePolicy(
                patch: [
                    "roleMapping": [
                        [
                            "attribute": "groups", "value": "admins", "account": .string(Given.account.description),
                            "role": "administrator",
                        ]
                    ]
                ], of: given.organization))
        var groups = Attribute()
        groups.name = "groups"
        groups.values = ["staff", "admins"]
        #expect(try gained(given, groups).map(\.role) == [.administrator])
        #expect(try gained(given).isEmpty)
        #expect(try gained(given, groups, user: 11).isEmpty)
    }

    private func gained(_ given: Given, _ attributes: Attribute..., user: UInt8 = 10) throws -> [RoleChanged] {
        try rolesGained(
            byUser: .numbered(user), with: given.user(user).roles, in: given.organization,
            policy: given.organization.effectivePolicy, attributes: attributes
        ).compactMap { if case .roleChanged(let changed) = $0 { changed } else { nil } }
    }
}

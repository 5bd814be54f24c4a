import Events
import Identity
import Projections
import Testing

@Suite struct `Conversion` {
    @Test func `converts one, then all once that one has logged in`() throws {
        var given = try Given()
        try given.configured()
        for number: UInt8 in 10...12 { try given.imported(number) }
        #expect(throws: RuleError.self) { try convertAll(given) }
        try given.happened(try decideConversion(of: [given.user(10)], all: false, force: false, in: given.organization))
        #expect(try given.user(10).signInMethod == .sso)
        #expect(try error(given) == .conversionUntested)
        try given.loggedIn(10, assertion: 1, test: true)
        #expect(try error(given) == .conversionUntested)
        try given.loggedIn(10, assertion: 2)
        #expect(try given.organization.testedSinceConfiguration)
        #expect(try convertAll(given).count == 2)
        try given.happened(try convertAll(given))
        #expect(try convertAll(given).isEmpty)
    }

    @Test func `of all needs a new login after the identity provider was configured again`() throws {
        var given = try Given()
        try given.configured()
        try given.imported(10, .sso)
        try given.loggedIn(10, assertion: 1)
        try given.configured("https://other.example.com")
        #expect(try error(given) == .conversionUntested)
        #expect(throws: Never.self) { try decideConversion(of: [], all: true, force: true, in: given.organization) }
    }

    @Test func `of all is not permitted by the login of someone whom a login provisioned`() throws {
        var given = try Given()
        try given.configured()
        try given.provisioned(10)
        try given.loggedIn(10, assertion: 1)
        #expect(try error(given) == .conversionUntested)
    }

    @Test func `is undone, and undoing again is no event`() throws {
        var given = try Given()
        try given.imported(10, .sso)
        try given.happened(decideReversion(of: [given.user(10)]))
        #expect(try given.user(10).signInMethod == .password)
        #expect(try decideReversion(of: [given.user(10)]).isEmpty)
    }

    private func convertAll(_ given: Given) throws -> [EventBody] {
        try decideConversion(of: given.state.users(Given.organization), all: true, force: false, in: given.organization)
    }

    private func error(_ given: Given) throws -> RuleError.Code? {
        #expect(throws: RuleError.self) { try convertAll(given) }?.code
    }
}

import Events
import Identity
import Projections
import Testing

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Events that happened, folded as the ledger folds them: what a test gives before its command.
struct Given {
    static let organization = Identifier.numbered(1)
    static let account = Identifier.numbered(2)

    private(set) var state = MemoryState()
    private(set) var events: [Event] = []

    /// An organization with one account, of the same name.
    init() throws {
        try happened(try decideCreation(name: "Example", account: Self.account))
    }

    var organization: Organization {
        get throws { try state.organization(Self.organization) ?? Organization() }
    }

    func user(_ number: UInt8) throws -> User { try state.user(Self.organization, .numbered(number)) ?? User() }

    /// Appends and folds; the instant of each event is its sequence in minutes.
    @discardableResult
    mutating func happened(
        _ bodies: [EventBody], in organization: Identifier = Self.organization, causedBy: UInt64 = 0
    ) throws -> UInt64 {
        for body in bodies {
            var body = body
            // A session's ID begins with the sequence of the event that starts it.
            if case .sessionStarted(var started) = body {
                started.session = Data(UInt64(events.count + 1).bigEndianBytes) + started.session.dropFirst(8)
                body = .sessionStarted(started)
            }
            var event = Event(
                body, organization: organization, actor: .system, correlation: .numbered(9), causedBy: causedBy)
            event.sequence = UInt64(events.count + 1)
            event.recordedAt = event.sequence * 60_000_000_000
            events.append(event)
            try state.fold(event)
        }
        return UInt64(events.count)
    }

    /// A user whose ID and address are made of the number.
    mutating func imported(_ number: UInt8, _ method: SignInMethod = .password, role: Role = .member) throws {
        var entry = AccountRole()
        entry.account = Self.account.data
        entry.role = role
        let user = NewUser(
            email: try #require(EmailAddress("user\(number)@example.com")), name: "User \(number)",
            signInMethod: method,
            roles: role == .none ? [] : [entry])
        try happened(
            try decideImport(
                user, existing: nil, id: .numbered(number), addressHash: Self.addressHash(number),
                personal: Self.sealed(number)))
    }

    /// An accepted login with what it entails, as the ledger records it.
    mutating func provisioned(_ number: UInt8) throws {
        var body = UserProvisioned()
        body.user = Identifier.numbered(number).data
        body.addressHash = Data(Self.addressHash(number))
        body.personal = Self.sealed(number)
        try happened([.userProvisioned(body)])
    }

    mutating func loggedIn(_ number: UInt8, assertion: UInt8, test: Bool = false) throws {
        var received = AssertionReceived()
        received.accepted = true
        received.user = Identifier.numbered(number).data
        received.issuer = "https://idp.example.com"
        received.assertionID = "_\(assertion)"
        received.facts.test = test
        try happened([.assertionReceived(received)])
    }

    mutating func configured(_ entityID: String = "https://idp.example.com") throws {
        try happened(decideConfiguration(Self.configuration(entityID), of: organization))
    }

    static func configuration(_ entityID: String) -> IdentityProviderConfigured {
        var configuration = IdentityProviderConfigured()
        configuration.entityID = entityID
        configuration.metadataDigest = Data(entityID.utf8)
        var endpoint = Endpoint()
        endpoint.location = "https://idp.example.com/sso"
        configuration.singleSignOnServices = [endpoint]
        configuration.signingCertificates = [Data([1]), Data([2])]
        return configuration
    }

    static func addressHash(_ number: UInt8) -> [UInt8] { [UInt8](repeating: number, count: 32) }

    static func sealed(_ number: UInt8) -> Sealed {
        var sealed = Sealed()
        sealed.keyID = Identifier.numbered(number).data
        sealed.box = Data([number])
        return sealed
    }
}

extension Identifier {
    /// Sixteen times the same byte.
    static func numbered(_ number: UInt8) -> Identifier {
        guard let identifier = Identifier(bytes: [UInt8](repeating: number, count: 16)) else {
            preconditionFailure("16 bytes make an identifier")
        }
        return identifier
    }
}

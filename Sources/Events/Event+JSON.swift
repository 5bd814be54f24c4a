#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension Event {
    /// The event as the API and the command line show it (contract: an event).
    ///
    /// - Parameters:
    ///   - leafHash: The leaf's RFC 6962 hash, or nil where it is not at hand.
    ///   - open: Opens sealed personal data; nil where the key is destroyed or not here. Then its members are null.
    public func json(leafHash: [UInt8]?, open: (Sealed) -> PersonalData?) -> JSON {
        let members: [JSON.Member] = [
            .init("sequence", JSON(sequence)),
            .init("id", JSON(uuidText)),
            .init("recordedAt", JSON(recordedInstant)),
            .init("type", JSON(body?.name)),
            .init("organization", JSON(identifier: organization)),
            .init("actor", actor.json),
            .init("correlation", JSON(identifier: correlation)),
            .init("causedBy", causedBy == 0 ? .null : JSON(causedBy)),
            .init("leafHash", JSON(leafHash?.hexadecimal)),
            .init("data", body?.json(of: organizationID, open: open) ?? .null),
        ]
        return .object(hasOrigin ? members + [.init("origin", origin.json)] : members)
    }

    /// The event ID in the form of RFC 9562 §4.
    public var uuidText: String {
        let digits = Array(id.hexadecimal.utf8)
        guard digits.count == 32 else { return String(decoding: digits, as: UTF8.self) }
        return [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(decoding: digits[$0], as: UTF8.self) }
            .joined(separator: "-")
    }
}

extension EventOrigin {
    /// `{"kind","digest","place"}`, null where nothing is.
    public var json: JSON {
        ["kind": .string(kindName), "digest": JSON(identifier: digest), "place": JSON(sequence: place)]
    }

    private var kindName: String {
        switch kind {
        case .file: "file"
        case .history: "history"
        case .ledger: "ledger"
        case .unspecified, .UNRECOGNIZED: "unknown"
        }
    }
}

extension Actor {
    /// `{"kind","id"}`.
    public var json: JSON { .object([.init("kind", .string(kindName)), .init("id", JSON(identifier: id))]) }

    /// The kind as the API spells it.
    public var kindName: String {
        switch kind {
        case .unspecified: "unknown"
        case .system: "system"
        case .commandLine: "commandLine"
        case .token: "token"
        case .setupLink: "setupLink"
        case .user: "user"
        case .identityProvider: "identityProvider"
        case .anonymous: "anonymous"
        case .UNRECOGNIZED: "unknown"
        }
    }
}

extension JSON {
    /// Bytes in lowercase hexadecimal; null where there are none.
    fileprivate init(identifier: Data) { self = identifier.isEmpty ? .null : .string(identifier.hexadecimal) }

    /// A text; null where it is empty.
    fileprivate init(nonempty text: String) { self = text.isEmpty ? .null : .string(text) }

    /// An instant; null where it is 0.
    fileprivate init(nanoseconds: UInt64) { self = nanoseconds == 0 ? .null : JSON(Instant(nanoseconds: nanoseconds)) }

    /// A sequence; null where it is 0.
    fileprivate init(sequence: UInt64) { self = sequence == 0 ? .null : JSON(sequence) }
}

extension Event.OneOf_Body {
    /// The members of `data`.
    fileprivate func json(of organization: Identifier?, open: (Sealed) -> PersonalData?) -> JSON {
        switch self {
        case .serviceConfigured(let body): ["publicURL": .string(body.publicURL)]
        case .serviceProviderKeyAdded(let body):
            [
                "key": JSON(identifier: body.keyID), "use": .string(body.use.name),
                "certificate": .string(body.certificate.base64EncodedString()),
            ]
        case .serviceProviderKeyRetired(let body): ["key": JSON(identifier: body.keyID)]
        case .organizationCreated(let body): ["name": .string(body.name)]
        case .organizationRenamed(let body): ["name": .string(body.name)]
        case .accountAdded(let body): ["account": JSON(identifier: body.account), "name": .string(body.name)]
        case .identityProviderConfigured(let body): body.json
        case .identityProviderRefreshed(let body):
            [
                "held": .bool(body.held), "changes": .array(body.changes.map(JSON.string)),
                "configuration": body.configuration.json,
            ]
        case .metadataRefreshFailed(let body):
            ["metadataURL": .string(body.metadataURL), "reason": .string(body.reason)]
        case .domainVerified(let body): ["domain": .string(body.domain)]
        case .domainRemoved(let body): ["domain": .string(body.domain)]
        case .certificateEndNoticed(let body):
            ["certificateSHA256": JSON(identifier: body.certificateSha256), "notAfter": JSON(nanoseconds: body.notAfter)]
        case .policyChanged(let body):
            ["members": .array(body.members.map(JSON.string)), "policy": body.policy.json]
        case .assertionReceived(let body): body.json(of: organization, open: open)
        case .refusalsSummarized(let body):
            ["from": JSON(nanoseconds: body.from), "to": JSON(nanoseconds: body.to), "count": JSON(body.count)]
        case .evidenceExpired(let body): ["first": JSON(body.first), "last": JSON(body.last)]
        case .userImported(let body):
            .object(
                [.init("user", JSON(identifier: body.user))] + Self.members(body.personal, open)
                    + [.init("signInMethod", .string(body.signInMethod.name)), .init("roles", Self.json(body.roles))])
        case .userProvisioned(let body):
            .object(
                [.init("user", JSON(identifier: body.user))] + Self.members(body.personal, open)
                    + [.init("roles", Self.json(body.roles))])
        case .userProfileChanged(let body):
            .object([.init("user", JSON(identifier: body.user))] + Self.members(body.personal, open))
        case .userEmailChanged(let body):
            .object([.init("user", JSON(identifier: body.user))] + Self.members(body.personal, open))
        case .userConverted(let body): ["user": JSON(identifier: body.user), "forced": .bool(body.forced)]
        case .userConversionReverted(let body): ["user": JSON(identifier: body.user)]
        case .roleChanged(let body):
            [
                "user": JSON(identifier: body.user), "account": JSON(identifier: body.account),
                "role": .string(body.role.name), "former": .string(body.former.name),
            ]
        case .userDeactivated(let body): ["user": JSON(identifier: body.user)]
        case .userReactivated(let body): ["user": JSON(identifier: body.user)]
        case .userErased(let body): ["user": JSON(identifier: body.user)]
        case .sessionStarted(let body):
            [
                "user": JSON(identifier: body.user), "session": JSON(identifier: body.session),
                "authenticatedAt": JSON(nanoseconds: body.authenticatedAt),
                "expiresAt": JSON(nanoseconds: body.expiresAt),
            ]
        case .sessionEnded(let body):
            [
                "user": JSON(identifier: body.user), "session": JSON(identifier: body.session),
                "reason": .string(body.reason.name),
            ]
        case .setupLinkIssued(let body):
            ["link": JSON(identifier: body.link), "expiresAt": JSON(nanoseconds: body.expiresAt)]
        case .setupLinkUsed(let body):
            ["link": JSON(identifier: body.link), "sessionExpiresAt": JSON(nanoseconds: body.sessionExpiresAt)]
        case .tokenIssued(let body):
            [
                "token": JSON(identifier: body.token), "role": .string(body.role),
                "organization": JSON(identifier: body.organization), "expiresAt": JSON(nanoseconds: body.expiresAt),
            ]
        case .tokenRevoked(let body): ["token": JSON(identifier: body.token)]
        case .setupLinkRevoked(let body): ["link": JSON(identifier: body.link)]
        }
    }

    private static func members(_ sealed: Sealed, _ open: (Sealed) -> PersonalData?) -> [JSON.Member] {
        let personal = open(sealed)
        return [
            .init("email", JSON(personal?.email)), .init("name", JSON(personal?.name)),
            .init("attributes", personal.map { JSON(attributes: $0.attributes) } ?? .null),
        ]
    }

    private static func json(_ roles: [AccountRole]) -> JSON {
        .object(roles.map { JSON.Member($0.account.hexadecimal, .string($0.role.name)) })
    }
}

extension JSON {
    /// Attributes as name → array of strings; values of a name that came twice stand together.
    public init(attributes: [Attribute]) {
        var names: [String] = []
        var values: [String: [String]] = [:]
        for attribute in attributes {
            if values[attribute.name] == nil { names.append(attribute.name) }
            values[attribute.name, default: []] += attribute.values
        }
        self = .object(names.map { Member($0, .array((values[$0] ?? []).map(JSON.string))) })
    }
}

extension IdentityProviderConfigured {
    fileprivate var json: JSON {
        [
            "entityID": .string(entityID), "metadataURL": JSON(nonempty: metadataURL),
            "singleSignOnServices": .array(singleSignOnServices.map(\.json)),
            "singleLogoutServices": .array(singleLogoutServices.map(\.json)),
            "signingCertificates": .array(signingCertificates.map { .string($0.base64EncodedString()) }),
            "validUntil": JSON(nanoseconds: validUntil), "preset": JSON(nonempty: preset),
            "wantsSignedRequests": .bool(wantsSignedRequests),
            "metadataSHA256": JSON(identifier: metadataDigest),
            "metadataCertificate": metadataCertificate.isEmpty ? .null : .string(metadataCertificate.base64EncodedString()),
            "cacheSeconds": cacheSeconds == 0 ? .null : JSON(cacheSeconds),
        ]
    }
}

extension Endpoint {
    fileprivate var json: JSON { ["binding": .string(binding), "location": .string(location)] }
}

extension AssertionReceived {
    fileprivate func json(of organization: Identifier?, open: (Sealed) -> PersonalData?) -> JSON {
        let personal = hasPersonal ? open(self.personal) : nil
        return [
            "outcome": accepted ? "accepted" : "refused", "code": JSON(nonempty: code),
            "detail": JSON(nonempty: detail),
            "email": JSON(personal?.email), "name": JSON(personal?.name),
            "attributes": personal.map { JSON(attributes: $0.attributes) } ?? .null,
            "user": JSON(identifier: user), "identityProvider": JSON(nonempty: issuer),
            "certificateSHA256": JSON(identifier: certificateSha256), "unsolicited": .bool(unsolicited),
            "assertionID": JSON(nonempty: assertionID), "inResponseTo": JSON(nonempty: inResponseTo),
            "sessionIndex": JSON(nonempty: sessionIndex), "usedSHA1": .bool(usedSha1),
            "relayStateIgnored": .bool(relayStateIgnored), "responseDigest": JSON(identifier: responseDigest),
            "responseSize": JSON(UInt64(responseSize)), "evidenceKept": .bool(evidenceKept),
            "programVersion": JSON(nonempty: programVersion), "facts": facts.json(of: organization, user: user),
        ]
    }
}

extension SignOnFacts {
    fileprivate func json(of organization: Identifier?, user login: Data) -> JSON {
        let addresses = self.addresses(of: organization)
        return [
            "instant": JSON(nanoseconds: instant), "postedTo": JSON(nonempty: addresses.postedTo),
            "acsURLs": .array(addresses.acsURLs.map(JSON.string)),
            "serviceProviderEntityID": JSON(nonempty: addresses.serviceProviderEntityID),
            "configurationRevision": JSON(sequence: configurationRevision),
            "policyRevision": JSON(sequence: policyRevision),
            "requestIsOurs": .bool(requestIsOurs), "requestInstant": JSON(nanoseconds: requestInstant),
            "requestCookie": .bool(requestCookie), "answeredBy": JSON(sequence: answeredBy),
            "replayOf": JSON(sequence: replayOf), "userKnown": .bool(userKnown), "userActive": .bool(userActive),
            "userConverted": .bool(userConverted), "user": JSON(identifier: userKnown && user.isEmpty ? login : user), "test": .bool(test),
            "knownByPersistentID": .bool(knownByPersistentID), "addressTaken": .bool(addressTaken),
            "verifiedDomains": .array(verifiedDomains.map(JSON.string)),
        ]
    }
}

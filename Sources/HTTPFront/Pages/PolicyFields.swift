import Events
import Identity
import SAML

/// The policy's members as the policy page's form has them (contract: policy members).
struct PolicyField: Sendable {
    enum Kind: Sendable {
        case flag
        case number(ClosedRange<Int64>, Unit)
        case text
        /// One value to a line.
        case lines
        case choice([String])
    }

    /// What a number counts.
    enum Unit: Sendable {
        case seconds, hours, days

        var name: PolicyPhrase {
            switch self {
            case .seconds: .seconds
            case .hours: .hours
            case .days: .days
            }
        }

        func words(_ count: JSON) -> any Said {
            let (one, some): (PolicyPhrase, PolicyPhrase) =
                switch self {
                case .seconds: (.oneSecond, .someSeconds)
                case .hours: (.oneHour, .someHours)
                case .days: (.oneDay, .someDays)
                }
            return count == 1 ? one : some(["count": count.text])
        }
    }

    /// The member's name; a member of a member after a point.
    let member: String
    let label: PolicyPhrase
    let kind: Kind
    let hint: PolicyPhrase?

    init(_ member: String, _ label: PolicyPhrase, _ kind: Kind, _ hint: PolicyPhrase? = nil) {
        self.member = member
        self.label = label
        self.kind = kind
        self.hint = hint
    }

    struct Section: Sendable {
        let id: String
        let title: PolicyPhrase
        let fields: [PolicyField]
    }

    private typealias Bounds = PolicyDocument.Bounds

    /// Every member but `roleMapping`, whose rules have rows of their own.
    static let sections: [Section] = [
        Section(
            id: "who", title: .who,
            fields: [
                .init("allowUnsolicited", .allowUnsolicited, .flag, .allowUnsolicitedHint),
                .init("provisionUsers", .provisionUsers, .flag, .provisionUsersHint),
                .init("allowedEmailDomains", .allowedEmailDomains, .lines, .allowedEmailDomainsHint),
            ]),
        Section(
            id: "response", title: .response,
            fields: [
                .init("requireSignedAssertion", .requireSignedAssertion, .flag, .requireSignedAssertionHint),
                .init("requireEncryptedAssertion", .requireEncryptedAssertion, .flag),
                .init("refuseExpiredCertificates", .refuseExpiredCertificates, .flag, .refuseExpiredCertificatesHint),
                .init("allowSHA1Until", .allowSHA1Until, .text, .allowSHA1UntilHint),
                .init("clockSkewSeconds", .clockSkewSeconds, .number(Bounds.clockSkewSeconds, .seconds)),
            ]),
        Section(
            id: "session", title: .session,
            fields: [
                .init("sessionSeconds", .sessionSeconds, .number(Bounds.sessionSeconds, .seconds), .sessionSecondsHint),
                .init("landingURL", .landingURL, .text, .landingURLHint),
                .init("relayStateOrigins", .relayStateOrigins, .lines, .relayStateOriginsHint),
            ]),
        Section(
            id: "requests", title: .requests,
            fields: [
                .init("signRequests", .signRequests, .flag, .signRequestsHint),
                .init("requestBinding", .requestBinding, .choice(["redirect", "post"])),
                .init("forceAuthn", .forceAuthn, .flag),
                .init("isPassive", .isPassive, .flag, .isPassiveHint),
                .init("nameIDFormat", .nameIDFormat, .text, .uriHint),
                .init("requestedAuthnContext", .requestedAuthnContext, .text, .uriHint),
            ]),
        Section(
            id: "attributes", title: .attributes,
            fields: [
                .init("attributeMapping.preset", .preset, .choice([""] + IdentityProviderPreset.allCases.map(\.rawValue)), .presetHint),
                .init("attributeMapping.email", .email, .text, .emailHint),
                .init("attributeMapping.name", .fullName, .text),
                .init("attributeMapping.firstName", .firstName, .text),
                .init("attributeMapping.lastName", .lastName, .text),
                .init("attributeMapping.groups", .groups, .text),
            ]),
        Section(
            id: "keeping", title: .keeping,
            fields: [
                .init(
                    "metadataRefreshHours", .metadataRefreshHours, .number(Bounds.metadataRefreshHours, .hours), .metadataRefreshHoursHint),
                .init(
                    "evidenceRetentionDays", .evidenceRetentionDays, .number(Bounds.evidenceRetentionDays, .days),
                    .evidenceRetentionDaysHint
                ),
            ]),
    ]

    static let all: [PolicyField] = sections.flatMap(\.fields)

    /// The member's value in a policy's document.
    func value(in policy: JSON) -> JSON {
        member.split(separator: ".").reduce(policy) { document, name in document[String(name)] ?? .null }
    }

    /// The value as the form's field holds it.
    func text(_ value: JSON) -> String {
        if let values = value.arrayValue { return values.compactMap(\.stringValue).joined(separator: "\n") }
        return value.isNull ? "" : value.stringValue ?? value.text
    }

    /// What was typed, as the member's value; what is no such value is told by whoever reads the policy.
    func json(_ text: String) -> JSON {
        let typed = String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
        switch kind {
        case .flag: return .bool(typed == "true")
        case .lines:
            return .array(
                typed.split(whereSeparator: \.isNewline).map { .string(String($0.filter { !$0.isWhitespace })) }.filter { $0 != "" })
        case .number where !typed.isEmpty: return Int64(typed).map(JSON.integer) ?? .string(typed)
        case .number, .text, .choice: return typed.isEmpty ? .null : .string(typed)
        }
    }

    /// A value in words.
    func words(_ value: JSON) -> any Said {
        if let flag = value.boolValue { return flag ? PolicyPhrase.yes : PolicyPhrase.no }
        if value == .array([]) { return PolicyPhrase.empty }
        if let values = value.arrayValue { return values.compactMap(\.stringValue).joined(separator: ", ") }
        if value.isNull { return PolicyPhrase.notSet }
        if case .number(_, let unit) = kind { return unit.words(value) }
        return PolicyPhrase.quoted(["value": value.stringValue ?? value.text])
    }
}

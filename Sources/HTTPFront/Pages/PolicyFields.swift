import Events
import Identity
import SAML

/// The policy's members as the policy page's form has them (contract: policy members).
struct PolicyField: Sendable {
    enum Kind: Sendable {
        case flag
        case number(ClosedRange<Int64>, unit: String)
        case text
        /// One value to a line.
        case lines
        case choice([String])
    }

    /// The member's name; a member of a member after a point.
    let member: String
    let label: String
    let help: String
    let kind: Kind

    init(_ member: String, _ label: String, _ kind: Kind, _ help: String = "") {
        self.member = member
        self.label = label
        self.help = help
        self.kind = kind
    }

    struct Section: Sendable {
        let id: String
        let title: String
        let fields: [PolicyField]
    }

    /// Every member but `roleMapping`, whose rules have rows of their own.
    static let sections: [Section] = [
        Section(
            id: "who", title: "Who may sign in",
            fields: [
                .init("allowUnsolicited", "Logins may begin at the identity provider", .flag, "Its portal's tiles need this."),
                .init("provisionUsers", "New people become users at their first login", .flag, "They become members, never more."),
                .init("allowedEmailDomains", "E-mail domains that may sign in", .lines, "One to a line, such as example.com; none: any."),
            ]),
        Section(
            id: "response", title: "What a response must be",
            fields: [
                .init(
                    "requireSignedAssertion", "The assertion itself must be signed", .flag,
                    "A signature over the response is then not enough."),
                .init("requireEncryptedAssertion", "The assertion must be encrypted", .flag),
                .init(
                    "refuseExpiredCertificates", "A certificate that has ended is refused", .flag,
                    "Else its end is warned of only, since what is trusted is the key."),
                .init(
                    "allowSHA1Until", "SHA-1 signatures are accepted until", .text,
                    "Such as 2026-12-31T00:00:00Z; empty: never. For old identity providers, for as long as they need to change."),
                .init("clockSkewSeconds", "How far clocks may differ", .number(PolicyDocument.Bounds.clockSkewSeconds, unit: "seconds")),
            ]),
        Section(
            id: "session", title: "After signing in",
            fields: [
                .init(
                    "sessionSeconds", "How long a session lasts", .number(PolicyDocument.Bounds.sessionSeconds, unit: "seconds"),
                    "28800 are eight hours. Never longer than the identity provider says."),
                .init("landingURL", "Where a login leads", .text, "An https address; empty: this service's home page."),
                .init(
                    "relayStateOrigins", "Other places that a login may lead to", .lines,
                    "One origin to a line, such as https://app.example.com."),
            ]),
        Section(
            id: "requests", title: "Requests to the identity provider",
            fields: [
                .init("signRequests", "Requests are signed", .flag, "Where its metadata wants that, they always are."),
                .init("requestBinding", "How a request is sent", .choice(["redirect", "post"])),
                .init("forceAuthn", "People are asked for their password each time", .flag),
                .init("isPassive", "Nobody is asked for anything", .flag, "Only who is signed in there already gets in."),
                .init("nameIDFormat", "NameID format that is asked for", .text, "A URI; empty: none, which suits nearly all."),
                .init(
                    "requestedAuthnContext", "Authentication context that is asked for", .text,
                    "A URI; empty: none, which suits nearly all."),
            ]),
        Section(
            id: "attributes", title: "Which attribute is what",
            fields: [
                .init(
                    "attributeMapping.preset", "Names as those of", .choice([""] + IdentityProviderPreset.allCases.map(\.rawValue)),
                    "Empty: recognised from the metadata."),
                .init("attributeMapping.email", "E-mail address", .text, "An attribute's name; empty: the NameID, else the usual names."),
                .init("attributeMapping.name", "Full name", .text),
                .init("attributeMapping.firstName", "First name", .text),
                .init("attributeMapping.lastName", "Last name", .text),
                .init("attributeMapping.groups", "Groups", .text),
            ]),
        Section(
            id: "keeping", title: "Metadata and evidence",
            fields: [
                .init(
                    "metadataRefreshHours", "Metadata that has an address is fetched again after",
                    .number(PolicyDocument.Bounds.metadataRefreshHours, unit: "hours"),
                    "0: never."),
                .init(
                    "evidenceRetentionDays", "Responses are kept for", .number(PolicyDocument.Bounds.evidenceRetentionDays, unit: "days"),
                    "Empty: for ever. What is gone can't be judged again."),
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
    func words(_ value: JSON) -> String {
        if let flag = value.boolValue { return flag ? "yes" : "no" }
        if let values = value.arrayValue { return values.isEmpty ? "none" : values.compactMap(\.stringValue).joined(separator: ", ") }
        if value.isNull { return "not set" }
        if case .number(_, let unit) = kind { return "\(value.text) \(unit)" }
        return "“\(value.stringValue ?? value.text)”"
    }
}

import Events
import SAML

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Reads a whole policy document, value by value; what is absent or null is the default.
struct PolicyReader {
    let document: JSON
    let organization: Organization

    func policy() throws(RuleError) -> Policy {
        var policy = Policy.defaults
        try readChecks(into: &policy)
        try readRequests(into: &policy)
        policy.roleMapping = try roleMapping()
        policy.attributeMapping = try attributeMapping()
        return policy
    }

    private func readChecks(into policy: inout Policy) throws(RuleError) {
        policy.allowUnsolicited = try bool("allowUnsolicited", policy.allowUnsolicited)
        policy.provisionUsers = try bool("provisionUsers", policy.provisionUsers)
        policy.allowedEmailDomains = try list("allowedEmailDomains", "e-mail domains, such as “example.com”") {
            EmailAddress.domain($0)
        }
        policy.clockSkewSeconds = try number("clockSkewSeconds", policy.clockSkewSeconds, PolicyDocument.Bounds.clockSkewSeconds)
        policy.sessionSeconds = try number("sessionSeconds", policy.sessionSeconds, PolicyDocument.Bounds.sessionSeconds)
        policy.allowSha1Until = try instant("allowSHA1Until")
        policy.refuseExpiredCertificates = try bool("refuseExpiredCertificates", policy.refuseExpiredCertificates)
        policy.requireSignedAssertion = try bool("requireSignedAssertion", policy.requireSignedAssertion)
        policy.requireEncryptedAssertion = try bool("requireEncryptedAssertion", policy.requireEncryptedAssertion)
        if value("evidenceRetentionDays") != nil {
            policy.evidenceRetentionDays = try number("evidenceRetentionDays", 0, PolicyDocument.Bounds.evidenceRetentionDays)
        }
    }

    private func readRequests(into policy: inout Policy) throws(RuleError) {
        policy.signRequests = try bool("signRequests", policy.signRequests)
        policy.forceAuthn = try bool("forceAuthn", policy.forceAuthn)
        policy.isPassive = try bool("isPassive", policy.isPassive)
        // Core §3.4.1: who must be asked anew can't be let in without being asked.
        guard !policy.forceAuthn || !policy.isPassive else {
            throw RuleError(.invalidRequest, "“forceAuthn” and “isPassive” contradict each other.", remedy: "Set one of them to false.")
        }
        if let binding = value("requestBinding") {
            guard let text = binding.stringValue, text == "redirect" || text == "post" else {
                throw invalid("requestBinding", "“redirect” or “post”")
            }
            policy.requestBinding = text
        }
        policy.nameIDFormat = try uri("nameIDFormat", such: "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress")
        policy.requestedAuthnContext = try uri(
            "requestedAuthnContext", such: "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport")
        policy.relayStateOrigins = try list(
            "relayStateOrigins", "origins, such as “https://app.example.com”", Self.origin)
        if let landing = value("landingURL") {
            guard let text = landing.stringValue, Origin(of: text) != nil else {
                throw invalid("landingURL", "an http or https address, or null")
            }
            policy.landingURL = text
        }
        policy.metadataRefreshHours = try number(
            "metadataRefreshHours", policy.metadataRefreshHours, PolicyDocument.Bounds.metadataRefreshHours)
    }

    private func roleMapping() throws(RuleError) -> [RoleMapping] {
        guard let value = value("roleMapping") else { return [] }
        guard let entries = value.arrayValue, entries.count <= 1000 else {
            throw invalid("roleMapping", "an array of at most 1000 objects")
        }
        var mappings: [RoleMapping] = []
        for entry in entries {
            try refuseUnknown(entry, ["attribute", "value", "account", "role"], in: "roleMapping")
            guard let attribute = entry["attribute"]?.stringValue, Self.isPlain(attribute),
                let value = entry["value"]?.stringValue, let account = entry["account"]?.stringValue,
                let role = entry["role"]?.stringValue
            else { throw invalid("roleMapping", "objects with the strings “attribute”, “value”, “account” and “role”") }
            guard let id = Identifier(account), organization.account(id) != nil else {
                throw invalid("roleMapping", "about accounts of this organization; “\(account)” is none")
            }
            guard role == "member" || role == "administrator" else {
                throw invalid(
                    "roleMapping", "about the roles “member” and “administrator”, never above; “\(role)” is neither")
            }
            var mapping = RoleMapping()
            mapping.attribute = attribute
            mapping.value = value
            mapping.account = id.data
            mapping.role = role == "member" ? .member : .administrator
            mappings.append(mapping)
        }
        return mappings
    }

    private func attributeMapping() throws(RuleError) -> AttributeMapping {
        var mapping = AttributeMapping()
        guard let value = value("attributeMapping") else { return mapping }
        try refuseUnknown(
            value, ["preset", "email", "name", "firstName", "lastName", "groups"], in: "attributeMapping")
        func name(_ member: String) throws(RuleError) -> String {
            guard let name = value[member], !name.isNull else { return "" }
            guard let text = name.stringValue, Self.isPlain(text) else {
                throw invalid("attributeMapping.\(member)", "an attribute's name of 1 to 1024 characters, or null")
            }
            return text
        }
        if let text = Optional(try name("preset")), !text.isEmpty {
            guard let preset = IdentityProviderPreset(named: text) else {
                throw invalid(
                    "attributeMapping.preset", "one of \(IdentityProviderPreset.allCases.map(\.rawValue).joined(separator: ", ")), or null")
            }
            mapping.preset = preset.rawValue
        }
        mapping.email = try name("email")
        mapping.name = try name("name")
        mapping.firstName = try name("firstName")
        mapping.lastName = try name("lastName")
        mapping.groups = try name("groups")
        return mapping
    }

    private func value(_ name: String) -> JSON? {
        guard let value = document[name], !value.isNull else { return nil }
        return value
    }

    private func bool(_ name: String, _ standard: Bool) throws(RuleError) -> Bool {
        guard let value = value(name) else { return standard }
        guard let flag = value.boolValue else { throw invalid(name, "true or false") }
        return flag
    }

    private func number(_ name: String, _ standard: UInt32, _ range: ClosedRange<Int64>) throws(RuleError) -> UInt32 {
        guard let value = value(name) else { return standard }
        guard let number = value.integerValue, range.contains(number) else {
            throw invalid(name, "a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return UInt32(number)
    }

    private func instant(_ name: String) throws(RuleError) -> UInt64 {
        guard let value = value(name) else { return 0 }
        guard let text = value.stringValue, let instant = Instant(rfc3339: text), instant.nanoseconds > 0 else {
            throw invalid(name, "an instant such as “2026-12-31T00:00:00Z”, or null")
        }
        return instant.nanoseconds
    }

    private func uri(_ name: String, such example: String) throws(RuleError) -> String {
        guard let value = value(name) else { return "" }
        guard let text = value.stringValue, text.contains(":"), Self.isPlain(text), !text.contains(" ") else {
            throw invalid(name, "a URI such as “\(example)”, or null")
        }
        return text
    }

    private func list(_ name: String, _ what: String, _ read: (String) -> String?) throws(RuleError) -> [String] {
        guard let value = value(name) else { return [] }
        guard let values = value.arrayValue, values.count <= 1000 else {
            throw invalid(name, "an array of at most 1000 \(what)")
        }
        var result: [String] = []
        for value in values {
            guard let text = value.stringValue, let read = read(text) else {
                throw invalid(name, "an array of \(what); “\(value.stringValue ?? value.text)” is none")
            }
            if !result.contains(read) { result.append(read) }
        }
        return result
    }

    private func refuseUnknown(_ value: JSON, _ names: [String], in member: String) throws(RuleError) {
        guard let members = value.members else { throw invalid(member, "made of objects") }
        for other in members where !names.contains(other.name) {
            throw RuleError(
                .invalidRequest, "“\(member)” has no member “\(other.name)”.",
                remedy: "Its members are \(names.joined(separator: ", ")).")
        }
    }

    private func invalid(_ name: String, _ wanted: String) -> RuleError {
        RuleError(.invalidRequest, "“\(name)” must be \(wanted).")
    }

    private static func isPlain(_ text: String) -> Bool {
        (1...1024).contains(text.count) && !text.unicodeScalars.contains { $0.properties.generalCategory == .control }
    }

    // An origin and nothing more, as browsers write it.
    private static func origin(_ text: String) -> String? {
        guard let origin = Origin(of: text) else { return nil }
        let written = text.lowercased()
        let full = "\(origin.scheme)://\(origin.host):\(origin.port)"
        return [origin.description, origin.description + "/", full, full + "/"].contains(written)
            ? origin.description : nil
    }
}

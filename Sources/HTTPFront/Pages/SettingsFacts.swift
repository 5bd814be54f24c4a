import Events
import IdentityLedger
import SAML

/// What the settings page says of an organization.
struct SettingsFacts {
    let organization: Identifier
    /// As the administration API shows it.
    let state: JSON
    let url: PublicURL
    /// The product whose steps are shown; nil: none was chosen.
    let guide: Guide?
    /// Whether a login, or a test of one, has passed since the identity provider was last configured.
    let isTested: Bool
    let now: Instant

    private var provider: JSON? { Self.provider(state) }

    /// nil: none is configured yet.
    static func provider(_ state: JSON) -> JSON? {
        guard let provider = state["identityProvider"], !provider.isNull else { return .none }
        return .some(provider)
    }

    /// Above every form of the page.
    func facts(typed: TypedMetadata, form: String) -> [String: Any] {
        let address = url.address("/organizations/\(organization)/settings")
        let preset = IdentityProviderPreset(rawValue: provider?["preset"]?.stringValue ?? "")
        let recognised = guide == nil ? Guide.of(preset) : nil
        var facts: [String: Any] = [
            "organization": organization.description, "form": form, "base": url.path,
            "query": guide.map { "?provider=\($0.id)" } ?? "", "path": path(Guide.of(preset)?.name ?? preset?.rawValue),
            "guides": Guide.all.map { guide -> [String: Any] in
                let isChosen = guide.id == self.guide?.id || guide.id == recognised?.id
                return ["href": "\(address)?provider=\(guide.id)#ours", "name": guide.name, "isChosen": isChosen]
            },
            "copied": [
                ("organization-id", SettingsPhrase.organizationID, organization.description),
                ("acs-url", .acsURL, text("acsURL")), ("audience-uri", .audienceURI, text("audienceURI")),
            ].map { ["id": $0.0, "label": $0.1, "value": $0.2] as [String: Any] },
            "acsPathURL": url.address("/saml/acs/\(organization)"), "metadataURL": text("metadataURL"),
            "isConfigured": provider != nil,
        ]
        if let guide {
            facts["guide"] = guide.facts(
                .init(
                    acsURL: text("acsURL"), audienceURI: text("audienceURI"), loginURL: text("loginURL"), metadataURL: text("metadataURL")))
        }
        facts.merge(typed.facts(saved: provider?["metadataURL"]?.stringValue)) { $1 }
        if let provider { facts["configured"] = configured(provider) }
        return facts
    }

    private func text(_ name: String) -> String { state[name]?.stringValue ?? "" }

    // Whether the metadata says that it doesn't hold any more.
    private var hasEnded: Bool {
        provider?["validUntil"]?.stringValue.flatMap { Instant(rfc3339: $0) }.map { $0 <= now } ?? false
    }

    // What comes next is the first step that isn't done; what can't be seen from here counts as done with the step after it.
    private func path(_ product: (any Said)?) -> [[String: Any]] {
        let isConfigured = provider != nil
        let steps: [(id: String, name: SettingsPhrase, isDone: Bool, isThere: Bool)] = [
            ("provider", .stepProvider, isConfigured || guide != nil, true), ("ours", .stepOurs, isConfigured, true),
            ("save", .stepSave, isConfigured, true), ("theirs", .stepTheirs, isConfigured && (isTested || !hasEnded), isConfigured),
            ("try", .stepTry, isTested, isConfigured), ("share", .stepShare, false, isConfigured),
        ]
        let next = steps.firstIndex { !$0.isDone }
        return steps.enumerated().map { index, step -> [String: Any] in
            let known = index == 0 ? guide?.name ?? (isConfigured ? product : nil) : nil
            var facts: [String: Any] = ["name": step.name, "style": step.isDone ? "ok" : "name", "isNext": index == next]
            if step.isDone {
                facts["state"] = known.map { SettingsPhrase.doneWith(["product": $0]) as any Said } ?? SettingsPhrase.done
            } else if index == next {
                facts["state"] = SettingsPhrase.next
            }
            if step.isThere { facts["href"] = "#\(step.id)" }
            return facts
        }
    }

    private func configured(_ provider: JSON) -> [String: Any] {
        let words = ProviderWords(provider: provider, policy: state["policy"] ?? .null, now: now)
        var facts: [String: Any] = [
            "loginURL": text("loginURL"), "entityID": provider["entityID"]?.stringValue ?? "",
            "redirectURL": provider["singleSignOnURL"]?.stringValue ?? "", "words": words.facts,
            "isTested": isTested,
            "certificates": certificates(provider, words),
        ]
        facts["warnings"] = (provider["warnings"]?.arrayValue ?? []).compactMap(\.stringValue)
        if provider["metadataURL"]?.stringValue != nil { facts["refreshes"] = true }
        facts["details"] = Self.details(provider)
        return facts
    }

    // A page has 50 KB: beyond these, a certificate is told by its fingerprint.
    private static let pemBytes = 12 << 10

    private func certificates(_ provider: JSON, _ words: ProviderWords) -> [[String: Any]] {
        var bytes = 0
        return (provider["certificates"]?.arrayValue ?? []).enumerated().map { index, certificate in
            let end = words.end(of: certificate)
            var shown: [String: Any] = ["number": String(index + 1), "end": end.text, "isNear": end.isNear]
            for name in ["sha256", "subject", "notBefore", "notAfter"] { shown[name] = Self.cut(certificate[name]?.stringValue ?? "") }
            let pem = certificate["pem"]?.stringValue ?? ""
            if bytes == 0 || bytes + pem.utf8.count <= Self.pemBytes {
                shown["pem"] = pem
                bytes += pem.utf8.count
            }
            return shown
        }
    }

    private static func cut(_ text: String, to scalars: Int = 200) -> String {
        text.unicodeScalars.count <= scalars ? text : String(text.unicodeScalars.prefix(scalars)) + "…"
    }

    // What the metadata says besides; what it doesn't say is left out.
    private static func details(_ provider: JSON) -> [String: Any] {
        let details = provider["details"] ?? .null
        func joined(_ list: JSON?) -> String { (list?.arrayValue ?? []).compactMap(\.stringValue).joined(separator: ", ") }
        var shown: [String: Any] = [
            "contacts": (details["contacts"]?.arrayValue ?? []).prefix(6).map { contact in
                [
                    "type": cut(contact["type"]?.stringValue ?? ""), "name": cut(contact["name"]?.stringValue ?? ""),
                    "emails": cut(joined(contact["emails"])),
                ]
            }
        ]
        let texts = [
            "runBy": details["organizationName"]?.stringValue, "attributes": joined(details["attributes"]),
            "formats": joined(details["nameIDFormats"]), "signer": provider["metadataCertificate"]?["sha256"]?.stringValue,
        ]
        for (name, text) in texts { if let text, !text.isEmpty { shown[name] = [name: cut(text, to: 2000)] } }
        return shown
    }
}

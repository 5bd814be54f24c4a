import Events
import IdentityLedger

/// Certificates as their page reads them: when each ends, what it signed, and what to do.
struct CertificateFacts {
    let url: PublicURL
    let organization: Identifier
    /// nil: none is configured.
    let provider: IdentityProviderView?
    /// Ours, in use.
    let keys: [ServiceProviderKeyView]
    let used: (uses: [CertificateUse], logins: Int)
    let now: Instant

    // C23: an end is told this long ahead.
    private static let noticeDays = 30

    var facts: [String: Any] {
        let theirs = provider?.certificates ?? []
        let rows =
            theirs.enumerated().map { (name: theirName($0), end: $1.notAfter) }
            + keys.map { (name: ourName($0), end: $0.certificate.notAfter) }
        let bars = DayBars(
            id: "ends", title: "Days until the certificates end", bars: rows.map { .init(label: $0.name, days: days(to: $0.end)) })
        let settings = url.address("/organizations/\(organization)/settings")
        var facts: [String: Any] = [
            "picture": bars.svg, "settings": settings,
            "theirs": theirs.enumerated().map { index, certificate in
                certificateFacts(certificate, theirName(index), advice: theirAdvice(certificate)).merging(use(of: certificate.sha256)) {
                    $1
                }
            },
            "strangers": used.uses.filter { use in !theirs.contains { $0.sha256 == use.sha256 } }.map { use in
                self.use(of: use.sha256).merging(["sha256": use.sha256]) { $1 }
            },
            "ours": keys.map { certificateFacts($0.certificate, ourName($0), advice: ourAdvice($0)) },
        ]
        if provider == nil { facts["unconfigured"] = true }
        if !rows.isEmpty {
            facts["figures"] =
                [
                    "caption": "Days until the certificates end", "columns": ["Certificate", "Ends", "Days"],
                    "rows": rows.map {
                        ["name": $0.name, "values": [$0.end.rfc3339Seconds, String(days(to: $0.end))]] as [String: Any]
                    },
                ] as [String: Any]
        }
        return facts
    }

    private func certificateFacts(_ certificate: CertificateView, _ name: String, advice: String) -> [String: Any] {
        let days = days(to: certificate.notAfter)
        let hasEnded = certificate.notAfter <= now
        return [
            "name": "\(name): \(certificate.subject)", "tone": days < Self.noticeDays ? "bad" : "ok",
            "ends": "\(hasEnded ? "Ended" : "Ends") \(DayBars.words(days)).", "advice": advice,
            "notBefore": certificate.notBefore.rfc3339Seconds, "notAfter": certificate.notAfter.rfc3339Seconds,
            "sha256": certificate.sha256,
        ]
    }

    private func use(of sha256: String) -> [String: Any] {
        guard let use = used.uses.first(where: { $0.sha256 == sha256 }) else {
            return ["use": used.logins == 0 ? "nothing: there are no logins yet" : "none of the last \(used.logins) logins"]
        }
        return [
            "use": "\(use.count) of the last \(used.logins) logins",
            "lastHref": url.address("/organizations/\(organization)/logins/\(use.lastLogin)"), "lastLogin": String(use.lastLogin),
            "lastAt": use.lastLoginAt.rfc3339Seconds,
        ]
    }

    private func theirName(_ index: Int) -> String {
        (provider?.certificates.count ?? 0) > 1 ? "Identity provider's \(index + 1)" : "Identity provider's"
    }

    private func ourName(_ key: ServiceProviderKeyView) -> String {
        switch key.use {
        case "encryption": "Ours for encryption"
        case "signing": "Ours for signing"
        default: "Ours for \(key.use)"
        }
    }

    private func theirAdvice(_ certificate: CertificateView) -> String {
        let refreshes = provider?.metadataURL != nil
        let others = provider?.certificates.contains { $0.sha256 != certificate.sha256 && $0.notAfter > certificate.notAfter } ?? false
        guard days(to: certificate.notAfter) < Self.noticeDays else {
            return refreshes
                ? "Nothing to do: the metadata is fetched again by itself, and brings the next certificate in."
                : "Nothing to do now. Before it ends, make the next one at your identity provider, and bring its metadata in on the settings page while both are valid."
        }
        if others { return "The next certificate is configured already. Have your identity provider sign with it before this one ends." }
        return refreshes
            ? "Make the next certificate at your identity provider: its metadata is fetched by itself. Then look here whether it came."
            : "Make the next certificate at your identity provider now, and bring its metadata in on the settings page before you have it sign with it. Logins go on: an end is warned of, and refused only where the policy says so."
    }

    private func ourAdvice(_ key: ServiceProviderKeyView) -> String {
        guard days(to: key.certificate.notAfter) < Self.noticeDays else { return "Nothing to do." }
        return
            "Ask the operator for the next key. Our metadata then has both: give it to your identity provider again, and the old key is retired."
    }

    // Whole days, down to the one that has begun; negative where it has ended.
    private func days(to end: Instant) -> Int {
        let day: UInt64 = 86_400_000_000_000
        return end > now
            ? Int(clamping: (end.nanoseconds - now.nanoseconds) / day) : -Int(clamping: (now.nanoseconds - end.nanoseconds) / day)
    }
}

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

    var facts: [String: Any] {
        let theirs = provider?.certificates ?? []
        let rows =
            theirs.enumerated().map { (name: theirName($0), end: end(of: $1)) }
            + keys.map { (name: ourName($0), end: end(of: $0.certificate)) }
        let bars = DayBars(
            id: "ends", title: CertificatePagePhrase.daysLeft, bars: rows.map { .init(label: $0.name, end: $0.end) })
        let settings = url.address("/organizations/\(organization)/settings")
        var facts: [String: Any] = [
            "picture": bars, "settings": settings,
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
                    "caption": CertificatePagePhrase.daysLeft,
                    "columns": [CertificatePagePhrase.certificateColumn, .endsColumn, .daysColumn],
                    "rows": rows.map {
                        ["name": $0.name, "values": [$0.end.end.rfc3339Seconds, String($0.end.days)]] as [String: Any]
                    },
                ] as [String: Any]
        }
        return facts
    }

    private func certificateFacts(_ certificate: CertificateView, _ name: any Said, advice: CertificatePagePhrase) -> [String: Any] {
        let end = end(of: certificate)
        return [
            "name": name, "subject": certificate.subject, "tone": end.isNear ? "bad" : "ok",
            "ends": end.short, "advice": advice,
            "notBefore": certificate.notBefore.rfc3339Seconds, "notAfter": certificate.notAfter.rfc3339Seconds,
            "sha256": certificate.sha256,
        ]
    }

    private func use(of sha256: String) -> [String: Any] {
        guard let use = used.uses.first(where: { $0.sha256 == sha256 }) else {
            guard used.logins > 0 else { return ["use": CertificatePagePhrase.signedNothing] }
            return ["use": CertificatePagePhrase.signedNone(["logins": String(used.logins)])]
        }
        return [
            "use": CertificatePagePhrase.signedSome(["count": String(use.count), "logins": String(used.logins)]),
            "lastHref": url.address("/organizations/\(organization)/logins/\(use.lastLogin)"), "lastLogin": String(use.lastLogin),
            "lastAt": use.lastLoginAt.rfc3339Seconds,
        ]
    }

    private func theirName(_ index: Int) -> any Said {
        (provider?.certificates.count ?? 0) > 1
            ? CertificatePagePhrase.theirsNumbered(["number": String(index + 1)]) : CertificatePagePhrase.theirs
    }

    private func ourName(_ key: ServiceProviderKeyView) -> any Said {
        switch key.use {
        case "encryption": CertificatePagePhrase.oursForEncryption
        case "signing": CertificatePagePhrase.oursForSigning
        default: CertificatePagePhrase.oursForOther(["use": key.use])
        }
    }

    private func theirAdvice(_ certificate: CertificateView) -> CertificatePagePhrase {
        let refreshes = provider?.metadataURL != nil
        let others = provider?.certificates.contains { $0.notAfter > now && $0.notAfter > certificate.notAfter } ?? false
        let end = end(of: certificate)
        guard end.isNear else { return refreshes ? .theirsWillRefresh : .theirsIsFine }
        if end.hasEnded { return others ? .theirsEndedHasNext : refreshes ? .theirsEndedAndRefreshes : .theirsEnded }
        return others ? .theirsHasNext : refreshes ? .theirsEndsAndRefreshes : .theirsEnds
    }

    private func ourAdvice(_ key: ServiceProviderKeyView) -> CertificatePagePhrase {
        let end = end(of: key.certificate)
        return end.hasEnded ? .oursEnded : end.isNear ? .oursEnds : .oursIsFine
    }

    private func end(of certificate: CertificateView) -> CertificateEnd { CertificateEnd(end: certificate.notAfter, now: now) }
}

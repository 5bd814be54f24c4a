import Events

/// What was read from an identity provider's metadata, in sentences.
struct ProviderWords {
    /// As the administration API shows it.
    let provider: JSON
    let policy: JSON
    let now: Instant

    /// By the terms of the page.
    var facts: [String: Any] {
        var facts: [String: Any] = [
            "product": provider["preset"]?.stringValue.map { ProviderPhrase.product(["product": $0]) as any Said }
                ?? ProviderPhrase.noProduct,
            "signIn": signIn, "requests": requests, "answers": answers, "updates": updates,
        ]
        if let until = instant(provider["validUntil"]) {
            facts["until"] = (until > now ? ProviderPhrase.holds : .held)(["day": DayWords.date(until)])
            facts["hasEnded"] = until <= now
        }
        return facts
    }

    /// What is said of a certificate's end, and whether something is to be done about it.
    func end(of certificate: JSON) -> (text: any Said, isNear: Bool) {
        guard let instant = instant(certificate["notAfter"]) else { return (CertificatePhrase.unreadable, true) }
        let end = CertificateEnd(end: instant, now: now)
        if end.hasEnded {
            let isEnforced = policy["refuseExpiredCertificates"]?.boolValue == true
            return (Passage(parts: [end.sentence, isEnforced ? ProviderPhrase.endedRefused : .endedPasses]), true)
        }
        if let begin = self.instant(certificate["notBefore"]), begin > now {
            return (CertificatePhrase.begins(["begin": DayWords.date(begin), "end": DayWords.date(instant)]), true)
        }
        return end.isNear ? (Passage(parts: [end.sentence, ProviderPhrase.renew]), true) : (end.sentence, false)
    }

    private var signIn: Sentence {
        let isForm = provider["singleSignOnBinding"]?.stringValue?.hasSuffix("HTTP-POST") == true
        let address: any Said = provider["singleSignOnURL"]?.stringValue ?? ProviderPhrase.noAddress
        return (isForm ? ProviderPhrase.sentByForm : .sentByRedirect)(["address": address])
    }

    private var requests: ProviderPhrase {
        if provider["wantsSignedRequests"]?.boolValue == true { return .signedForMetadata }
        return policy["signRequests"]?.boolValue == true ? .signedForPolicy : .unsigned
    }

    private var answers: Passage {
        let count = provider["certificates"]?.arrayValue?.count ?? 0
        let isAssertion = policy["requireSignedAssertion"]?.boolValue == true
        let signed: any Said =
            count == 1
            ? (isAssertion ? ProviderPhrase.oneKeyAssertion : .oneKeyEither)
            : (isAssertion ? ProviderPhrase.keysAssertion : .keysEither)(["count": String(count)])
        return Passage(parts: [signed] + (policy["requireEncryptedAssertion"]?.boolValue == true ? [ProviderPhrase.encrypted] : []))
    }

    private var updates: any Said {
        guard let url = provider["metadataURL"]?.stringValue else { return ProviderPhrase.document }
        switch policy["metadataRefreshHours"]?.integerValue ?? 24 {
        case ...0: return ProviderPhrase.fetchedNever(["url": url])
        case 1: return ProviderPhrase.fetchedHourly(["url": url])
        case 24: return ProviderPhrase.fetchedDaily(["url": url])
        case let hours: return ProviderPhrase.fetchedEveryHours(["url": url, "hours": String(hours)])
        }
    }

    private func instant(_ json: JSON?) -> Instant? { json?.stringValue.flatMap { Instant(rfc3339: $0) } }
}

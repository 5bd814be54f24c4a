import Events
import IdentityLedger

extension Life {
    /// What a server does by itself.
    func takeUpkeepStep() async throws {
        switch Int.random(in: 0..<6, using: &random) {
        case 0, 1: try await noticeEnds()
        case 2, 3: try await expireEvidence()
        case 4: try await flood()
        default:
            let organization = pick(model.organizations.indices)
            let id = model.organizations[organization].id
            try await perform("metadata of \(organization) can't be fetched", .init(outcome: "ok", events: ["MetadataRefreshFailed"])) {
                try await $0.recordRefreshFailure(id, reason: "Nobody answers.")
                return "ok"
            }
        }
    }

    /// C23: a certificate's end is told 30 days ahead, once.
    private func noticeEnds() async throws {
        var expected = Expectation(outcome: "ok")
        for index in model.organizations.indices where model.organizations[index].provider?.keys.contains(KeyPool.ending) == true {
            guard KeyPool.end <= world.now + 30 * 86_400, model.organizations[index].noticed.insert(KeyPool.ending).inserted else {
                continue
            }
            expected.events.append("CertificateEndNoticed")
        }
        try await perform("certificates are looked at", expected) {
            _ = try await $0.noticeCertificateEnds()
            return "ok"
        }
    }

    // How much evidence is due, the model doesn't know: that nothing else happens, it does.
    private func expireEvidence() async throws {
        let isAsked = model.organizations.contains { $0.policy.evidenceRetentionDays != nil }
        if isAsked && chance(2) { world.now += 11 * 86_400 }
        let before = try world.service.eventCount()
        _ = try await world.service.expireEvidence()
        let count = Int(try world.service.eventCount() - before)
        if count > 0 && !isAsked { throw Broken("evidence is kept where no policy says otherwise", "no event", "\(count) events") }
        try compare("old evidence goes", .init(outcome: "ok", events: Array(repeating: "EvidenceExpired", count: count)), "ok")
    }

    /// C50: what anyone can send doesn't fill the disk; over the bound it is counted.
    private func flood() async throws {
        let organization = pick(model.organizations.indices)
        let id = model.organizations[organization].id
        world.now += 60
        var events: [String] = []
        func post(_ number: Int) async {
            _ = await world.service.signOn(AssertionPost(organization: id, response: Array("*flood \(number)".utf8)))
            if model.admits(organization, at: world.now) {
                events.append("AssertionReceived")
                model.organizations[organization].logins.append(.init(code: "base64_malformed", user: nil, isTest: false))
            }
        }
        for number in 0..<64 { await post(number) }
        try compare("64 posts of nothing to \(organization)", .init(outcome: "ok", events: events), "ok")
        let over = model.organizations[organization].refusals.over
        model.organizations[organization].refusals.over = 0
        let summarized = try await outcome {
            await $0.summarizeRefusals(all: true)
            return "ok"
        }
        // What a full disk kept from being written waits for the next time.
        await world.service.summarizeRefusals(all: true)
        try compare(
            "what was over the bound is summarized", .init(outcome: "ok", events: over > 0 ? ["RefusalsSummarized"] : []), summarized)
        // Of several posts at once it isn't certain which are repeated: the bound is never near then, and what begins the next minute is,
        // should the clock go back into this one.
        world.now += 60
        events = []
        await post(64)
        try compare("one post of nothing to \(organization)", .init(outcome: "ok", events: events), "ok")
    }
}

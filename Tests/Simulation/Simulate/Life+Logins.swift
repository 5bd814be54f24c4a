import Events
import IdentityLedger
import SAML
import TestSupport

extension Life {
    // MARK: - Making responses

    /// A response of any kind for an organization: mostly a good one, or one that differs in one thing.
    func makeAttempt(for organization: Int, faulty: Bool = true, allowsRequest: Bool = true) throws -> Attempt {
        let state = model.organizations[organization]
        let provider = state.provider ?? Model.Provider(entity: 0, keys: [0])
        var attempt = Attempt(
            id: "\(model.sent.count)", addressee: organization, email: pickEmail(of: organization), entity: provider.entity,
            key: pick(provider.keys),
            issued: world.now)
        if chance(2) { attempt.name = pick(["Ann Example", "Bob", "Somebody Else"]) }
        if chance(2) { attempt.groups = [pick(["staff", "admins"]), pick(["staff", "owners"])] }
        if chance(5) { attempt.persistentID = pick(["p-one", "p-two", "p-three"]) }
        if chance(6) { attempt.sessionSeconds = pick([60, 600, 40_000]) }
        if chance(5) { attempt.signsResponse = true }
        let requests = model.requests.filter { $0.organization == organization || chance(12) }
        if allowsRequest, !requests.isEmpty, chance(2) { attempt.request = pick(requests) }
        if faulty && chance(2) { spoil(&attempt, state) }
        try attempt.build(pool, OrganizationAddresses(base: World.base, organization: model.organizations[attempt.addressee].id))
        model.sent.append(attempt)
        return attempt
    }

    private func spoil(_ attempt: inout Attempt, _ state: Model.Organization) {
        let skew = state.policy.clockSkewSeconds
        switch Int.random(in: 0..<20, using: &random) {
        case 0..<3:  // at the edges of its lifetime, and beyond
            attempt.issued = world.now - pick([299 + skew, 300 + skew, 3600, -(30 + skew), -(31 + skew), -3600])
        case 3: attempt.addressee = pick(model.organizations.indices)
        case 4: attempt.entity = 1 - attempt.entity
        case 5: attempt.key = pick(pool.pairs.indices)
        default:
            let fault = state.policy.allowSHA1Until != nil && chance(4) ? .sha1 : pick(Attempt.Fault.allCases)
            attempt.fault = fault
            if fault == .sha1 { attempt.key = state.provider?.keys.contains(KeyPool.rsa) ?? true || chance(2) ? KeyPool.rsa : attempt.key }
            if fault == .sha1 && attempt.key != KeyPool.rsa { attempt.fault = .unsigned }
            if fault == .noAddress || fault == .twoAddresses { attempt.persistentID = attempt.persistentID ?? "p-one" }
        }
    }

    // MARK: - Posting them

    func signOn() async throws {
        let organization = pick(model.organizations.indices)
        try await post(try makeAttempt(for: organization), to: organization, hasCookie: !chance(6))
    }

    /// A replay, or a response that was refused before; sometimes at another organization.
    func sendAgain() async throws {
        guard !model.sent.isEmpty else { return tell("nothing to send again") }
        let attempt = pick(model.sent.suffix(6))
        let organization = chance(5) ? pick(model.organizations.indices) : attempt.addressee
        try await post(attempt, to: organization, hasCookie: !chance(6), word: "again ")
    }

    private func signOn(_ post: AssertionPost) async throws -> (outcome: String, answer: SignOnAnswer?) {
        var answer: SignOnAnswer?
        let outcome = try await outcome { service in
            let given = await service.signOn(post)
            answer = given
            return given.name
        }
        return (outcome, answer)
    }

    private func post(_ attempt: Attempt, to organization: Int, hasCookie: Bool, word: String = "") async throws {
        let relayState: String? = pick([nil, "/reports?id=1", "//evil.example/", "https://evil.example/", "https://sso.example.com/a"])
        let sent = AssertionPost(
            organization: model.organizations[organization].id, response: attempt.bytes, relayState: relayState,
            requests: hasCookie ? attempt.cookies : [])
        let (outcome, answer) = try await signOn(sent)
        let expected = expect(attempt, organization, hasCookie, id: answer?.user)
        if let signedIn = answer?.signedIn, expected.outcome == "accepted" {
            take(signedIn, attempt, organization)
        }
        try compare("\(word)a response for \(attempt.text), to \(organization)", expected, outcome)
        if let signedIn = answer?.signedIn {
            try check(signedIn, attempt, organization)
            try check(signedIn.location, after: attempt.request == nil ? relayState : nil)
        }
    }

    /// What the model says of a post, which it takes in.
    func expect(_ attempt: Attempt, _ organization: Int, _ hasCookie: Bool, id: Identifier?) -> Expectation {
        let now = world.now
        let result = model.judge(attempt, postedTo: organization, hasCookie: hasCookie, at: now)
        // A test is known by its request's cookie; where nothing is verified, by the cookie alone.
        let isTest = attempt.request?.isTest == true && hasCookie
        guard result.code == "accepted" else { return refuse(attempt, organization, result, isTest) }
        if isTest {
            model.use(attempt, organization)
            model.organizations[organization].logins.append(.init(code: "accepted", user: result.user, isTest: true))
            return Expectation(outcome: "tested accepted", events: ["AssertionReceived"])
        }
        guard let id = result.user.map({ model.organizations[organization].users[$0].id }) ?? id else {
            return .refused("accepted")
        }
        let events = model.signIn(attempt, result, organization, as: id, at: now)
        let user = result.user ?? model.organizations[organization].users.count - 1
        model.organizations[organization].logins.append(.init(code: "accepted", user: user, isTest: false))
        return Expectation(outcome: "accepted", events: events + ["SessionStarted"])
    }

    private func refuse(_ attempt: Attempt, _ organization: Int, _ result: Model.SignOn, _ isTest: Bool) -> Expectation {
        let isRepeated = !result.isDecidedLast && model.organizations[organization].refused.contains(attempt.id)
        if !result.isDecidedLast, !result.isVerified || isRepeated, !model.admits(organization, at: world.now) {
            return .refused(result.code)
        }
        model.organizations[organization].logins.append(.init(code: result.code, user: nil, isTest: isTest))
        // Remembered by its bytes, whichever organization it was sent to.
        if !isTest && attempt.fault != .notBase64 {
            for index in model.organizations.indices { model.organizations[index].refused.insert(attempt.id) }
        }
        return Expectation(outcome: isTest ? "tested \(result.code)" : result.code, events: ["AssertionReceived"])
    }

    /// The session that an accepted login starts.
    private func take(_ signedIn: SignedIn, _ attempt: Attempt, _ organization: Int) {
        guard let user = model.organizations[organization].logins.last?.user else { return }
        let ours = world.now + model.organizations[organization].policy.sessionSeconds
        let expires = min(ours, attempt.sessionSeconds.map { attempt.issued + $0 } ?? ours)
        model.sessions.append(
            .init(
                token: signedIn.token, organization: organization, user: user, expires: expires,
                nameID: attempt.persistentID ?? attempt.email, login: signedIn.reference))
    }

    private func check(_ signedIn: SignedIn, _ attempt: Attempt, _ organization: Int) throws {
        guard let session = model.sessions.last else { return }
        let user = model.organizations[organization].users[session.user]
        let expected = "user \(user.id), until \(session.expires)"
        let seen = "user \(signedIn.user), until \(signedIn.expiresAt.nanoseconds / 1_000_000_000)"
        guard expected == seen else { throw Broken("the model's session", expected, seen) }
    }

    // C44: only to this server's own pages; what the cookie of an answered request says counts alone.
    private func check(_ location: String?, after relayState: String?) throws {
        let expected =
            switch relayState {
            case "/reports?id=1": World.base + "/reports?id=1"
            case "https://sso.example.com/a": "https://sso.example.com/a"
            default: World.base + "/"
            }
        guard location == expected else { throw Broken("a login leads where it may", expected, location ?? "nowhere") }
    }

    // MARK: - Several at once, and in one browser

    /// Several posts at one time: of one response exactly one is accepted; different people don't disturb each other.
    func signOnAtOnce() async throws {
        let organization = pick(model.organizations.indices)
        let isOne = chance(2)
        let count = Int.random(in: 2...5, using: &random)
        var attempts: [Attempt] = []
        if isOne {
            attempts = Array(repeating: try makeAttempt(for: organization, faulty: false, allowsRequest: false), count: count)
        } else {
            for index in 0..<count {
                var attempt = try makeAttempt(for: organization, faulty: false, allowsRequest: false)
                (attempt.email, attempt.persistentID) = ("person\(index)@alpha.example", nil)
                // One key, since whose login was the newest depends on the writer.
                attempt.key = attempts.first?.key ?? attempt.key
                try attempt.build(pool, OrganizationAddresses(base: World.base, organization: model.organizations[organization].id))
                model.sent[model.sent.count - 1] = attempt
                attempts.append(attempt)
            }
        }
        let id = model.organizations[organization].id
        let service = world.service
        let answers = await withTaskGroup(of: (Int, SignOnAnswer).self, returning: [SignOnAnswer].self) { group in
            for (index, attempt) in attempts.enumerated() {
                group.addTask { (index, await service.signOn(AssertionPost(organization: id, response: attempt.bytes))) }
            }
            var answers: [(Int, SignOnAnswer)] = []
            for await answer in group { answers.append(answer) }
            // Of one response the accepted one came first, whoever was answered first.
            if isOne { return answers.map(\.1).sorted { $0.signedIn != nil && $1.signedIn == nil } }
            return answers.sorted { $0.0 < $1.0 }.map(\.1)
        }
        let line = isOne ? "\(count) posts at once of one response for \(attempts[0].text)" : "\(count) people at once"
        try compareAll(line + ", to \(organization)", attempts, answers, organization, inOrder: isOne)
    }

    private func compareAll(
        _ line: String, _ attempts: [Attempt], _ answers: [SignOnAnswer], _ organization: Int, inOrder: Bool
    ) throws {
        var outcomes: [String] = [], events: [String] = []
        for (attempt, answer) in zip(attempts, answers) {
            let expected = expect(attempt, organization, false, id: answer.user)
            if let signedIn = answer.signedIn, expected.outcome == "accepted" {
                take(signedIn, attempt, organization)
            }
            outcomes.append(expected.outcome)
            events += expected.events
        }
        sortLogins(of: organization, by: answers.compactMap(\.reference))
        let seen = answers.map(\.name)
        coverage.count(inOrder ? "one response at once" : "people at once")
        try compare(
            line, Expectation(outcome: outcomes.joined(separator: " "), events: events), seen.joined(separator: " "), inOrder: inOrder)
    }

    // The model takes people in one order, so that a story is always the same; the history has them as the writer took them.
    private func sortLogins(of organization: Int, by references: [UInt64]) {
        let all = model.organizations[organization].logins
        let sorted = zip(references, all.suffix(references.count)).sorted { $0.0 < $1.0 }.map(\.1)
        model.organizations[organization].logins = all.dropLast(references.count) + sorted
    }

    /// C42: a browser where somebody is signed in posts a response.
    func signOnInUsedBrowser() async throws {
        let certain = model.sessions.filter { model.isValid($0, at: world.now) == true }
        guard !certain.isEmpty else { return tell("nobody is signed in") }
        let session = pick(certain)
        let organization = chance(4) ? pick(model.organizations.indices) : session.organization
        let attempt = try makeAttempt(for: organization, faulty: false)
        let result = model.judge(attempt, postedTo: organization, hasCookie: true, at: world.now)
        let isOther = organization != session.organization || result.user != session.user
        let isTest = attempt.request?.isTest == true
        var sent = AssertionPost(
            organization: model.organizations[organization].id, response: attempt.bytes, requests: attempt.cookies,
            currentSession: session.token)
        if result.code == "accepted" && attempt.request == nil && isOther {
            let post = sent
            var token: String?
            try await perform(
                "a response for \(attempt.text) where somebody else is signed in, to \(organization)", .init(outcome: "confirm")
            ) {
                let answer = await $0.signOn(post)
                if case .confirm(let confirmation) = answer { token = confirmation.token }
                return answer.name
            }
            sent.confirmation = token
        }
        let (outcome, answer) = try await signOn(sent)
        var expected = expect(attempt, organization, true, id: answer?.user)
        if expected.outcome == "accepted", !isTest {
            expected.sessionsEnded = model.end(at: world.now) { $0.token == session.token }
            if let signedIn = answer?.signedIn { take(signedIn, attempt, organization) }
        }
        try compare("a response for \(attempt.text) in a used browser, to \(organization)", expected, outcome)
    }

    /// An SP-initiated login begins; sometimes as a test of the connection.
    func startLogin() throws {
        let organization = pick(model.organizations.indices)
        let isTest = chance(4)
        let id = model.organizations[organization].id
        let line = "a login begins at \(organization)\(isTest ? ", as a test" : "")"
        let expected = model.organizations[organization].provider == nil ? "organization_not_configured" : "ok"
        do {
            let started = try world.service.startLogin(id, isTest: isTest)
            model.requests.append(.init(id: started.requestID, organization: organization, instant: world.now, isTest: isTest))
            try compare(line, Expectation(outcome: expected), "ok")
        } catch let error as ServiceError {
            try compare(line, Expectation(outcome: expected), error.code)
        }
    }
}

extension Attempt {
    /// The cookie of the request that it answers, if it answers one.
    var cookies: [AssertionPost.Request] { request.map { [.init(id: $0.id, isTest: $0.isTest)] } ?? [] }
}

extension SignOnAnswer {
    /// `accepted`, `postAgain`, `confirm`, `tested` with the verdict, or the refusal's code.
    var name: String {
        switch self {
        case .signedIn: "accepted"
        case .refused(let refusal, _, _): refusal.code.rawValue
        case .postAgain: "postAgain"
        case .confirm: "confirm"
        case .tested(let report): "tested \(report.refusal?.code.rawValue ?? "accepted")"
        }
    }

    var signedIn: SignedIn? { if case .signedIn(let signedIn) = self { signedIn } else { nil } }
    var user: Identifier? { signedIn?.user }

    /// The event's sequence, where one was appended.
    var reference: UInt64? {
        switch self {
        case .signedIn(let signedIn): signedIn.reference
        case .refused(_, let reference, _): reference
        case .tested(let report): report.reference
        case .postAgain, .confirm: nil
        }
    }
}

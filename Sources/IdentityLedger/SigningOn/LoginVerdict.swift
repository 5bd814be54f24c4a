import Events
import Identity
import Ledger
import Projections
import SAML

/// One recorded login's verdict, and what it would be with something else in force; each is `accepted` or a refusal's code.
struct LoginVerdict: Sendable {
    let sequence: UInt64
    let before: String
    let after: String
    /// Whom it signed in, or refused if known.
    let user: Identifier?
    /// The address as received, of a verdict that changes or where no user is known: also where only what is in force now, or would be, can
    /// read it.
    var email: String?

    /// What is in force now, to compare with.
    struct Present: Sendable {
        let configurationRevision: UInt64
        let policyRevision: UInt64
        let redecider: Redecider
    }

    /// - Parameter present: Says what `before` is; nil: what was recorded.
    /// - Returns: nil where the event is no login, or its response can't be had.
    init?(
        _ sequence: UInt64, by redecider: Redecider, against present: Present? = nil, _ service: IdentityLedger, in snapshot: Snapshot
    ) throws {
        guard let event = try snapshot.event(sequence), case .assertionReceived(let received) = event.body,
            let organization = event.organizationID, let again = try redecider.decide(event)
        else { return nil }
        self.sequence = sequence
        user = Identifier(bytes: received.user)
        let now = try present?.redecision(event, received)
        before = now?.code ?? IdentityLedger.recordedCode(received)
        after = again.code
        guard before != after || user == nil else { return }
        if received.hasPersonal, let personal = try service.ledger.keyRing.personalData(received.personal, organization) {
            email = personal.email.isEmpty ? nil : personal.email
        }
        for decision in [again, now] {
            if email == nil, case .accepted(let claims)? = decision?.verdict { email = claims.email.text }
        }
    }

    /// One that stays what it is, without being judged.
    init(unchanged sequence: UInt64, _ code: String, user: Identifier?) {
        self.sequence = sequence
        (before, after) = (code, code)
        self.user = user
    }
}

extension LoginVerdict.Present {
    // What was judged by this very configuration and policy is not judged once more.
    fileprivate func redecision(_ event: Event, _ received: AssertionReceived) throws -> Redecision? {
        let facts = received.facts
        guard facts.configurationRevision != configurationRevision || facts.policyRevision != policyRevision else { return nil }
        return try redecider.decide(event)
    }
}

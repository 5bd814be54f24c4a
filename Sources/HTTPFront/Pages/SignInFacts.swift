import Events
import IdentityLedger

/// Where a sign-in leads, as the sign-in page and the home page say it before anyone is sent there.
///
/// What a stranger can learn here is what starting a login tells anyway, no more (C49). Whoever has an Organization ID, 128 bits that are in no
/// list, can start its login and sees the identity provider's host in the address bar; so can whoever knows a domain that exactly one organization
/// names. So the host may be said to both. The organization's *name* is told by neither of them, and an ID can be had from a domain, since
/// every request carries it; the name of an ID would be the name of a domain that nobody has proved to be that organization's. It is therefore said
/// only to a browser that has signed in there, which its sealed cookie says, and where a domain that was proved in DNS led here: that the
/// two belong together is public then. Look-ups that find nothing are counted per source (C50).
struct SignInFacts {
    let base: String

    /// - Parameters:
    ///   - isNamed: Whether whoever asks may know the organization's name.
    ///   - way: What led here just now; nil: the browser's memory.
    func facts(_ organization: Identifier, _ destination: SignInDestination, isNamed: Bool, way: SignInChoice.Way? = nil) -> [String: Any] {
        let place = isNamed ? destination.name : destination.host
        let leads: SignInPhrase = isNamed ? .leadsToNamed : way == .namedDomain ? .leadsToUnproved : .leadsTo
        return [
            "href": "\(base)/saml/login?org=\(organization)",
            "button": SignInPhrase.continueTo(["name": place]),
            "leads": leads(["name": destination.name, "host": destination.host]),
        ]
    }
}

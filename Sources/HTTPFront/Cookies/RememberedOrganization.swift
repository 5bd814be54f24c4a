import Events
import Hummingbird

/// What a browser keeps of where it last signed in, sealed, for a year or until it is told to forget it.
struct RememberedOrganization: Sendable, Hashable {
    static let lifetimeSeconds = 365 * 86400

    let organization: Identifier
    /// Whether this browser may be told the organization's name: it has signed in there, or a domain that is proved led it there.
    /// Sealed, because whoever could write it could ask for the name of any ID.
    let isNamed: Bool

    init(organization: Identifier, isNamed: Bool) {
        self.organization = organization
        self.isNamed = isNamed
    }

    /// nil for what wasn't sealed here.
    init?(sealed: String, by sealer: CookieSealer) {
        guard let bytes = sealer.open(sealed, purpose: "organization"), bytes.count == 17, let flag = bytes.last,
            let organization = Identifier(bytes: bytes.dropLast())
        else { return nil }
        self.organization = organization
        isNamed = flag == 1
    }

    func sealed(by sealer: CookieSealer) -> String? {
        sealer.seal(organization.bytes + [isNamed ? 1 : 0], purpose: "organization")
    }
}

extension Services {
    /// What the browser remembers; nil: nothing, or nothing that was sealed here.
    func remembered(_ request: FrontRequest) -> RememberedOrganization? {
        request.cookies[cookies.organization].flatMap { RememberedOrganization(sealed: $0, by: sealer) }
    }

    /// The answer, by which the browser remembers this organization from now on.
    func remembering(_ organization: RememberedOrganization, in answer: Response) -> Response {
        guard let sealed = organization.sealed(by: sealer) else { return answer }
        return answer.with(cookies.set(cookies.organization, sealed, maximumAgeSeconds: RememberedOrganization.lifetimeSeconds))
    }
}

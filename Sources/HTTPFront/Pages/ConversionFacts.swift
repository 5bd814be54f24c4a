import Events
import IdentityLedger

/// How far a conversion is, as its page says it.
struct ConversionFacts {
    let url: PublicURL
    let organization: Identifier
    let conversion: ConversionView

    private var password: Int { conversion.passwordUsers }
    private var all: Int { conversion.passwordUsers + conversion.ssoUsers }

    /// - Parameter ask: What is asked about once more before it is done: `all`, or `revert` for everyone.
    func facts(ask: String?) -> [String: Any] {
        var facts: [String: Any] = [
            "page": url.address("/organizations/\(organization)/conversion"), "count": Numbers.text(UInt(all)),
            "ssoCount": Numbers.text(UInt(conversion.ssoUsers)), "passwordCount": Numbers.text(UInt(password)),
            "tested": conversion.isTested, "loginURL": url.address("/saml/login?org=\(organization)"),
            "none": password == 0 && all > 0, "begun": conversion.convertedUsers > 0 || conversion.isTested,
            "rest": password > 0 && conversion.isTested, "undoable": conversion.ssoUsers > 0, "picture": picture,
            "figures": [
                "caption": "Users by sign-in method", "columns": ["Sign-in method", "Users"],
                "rows": [("sso", conversion.ssoUsers), ("password", password)].map {
                    ["name": $0.0, "values": [Numbers.text(UInt($0.1))]] as [String: Any]
                },
            ] as [String: Any],
        ]
        for (index, sentence) in stages.enumerated() { facts["stage\(index + 1)"] = sentence }
        if let login = conversion.testLogin {
            facts["login"] = [
                "href": url.address("/organizations/\(organization)/logins/\(login.sequence)"), "sequence": String(login.sequence),
                "person": PersonName.text(email: login.email, user: login.user) ?? "somebody",
                "recordedAt": login.recordedAt.rfc3339Seconds,
            ]
        }
        if let question = question(ask) { facts["ask"] = question }
        return facts
    }

    func row(_ user: UserView) -> [String: Any] {
        let isConverted = user.signInMethod == .sso
        var facts: [String: Any] = [
            "href": url.address("/organizations/\(organization)/users/\(user.id)"),
            "shown": PersonName.text(email: user.email, user: user.id) ?? "", "signInMethod": user.signInMethod.name,
            "lastLoginAt": user.lastLoginAt?.rfc3339Seconds ?? "never", "do": isConverted ? "revert" : "one",
            "action": isConverted ? "Back to the password" : "Convert",
        ]
        if let email = user.email { facts["address"] = email }
        return facts
    }

    private var picture: String {
        ShareBar(
            id: "share", title: "Users who sign in through the identity provider", done: ("single sign-on", conversion.ssoUsers),
            rest: ("password", password)
        ).svg
    }

    // One sentence for each stage's state.
    private var stages: [String] {
        let left = people(password)
        return [
            all == 0
                ? "There are no users yet: bring them in, or let logins make them."
                : password == 0 ? "Done: nobody signs in with a password." : "\(left) on a password.",
            conversion.convertedUsers > 0
                ? "Done: \(people(conversion.convertedUsers)) converted so far."
                : "Not yet: choose somebody who can test it, such as yourself.",
            conversion.convertedUsers > 0 ? "Waiting for the first login of a converted user." : "Comes after stage 2.",
            password == 0
                ? (all == 0 ? "There is nobody to convert." : "Done: nobody is left to convert.")
                : conversion.isTested ? "Ready: \(left) left to convert." : "Comes after stage 3; \(left) left to convert.",
            conversion.ssoUsers == 0
                ? "There is nothing to undo."
                : "Whoever goes back to the password signs in as before the conversion; sessions that are open go on until they end.",
        ]
    }

    private func question(_ ask: String?) -> [String: Any]? {
        switch ask {
        case "all" where password > 0:
            return [
                "question": "Convert \(people(password, verb: false)) to single sign-on?", "do": "all",
                "consequence":
                    "From then on they sign in through the identity provider, and not with a password any more. It can be undone, for one or for all.",
                "button": "Yes, convert \(people(password, verb: false))",
            ]
        case "revert" where conversion.ssoUsers > 0:
            return [
                "question": "Put \(people(conversion.ssoUsers, verb: false)) back to the password?", "do": "revert-all",
                "consequence":
                    "That is everyone who signs in through the identity provider, whom a first login made, too: they may have no password yet.",
                "button": "Yes, put \(people(conversion.ssoUsers, verb: false)) back",
            ]
        default: return nil
        }
    }

    private func people(_ count: Int, verb: Bool = true) -> String {
        let number = count == 1 ? "one person" : "\(Numbers.text(UInt(count))) people"
        guard verb else { return number }
        let words = "\(number) \(count == 1 ? "is" : "are")"
        return words.prefix(1).uppercased() + words.dropFirst()
    }
}

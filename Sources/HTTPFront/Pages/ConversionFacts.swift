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
                "caption": ConversionPhrase.bySignInMethod, "columns": [FilterPhrase.signInMethod, ConversionPhrase.users] as [any Said],
                "rows": [(UserPhrase.sso, conversion.ssoUsers), (UserPhrase.password, password)].map {
                    ["name": $0.0, "values": [Numbers.text(UInt($0.1))]] as [String: Any]
                },
            ] as [String: Any], "stage1": stage1, "stage2": stage2, "stage4": stage4,
        ]
        if let login = conversion.testLogin {
            facts["login"] = [
                "href": url.address("/organizations/\(organization)/logins/\(login.sequence)"), "sequence": String(login.sequence),
                "person": PersonName.said(email: login.email, user: login.user) ?? ConversionPhrase.somebody,
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
            "shown": UserFacts.shown(user), "signInMethod": UserWords.name(user.signInMethod), "do": isConverted ? "revert" : "one",
            "converted": isConverted,
        ]
        if let last = user.lastLoginAt { facts["lastLoginAt"] = last.rfc3339Seconds }
        if let email = user.email { facts["address"] = email }
        return facts
    }

    private var picture: ShareBar {
        ShareBar(
            id: "share", title: ConversionPhrase.share, done: (ConversionPhrase.singleSignOn, conversion.ssoUsers),
            rest: (UserPhrase.password, password))
    }

    // One sentence for the state of each stage that has more than two.
    private var stage1: any Said {
        if all == 0 { return ConversionPhrase.noUsers }
        if password == 0 { return ConversionPhrase.nobodyOnPassword }
        return ConversionPhrase.count(password, one: .oneOnPassword, several: .severalOnPassword)
    }

    private var stage2: any Said {
        if conversion.convertedUsers == 0 { return ConversionPhrase.nobodyConverted }
        return ConversionPhrase.count(conversion.convertedUsers, one: .oneConverted, several: .severalConverted)
    }

    private var stage4: any Said {
        if all == 0 { return ConversionPhrase.nobodyToConvert }
        if password == 0 { return ConversionPhrase.nobodyLeft }
        return conversion.isTested
            ? ConversionPhrase.count(password, one: .oneReady, several: .severalReady)
            : ConversionPhrase.count(password, one: .oneLater, several: .severalLater)
    }

    private func question(_ ask: String?) -> [String: Any]? {
        switch ask {
        case "all" where password > 0:
            [
                "question": ConversionPhrase.count(password, one: .convertOne, several: .convertSeveral), "do": "all",
                "consequence": ConversionPhrase.convertMeans,
                "button": ConversionPhrase.count(password, one: .yesConvertOne, several: .yesConvertSeveral),
            ]
        case "revert" where conversion.ssoUsers > 0:
            [
                "question": ConversionPhrase.count(conversion.ssoUsers, one: .revertOne, several: .revertSeveral), "do": "revert-all",
                "consequence": ConversionPhrase.revertMeans,
                "button": ConversionPhrase.count(conversion.ssoUsers, one: .yesRevertOne, several: .yesRevertSeveral),
            ]
        default: nil
        }
    }
}

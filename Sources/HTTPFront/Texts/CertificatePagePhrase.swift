/// What the page about certificates says: whose each is, when it ends, what it signed, and what to do.
enum CertificatePagePhrase: String, Phrase {
    case daysLeft = "Days until the certificates end"
    case certificateColumn = "Certificate"
    case endsColumn = "Ends"
    case daysColumn = "Days"

    case theirs = "Identity provider's"
    case theirsNumbered = "Identity provider's {number}"
    case oursForEncryption = "Ours for encryption"
    case oursForSigning = "Ours for signing"
    case oursForOther = "Ours for {use}"

    case signedNothing = "nothing: there are no logins yet"
    case signedNone = "none of the newest {logins} logins"
    case signedSome = "{count} of the newest {logins} logins"

    case theirsWillRefresh = "Nothing to do: the metadata is fetched again by itself, and brings the next certificate in."
    case theirsIsFine =
        "Nothing to do now. Before it ends, make the next one at your identity provider, and bring its metadata in on the settings page while both are valid."
    case theirsHasNext =
        "The next certificate is configured already. Have your identity provider sign with it before this one ends."
    case theirsEndsAndRefreshes =
        "Make the next certificate at your identity provider: its metadata is fetched by itself. Then look here to see whether it has come."
    case theirsEnds =
        "Make the next certificate at your identity provider now, and bring its metadata in on the settings page before you have it sign with it. Logins go on: an end is warned of, and refused only where the policy says so."
    case theirsEndedHasNext =
        "It has ended, and one that lasts longer is configured: make sure that your identity provider signs with that one, and take this one out of its metadata."
    case theirsEndedAndRefreshes =
        "It has ended. Make a new certificate at your identity provider now: its metadata is fetched by itself. Logins go on, unless the policy refuses a certificate that has ended."
    case theirsEnded =
        "It has ended. Make a new certificate at your identity provider now, and bring its metadata in on the settings page before you have it sign with it. Logins go on, unless the policy refuses a certificate that has ended."
    case oursIsFine = "Nothing to do."
    case oursEnds =
        "Ask the operator for the next key. Our metadata then has both: give it to your identity provider again, and the old key is retired."

    case oursEnded =
        "It has ended: ask the operator for the next key now. Our metadata then has both: give it to your identity provider again, and the old key is retired."

    static let subject = "certificatePage"
}

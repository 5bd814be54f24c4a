/// What was read from an identity provider's metadata.
enum ProviderPhrase: String, Phrase {
    case product = "It looks like {product}: advice here is in its words."
    case noProduct = "None that we know by its addresses, which is fine."
    case sentByForm = "People are sent to {address} by a form (HTTP-POST)."
    case sentByRedirect = "People are sent to {address} by a redirect (HTTP-Redirect)."
    case noAddress = "no address"
    case signedForMetadata = "They are signed with our key, because its metadata asks for that."
    case signedForPolicy = "They are signed with our key, because the policy asks for that."
    case unsigned = "They are not signed: its metadata doesn't ask for it."
    case oneKeyAssertion = "They are believed where the key below signed the assertion."
    case oneKeyEither = "They are believed where the key below signed the response or the assertion."
    case keysAssertion = "They are believed where one of the {count} keys below signed the assertion."
    case keysEither = "They are believed where one of the {count} keys below signed the response or the assertion."
    case encrypted = "The assertion must be encrypted."
    case document = "The metadata was given as a document: when its certificate changes, save the new one here."
    case fetchedNever = "The policy doesn't let {url} be fetched again: when its certificate changes, fetch it here."
    case fetchedDaily = "New certificates come by themselves: {url} is fetched every day."
    case fetchedHourly = "New certificates come by themselves: {url} is fetched every hour."
    case fetchedEveryHours = "New certificates come by themselves: {url} is fetched every {hours} hours."
    case holds = "It says that it holds until {day}."
    case held = "It says that it held until {day}: download it from the identity provider again, and save it here."
    case endedRefused =
        "Logins that it signs are refused, as the policy asks. Renew it at the identity provider and save its metadata here."
    case endedPasses =
        "Logins that it signs still pass, since a certificate is a key here; renew it at the identity provider and save its metadata here."
    case renew = "Renew it at the identity provider, and save its metadata here before that day."

    static let subject = "provider"
}

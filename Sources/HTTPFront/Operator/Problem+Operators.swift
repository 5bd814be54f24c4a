/// Why somebody doesn't come into the operator's console.
extension Problem {
    static let operatorTokenUnknown = Problem(
        "unauthorized", status: 401, "This token is not valid: it was mistyped, revoked, or has ended.",
        remedy: "Make a new one on the server: identity-ledger token create --role operator --expires-in 8h")
    static let operatorTokenTooSmall = Problem(
        "forbidden", status: 403, "This token does not open the console: that takes an operator's, for every organization.",
        remedy: "Make one on the server: identity-ledger token create --role operator --expires-in 8h")
    static let signedInTooLongAgo = Problem(
        "unauthorized", status: 401, "You signed in more than four hours ago, which is too long for the operator's console.",
        remedy: "Sign in again, or with a token. Where your identity provider does not ask who you are, sign out there first.")
}

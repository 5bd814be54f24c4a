import Events

/// Whom something is about, in a word.
enum PersonName {
    /// The address; where it can't be read any more, as after an erasure, a part of the user's ID; nil: nobody is known.
    static func said(email: String?, user: Identifier?) -> (any Said)? {
        if let email, !email.isEmpty { return email }
        return user.map { HistoryPhrase.erasedUser(["id": String($0.description.prefix(8))]) }
    }
}

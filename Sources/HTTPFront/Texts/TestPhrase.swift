/// What a test of the connection says beside its checks: who a real login would be, and what became of each part.
enum TestPhrase: String, Phrase {
    case refusedUser = "It names {who}, who is a user here. A real login would be refused like this one."
    case refusedStranger = "It names {who}, who is no user here yet. A real login would be refused like this one."
    case refusedNobody =
        "Whom it names can't be told, as the checks did not get that far. A real login would be refused like this one."
    case userRefused = "{who} is a user here, but a real login would be refused."
    case strangerRefused = "{who} is no user here, and a real login would be refused."
    case userWithRoles = "{who} is a user here and would be signed in, with these roles:"
    case userWithoutRole = "{who} is a user here and would be signed in, without any role."
    case newUserWithRoles = "{who} is no user here yet. A real login would make this user, with these roles:"
    case newUserWithoutRole = "{who} is no user here yet. A real login would make this user, without any role."
    case named = "{address} ({name})"
    case thisPerson = "this person"
    case role = "{role} of {account}"
    case roleBecause = "{role} of {account}, because of {attribute}"
    case email = "the e-mail address"
    case name = "the name"
    case firstName = "the first name"
    case lastName = "the last name"
    case groups = "groups"
    case roles = "roles"
    case logoutName = "the name for single logout"
    case notUsed = "not used"
    case belongsThere = "The value that belongs there"

    static let subject = "test"
}

/// What the settings page says around what was read: its path, its labels, and what was done on it.
enum SettingsPhrase: String, Phrase {
    case stepProvider = "Choose your identity provider"
    case stepOurs = "Make us known there"
    case stepSave = "Give us its metadata"
    case stepTheirs = "Check what we read"
    case stepTry = "Test the connection"
    case stepShare = "Share the login URL"
    case done = "done"
    case doneWith = "done: {product}"
    case next = "next"
    case organizationID = "Organization ID"
    case acsURL = "Assertion Consumer Service URL"
    case audienceURI = "Audience URI (Entity ID)"
    case saved = "Saved."
    case choices = "It describes {count} identity providers: choose yours from the list, or type its entity ID."
    case choicesCut =
        "It describes {count} identity providers, of which the list offers the first {shown}. Type the entity ID of any other one."

    static let subject = "settings"
}

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

    static let subject = "settings"
}

/// Why what was typed into the policy's form can't be taken.
enum PolicyFaultPhrase: String, Phrase {
    case number = "Type a whole number from {least} to {most}."
    case domains = "Type one e-mail domain to a line, such as example.com: “{value}” is none."
    case origins = "Type one origin to a line, such as https://app.example.com and nothing after it: “{value}” is none."
    case tooMany = "Type at most 1,000 lines."
    case instant = "Type a day and a time in UTC, such as 2026-12-31T00:00:00Z, or nothing."
    case address = "Type a whole address that begins with https:// or http://, or nothing."
    case nameIDFormat = "Type a URI, such as urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress, or nothing."
    case context = "Type a URI, such as urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport, or nothing."
    case attribute = "Type an attribute's name of at most 1,024 characters, or nothing."
    case choice = "Choose one of the list."
    case contradiction = "Choose this or “{other}”: who must be asked can't be let in without being asked."

    static let subject = "policyFault"
}

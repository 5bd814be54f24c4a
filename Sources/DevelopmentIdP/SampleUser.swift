/// A person of the development identity provider.
public struct SampleUser: Sendable, Hashable {
    /// The address, which is the NameID.
    public var email: String
    /// The name that is shown.
    public var displayName: String
    /// The groups that are sent.
    public var groups: [String]

    /// A person.
    public init(email: String, displayName: String, groups: [String] = []) {
        self.email = email
        self.displayName = displayName
        self.groups = groups
    }

    /// The people of the demonstration.
    public static let all = [
        SampleUser(email: "alice@example.com", displayName: "Alice Example", groups: ["staff", "admins"]),
        SampleUser(email: "bob@example.com", displayName: "Bob Example", groups: ["staff"]),
        SampleUser(email: "carol@example.com", displayName: "Carol Example"),
    ]
}

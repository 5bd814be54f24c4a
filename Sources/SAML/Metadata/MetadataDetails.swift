import XML

/// What an identity provider's metadata says for people: nothing here decides anything.
public struct MetadataDetails: Sendable, Hashable {
    /// Somebody to ask (metadata §2.3.2.2).
    public struct Contact: Sendable, Hashable {
        /// `technical`, `support`, `administrative`, `billing` or `other`.
        public let type: String
        /// Company, first and last name, as far as they are there.
        public let name: String
        /// Without `mailto:`.
        public let emails: [String]
    }

    /// The organization that runs it, in the document's first language.
    public let organizationName: String?
    /// Whom to ask.
    public let contacts: [Contact]
    /// The attributes that it says it sends, by their friendly names where they have one.
    public let attributes: [String]
    /// The NameID formats that it says it supports.
    public let nameIDFormats: [String]

    private static let maximumCount = 64

    init(_ entity: XMLElement, _ role: XMLElement) {
        func texts(_ element: XMLElement, _ name: StaticString) -> [String] {
            element.children(name, in: Names.metadata).prefix(Self.maximumCount).compactMap(\.text).filter { !$0.isEmpty }
        }
        let organization = entity.children("Organization", in: Names.metadata) + role.children("Organization", in: Names.metadata)
        organizationName = organization.lazy.flatMap { texts($0, "OrganizationDisplayName") + texts($0, "OrganizationName") }.first
        let people = entity.children("ContactPerson", in: Names.metadata) + role.children("ContactPerson", in: Names.metadata)
        contacts = people.prefix(Self.maximumCount).map { person in
            let names = texts(person, "GivenName") + texts(person, "SurName") + texts(person, "Company")
            let emails = texts(person, "EmailAddress").map { $0.hasPrefix("mailto:") ? String($0.dropFirst(7)) : $0 }
            return Contact(type: person.attribute("contactType") ?? "other", name: names.joined(separator: " "), emails: emails)
        }
        attributes = role.children("Attribute", in: Names.assertion).prefix(Self.maximumCount).compactMap {
            $0.attribute("FriendlyName") ?? $0.attribute("Name")
        }
        nameIDFormats = texts(role, "NameIDFormat")
    }
}

import Events
import Identity
import IdentityLedger

extension Services {
    /// An organization's page: its title, and what whoever opens it must be allowed.
    struct OrganizationPage: Sendable {
        let title: String
        let action: OrganizationAction

        /// The last part of its address.
        var path: String { title.lowercased() }
    }

    static let organizationPages: [OrganizationPage] = [
        .init(title: "Settings", action: .configure), .init(title: "Policy", action: .configure), .init(title: "Test", action: .configure),
        .init(title: "Users", action: .readUsers), .init(title: "Conversion", action: .convert), .init(title: "Logins", action: .read),
        .init(title: "History", action: .read), .init(title: "Certificates", action: .read), .init(title: "Report", action: .read),
    ]

    /// The links between those of an organization's pages that the visitor may open.
    func frame(_ organization: Identifier, _ visitor: Visitor, notice: (any Said)? = nil, problem: Problem? = nil)
        -> Pages.Frame
    {
        var links = links(organization, visitor.caller)
        if visitor.caller.authority == .operator { links.insert((label: OperatorWords.console, address: url.address("/operator")), at: 0) }
        let name = try? core.organizationName(organization)
        return Pages.Frame(
            name: name.flatMap { $0 }, links: links, setup: visitor.isSetup ? organization : nil, notice: notice, problem: problem)
    }

    /// Those of an organization's pages that the caller may open.
    func links(_ organization: Identifier, _ caller: Caller) -> [(label: String, address: String)] {
        let permitted = (try? core.permissions(organization, by: caller)) ?? []
        return Self.organizationPages.filter { permitted.contains($0.action) }.map {
            (label: $0.title, address: url.address("/organizations/\(organization)/\($0.path)"))
        }
    }

    /// The address of the list's next page; nil at its end.
    func nextPage(_ list: JSON, _ path: String, _ kept: [(String, String?)]) -> String? {
        guard let cursor = list["next"]?.stringValue else { return nil }
        let query = kept.compactMap { name, value in value.map { "\(name)=\(PercentCoding.encode($0))" } }
        return url.address(path) + "?" + (query + ["cursor=\(PercentCoding.encode(cursor))"]).joined(separator: "&")
    }
}

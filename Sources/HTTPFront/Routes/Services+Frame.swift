import Events
import Identity
import IdentityLedger

extension Services {
    /// An organization's pages by their titles; in small letters they are the last part of the address.
    static let organizationPages = ["Settings", "Policy", "Test", "Users", "Conversion", "Logins", "History", "Certificates", "Report"]

    /// The links between an organization's pages.
    func frame(_ organization: Identifier, _ visitor: Visitor, notice: (any Said)? = nil, problem: Problem? = nil)
        -> Pages.Frame
    {
        var links = Self.organizationPages.map {
            (label: $0, address: url.address("/organizations/\(organization)/\($0.lowercased())"))
        }
        if visitor.caller.authority == .operator { links.insert((label: OperatorWords.console, address: url.address("/operator")), at: 0) }
        let name = try? core.organizationName(organization)
        return Pages.Frame(name: name.flatMap { $0 }, links: links, notice: notice, problem: problem)
    }

    /// The address of the list's next page; nil at its end.
    func nextPage(_ list: JSON, _ path: String, _ kept: [(String, String?)]) -> String? {
        guard let cursor = list["next"]?.stringValue else { return nil }
        let query = kept.compactMap { name, value in value.map { "\(name)=\(PercentCoding.encode($0))" } }
        return url.address(path) + "?" + (query + ["cursor=\(PercentCoding.encode(cursor))"]).joined(separator: "&")
    }
}

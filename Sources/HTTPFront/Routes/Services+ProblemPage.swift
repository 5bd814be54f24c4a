import Events
import Hummingbird
import IdentityLedger

extension Services {
    /// A refusal's page for whoever asked: between the pages that are theirs, with a way back where there is one, and with who is signed in.
    func problemPage(_ problem: Problem, for request: FrontRequest, in table: RouteTable) async -> Response {
        var problem = problem
        if problem.status == 401 { problem.signInAddress = signInAddress(request) }
        // What was sent to an endpoint of SAML came from no page of ours.
        if problem.cause?.leadsBack == true, request.path.first != "saml" { problem.backAddress = page(above: request.path, in: table) }
        if problem.cause == .notPermitted, let token = sessionToken(request), let session = try? core.session(token) {
            problem.signedInAs = session.email
        }
        let page = pages.problem(problem, frame: await frame(around: request))
        return request.path.first == "setup" ? SetupRoutes.unreferred(page) : page
    }

    /// The page that a form's address belongs to: the nearest one above it, or the home page.
    private func page(above path: [String], in table: RouteTable) -> String {
        var path = path
        while !path.isEmpty {
            if case .handler(_, _, .people) = table.match(.get, path) { break }
            path.removeLast()
        }
        return url.address("/" + path.map(PercentCoding.encode).joined(separator: "/"))
    }

    // C48: of an organization, what stands around its other pages, for those alone who may open them.
    private func frame(around request: FrontRequest) async -> Pages.Frame {
        if request.path.first == "operator", (try? operatorVisitor(request)) != nil { return operatorFrame() }
        guard request.path.count >= 2, request.path[0] == "organizations", let organization = Identifier(request.path[1]),
            let visitor = try? await visitor(request, of: organization)
        else { return Pages.Frame() }
        let frame = frame(organization, visitor)
        return frame.links.isEmpty ? Pages.Frame() : frame
    }
}

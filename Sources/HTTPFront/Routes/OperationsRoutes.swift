import Hummingbird

/// What monitoring asks, and the pages' two files.
struct OperationsRoutes: Sendable {
    let services: Services

    func register(in table: inout RouteTable) {
        table.add(.get, "/healthz", for: .programs) { _ in .text("ok\n", type: "text/plain; charset=utf-8") }
        table.add(.get, "/readyz", for: .programs) { _ in
            guard await services.core.isReady() else { throw Problem.unavailable }
            return .text("ready\n", type: "text/plain; charset=utf-8")
        }
        table.add(.get, "/metrics", for: .programs) { _ in
            .text(
                services.metrics.text(await services.core.figures(), services.drifts),
                type: "text/plain; version=0.0.4; charset=utf-8")
        }
        table.add(.get, "/assets/page.css", for: .programs) { _ in
            asset(Templates.css + services.pages.appearance.css, type: "text/css; charset=utf-8")
        }
        table.add(.get, "/assets/logo", for: .programs, logo)
        table.add(.get, "/assets/page.js", for: .programs) { _ in
            asset(Templates.script, type: "text/javascript; charset=utf-8")
        }
    }

    // Whatever the image is, it is shown as what it was found to be, and as a document of its own it can do nothing.
    private func logo(_ request: FrontRequest) throws -> Response {
        guard let logo = services.pages.appearance.logo else { throw Problem.notFound }
        var response = Response.bytes(logo.bytes, type: logo.contentType)
        response.headers[.contentSecurityPolicy] = BrandLogo.policy
        response.headers[.cacheControl] = "public, max-age=600"
        return response
    }

    private func asset(_ text: String, type: String) -> Response {
        var response = Response.text(text, type: type)
        response.headers[.cacheControl] = "public, max-age=600"
        return response
    }
}

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
            asset(Templates.css + Templates.pictureCSS, type: "text/css; charset=utf-8")
        }
        table.add(.get, "/assets/page.js", for: .programs) { _ in
            asset(Templates.script, type: "text/javascript; charset=utf-8")
        }
    }

    private func asset(_ text: String, type: String) -> Response {
        var response = Response.text(text, type: type)
        response.headers[.cacheControl] = "public, max-age=600"
        return response
    }
}

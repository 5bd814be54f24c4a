import Hummingbird

/// What monitoring asks, and the files that pages load.
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
        let assets = services.pages.assets
        table.add(.get, assets.styles.path, for: .programs, assets.styles.response)
        table.add(.get, assets.script.path, for: .programs, assets.script.response)
        if let logo = assets.logo {
            table.add(.get, logo.path, for: .programs) { request in
                // Whatever the image is, it is shown as what it was found to be, and as a document of its own it can do nothing.
                var response = try logo.response(request)
                response.headers[.contentSecurityPolicy] = BrandLogo.policy
                return response
            }
        }
    }
}

import Crypto
import Events
import Hummingbird

/// The files that every page loads, each at an address with its version: what has that address never changes, so browsers keep it.
struct Assets: Sendable {
    struct Asset: Sendable {
        /// Below the public URL.
        let path: String
        let bytes: [UInt8]
        let contentType: String
        let version: String

        init(_ path: String, _ bytes: [UInt8], contentType: String) {
            self.path = path
            self.bytes = bytes
            self.contentType = contentType
            version = SHA256.hash(data: bytes).prefix(6).hexadecimal
        }

        var address: String { "\(path)?v=\(version)" }

        /// Without the version, as an operator's own template may have it, it is kept for ten minutes.
        func response(_ request: FrontRequest) throws -> Response {
            var response = Response.bytes(bytes, type: contentType)
            switch try request.query.text("v") {
            case version: response.headers[.cacheControl] = "public, max-age=31536000, immutable"
            case nil: response.headers[.cacheControl] = "public, max-age=600"
            // While servers of two versions answer side by side, nobody keeps the one's file under the other's address.
            case .some: response.headers[.cacheControl] = "no-store"
            }
            return response
        }
    }

    let styles: Asset
    let script: Asset
    let logo: Asset?

    init(_ appearance: Appearance) {
        styles = Asset("/assets/page.css", Array((Templates.css + appearance.css).utf8), contentType: "text/css; charset=utf-8")
        script = Asset("/assets/page.js", Array(Templates.script.utf8), contentType: "text/javascript; charset=utf-8")
        logo = appearance.logo.map { Asset("/assets/logo", $0.bytes, contentType: $0.contentType) }
    }
}

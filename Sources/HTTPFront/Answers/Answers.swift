import Events
import HTTPTypes
import Hummingbird
import NIOCore

extension Response {
    /// A page; `html` is escaped already.
    static func page(_ html: String, status: HTTPResponse.Status = .ok) -> Response {
        text(html, type: "text/html; charset=utf-8", status: status)
    }

    static func json(_ json: JSON, status: HTTPResponse.Status = .ok, type: String = "application/json") -> Response {
        bytes(json.encoded(), type: type, status: status)
    }

    static func text(_ text: String, type: String, status: HTTPResponse.Status = .ok) -> Response {
        bytes(Array(text.utf8), type: type, status: status)
    }

    static func bytes(_ bytes: [UInt8], type: String, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status, headers: [.contentType: type], body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    /// Sends the browser elsewhere. The address is one of ours, or was checked before (C44).
    static func redirect(_ address: String, status: HTTPResponse.Status = .seeOther) -> Response {
        // C46: a header's value has no controls.
        Response(
            status: status,
            headers: [.location: String(decoding: address.utf8.filter { $0 > 0x20 && $0 != 0x7F }, as: UTF8.self)])
    }

    mutating func set(_ cookie: SetCookie) {
        headers.append(HTTPField(name: .setCookie, value: cookie.headerValue))
    }

    func with(_ cookies: SetCookie...) -> Response {
        var response = self
        for cookie in cookies { response.set(cookie) }
        return response
    }
}

extension Problem {
    /// As `application/problem+json` (RFC 9457).
    func response(at url: PublicURL) -> Response {
        var response = Response.json(json(at: url), status: .init(code: status), type: "application/problem+json")
        apply(to: &response)
        return response
    }

    func apply(to response: inout Response) {
        if let retryAfterSeconds { response.headers[.retryAfter] = String(retryAfterSeconds) }
        if let allow { response.headers[.allow] = allow }
        if status == 401 { response.headers[.wwwAuthenticate] = "Bearer" }
    }
}

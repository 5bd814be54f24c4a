import Testing

@testable import HTTPFront

@Suite struct `A form` {
    @Test func `is read in order, with plus as space and percent-encoded UTF-8`() throws {
        let fields = try Fields(urlEncoded: Array("a=1+2&b=%C3%A9&empty=&flag".utf8))
        #expect(fields.fields.map(\.name) == ["a", "b", "empty", "flag"])
        #expect(try fields.one("a") == "1 2")
        #expect(try fields.one("b") == "é")
        #expect(try fields.text("empty") == nil)
        #expect(try fields.one("flag") == "")
    }

    @Test(arguments: ["a=%", "a=%4", "a=%zz", "a=%FF", "%C3=1"])
    func `with a broken percent-encoding is malformed`(_ text: String) {
        let problem = #expect(throws: Problem.self) { try Fields(urlEncoded: Array(text.utf8)) }
        #expect(problem?.code == "request_malformed")
        #expect(problem?.status == 400)
    }

    @Test func `with a field that comes twice is malformed where one value is wanted`() throws {
        let fields = try Fields(urlEncoded: Array("SAMLResponse=a&SAMLResponse=b".utf8))
        #expect(throws: Problem.self) { try fields.one("SAMLResponse") }
    }

    @Test func `with more than a thousand fields is malformed`() {
        let text = String(repeating: "a=1&", count: 1001)
        #expect(throws: Problem.self) { try Fields(urlEncoded: Array(text.utf8)) }
    }

    @Test func `with a file gives its fields and the file's exact bytes`() throws {
        let body =
            "--x\r\nContent-Disposition: form-data; name=\"form\"\r\n\r\ntoken\r\n--x\r\n"
            + "Content-Disposition: form-data; name=\"metadata\"; filename=\"a.xml\"\r\nContent-Type: text/xml\r\n\r\n<a>\r\n\r\n</a>\r\n--x--\r\n"
        let form = try Multipart(Array(body.utf8), contentType: "multipart/form-data; boundary=x")
        #expect(try form.fields.one("form") == "token")
        #expect(form.file("metadata") == Array("<a>\r\n\r\n</a>".utf8))
        #expect(form.file("other") == nil)
    }

    @Test(arguments: [
        "", "--x", "--x\r\n", "--x\r\n\r\n--x--", "--y--", "--x\r\nContent-Disposition: form-data\r\n\r\n\r\n--x--",
    ])
    func `whose parts are broken is malformed`(_ body: String) {
        #expect(throws: Problem.self) {
            try Multipart(Array(body.utf8), contentType: "multipart/form-data; boundary=x")
        }
    }

    @Test func `never crashes its readers, whatever it holds`() {
        var generator = SystemRandomNumberGenerator()
        let alphabet = Array("--x\r\n: ;=\"&%ab".utf8)
        for _ in 0..<5000 {
            let bytes = (0..<Int.random(in: 0..<60, using: &generator)).map { _ in
                alphabet.randomElement(using: &generator) ?? 0
            }
            _ = try? Fields(urlEncoded: bytes)
            _ = try? Multipart(bytes, contentType: "multipart/form-data; boundary=x")
        }
    }
}

import Identity

/// The configured public URL, without a slash at its end: every address is built from it and never from `Host`.
struct PublicURL: Sendable, Hashable {
    let text: String
    let origin: Origin
    /// Its path, `` or like `/sso`.
    let path: String

    /// - Returns: nil for what is no absolute `http` or `https` address.
    init?(_ text: String) {
        var text = text
        while text.hasSuffix("/") { text.removeLast() }
        guard let origin = Origin(of: text), !text.contains("?"), !text.contains("#") else { return nil }
        self.text = text
        self.origin = origin
        let afterScheme = text.dropFirst(origin.scheme.utf8.count + 3)
        path = afterScheme.firstIndex(of: "/").map { String(afterScheme[$0...]) } ?? ""
    }

    var isSecure: Bool { origin.scheme == "https" }
    func address(_ path: String) -> String { text + path }
}

/// The development identity provider's two pages.
enum ProviderPages {
    /// Whom to be, and what to get wrong.
    static func choice(_ errand: Errand, users: [SampleUser]) -> String {
        var text = "<h1>Development identity provider</h1>"
        text += "<p>Sign in to <b>\(html(errand.audience))</b> as:</p><form method=\"post\" action=\"respond\">"
        for (index, user) in users.enumerated() {
            text += "<p><label><input type=\"radio\" name=\"user\" value=\"\(html(user.email))\"\(index == 0 ? " checked" : "")> "
            text += "\(html(user.displayName)) (\(html(user.email)))</label></p>"
        }
        text += "<p><label>Response: <select name=\"misbehaviour\"><option value=\"\">A good one</option>"
        for misbehaviour in Misbehaviour.allCases {
            text += "<option value=\"\(misbehaviour.rawValue)\">\(html(misbehaviour.summary))</option>"
        }
        text += "</select></label></p>"
        let hidden = [
            ("acs", errand.acsURL), ("audience", errand.audience), ("request", errand.requestID ?? ""),
            ("RelayState", errand.relayState ?? ""),
        ]
        for (name, value) in hidden { text += field(name, value) }
        return page(text + "<p><button>Sign in</button></p></form>")
    }

    /// A form that posts itself (bindings §3.5.4).
    static func post(_ response: String, _ errand: Errand) -> String {
        var text = "<form method=\"post\" action=\"\(html(errand.acsURL))\">" + field("SAMLResponse", response)
        if let relayState = errand.relayState { text += field("RelayState", relayState) }
        text += "<noscript><button>Go on</button></noscript></form><script>document.forms[0].submit()</script>"
        return page(text)
    }

    /// What cannot be answered.
    static func problem(_ sentence: String) -> String { page("<h1>This cannot be answered</h1><p>\(html(sentence))</p>") }

    private static func field(_ name: String, _ value: String) -> String {
        "<input type=\"hidden\" name=\"\(name)\" value=\"\(html(value))\">"
    }

    private static func page(_ body: String) -> String {
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Development identity provider</title>"
            + "<meta name=\"viewport\" content=\"width=device-width\"></head><body>\(body)</body></html>"
    }

    // A canonical attribute's escapes are right in HTML too, between tags and in quotes.
    private static func html(_ text: String) -> String { CanonicalText.attribute(text) }
}

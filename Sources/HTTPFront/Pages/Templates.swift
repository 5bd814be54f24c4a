/// The pages' templates (Mustache): constants, so that the executable needs no files beside it.
/// C52: `{{value}}` escapes for HTML text and quoted attributes; `{{{body}}}` stands in the layout alone, and
/// `{{{picture}}}` where a page shows one: ``Drawing`` escaped what is in it.
enum Templates {
    static let all: [(name: String, text: String)] = [
        ("layout", layout), ("home", home), ("homeLinks", homeLinks), ("signIn", signIn), ("post", post), ("refused", refused),
        ("whom", whom), ("help", help), ("helpIndex", helpIndex), ("question", question),
        ("consumer", consumer), ("message", message), ("setup", setup), ("setupOver", setupOver), ("settings", settings),
        ("guide", guide), ("copied", copied), ("metadataForm", metadataForm), ("provider", provider), ("domains", domains),
        ("test", test), ("testReport", testReport), ("answered", answered), ("remedies", remedies), ("checks", checks),
        ("users", users), ("conversion", conversion), ("logins", logins), ("history", history), ("state", state),
        ("made", made), ("pages", pages), ("figures", figures), ("choices", choices), ("period", period), ("person", person),
        ("loginTable", loginTable), ("eventTable", eventTable), ("atHint", atHint), ("event", event), ("certificates", certificates),
        ("explanation", explanation), ("consequence", consequence), ("consequenceGroup", consequenceGroup), ("policy", policy),
        ("policyField", policyField),
        ("report", report), ("reportForm", reportForm), ("reportPage", reportPage), ("document", document),
        ("operatorSignIn", operatorSignIn), ("operatorList", operatorList), ("operatorOrganization", operatorOrganization),
        ("operatorPeople", operatorPeople), ("operatorOutcome", operatorOutcome),
        ("apiIndex", apiIndex), ("apiSubject", apiSubject), ("apiShape", apiShape), ("apiShapes", apiShapes),
    ]
}

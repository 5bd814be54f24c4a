import XML

/// The status, read before anything else. Unless the Response is signed it can only refuse (C28).
func checkStatus(of response: XMLElement) throws(Refusal) -> String {
    guard let status = try response.only("Status", in: Names.protocol) else {
        throw Refusal(.schemaViolation, "A Response must have a Status; this one has none.")
    }
    guard let code = try status.only("StatusCode", in: Names.protocol) else {
        throw Refusal(.schemaViolation, "A Status must have a StatusCode; this one has none.")
    }
    let value = try code.required("Value")
    var nested: [String] = []
    var place = try code.only("StatusCode", in: Names.protocol)
    while let inner = place {
        nested.append(try inner.required("Value"))
        place = try inner.only("StatusCode", in: Names.protocol)
    }
    guard value == Names.success, nested.isEmpty else {
        throw notSuccess(value, nested, message: try status.only("StatusMessage", in: Names.protocol)?.text)
    }
    return "Success."
}

private func notSuccess(_ value: String, _ nested: [String], message: String?) -> Refusal {
    let codes = ([value] + nested).map(quoted).joined(separator: ", ")
    var detail = "The status must be Success; the identity provider answered \(codes)."
    if let message, !message.isEmpty { detail += " It says: \(quoted(message))." }
    return Refusal(.statusNotSuccess, detail, remedy: remedy(nested.first ?? value))
}

private func remedy(_ code: String) -> String {
    switch code.split(separator: ":").last {
    case "AuthnFailed": "Sign in at your identity provider again; it did not accept the sign-in."
    case "RequestDenied": "At the identity provider, assign this application to the person, then sign in again."
    case "InvalidNameIDPolicy":
        "Let the identity provider send the e-mail address as NameID, or leave the policy's NameID format empty."
    case "NoAuthnContext": "Leave the policy's authentication context empty, or let the identity provider offer it."
    case "NoPassive": "Sign in at your identity provider first."
    default: "Look into your identity provider's log: it refused this sign-in itself."
    }
}

import Events
import XML

/// What a Response carries, found on a fixed path from the root (C9, C10).
enum AssertionPlace {
    case plain(XMLElement)
    case encrypted(XMLElement)
}

/// Whether this is a `samlp:Response` 2.0 at all (C9).
func checkRoot(_ document: XMLDocument) throws(Refusal) -> String {
    let root = document.root
    guard root.matches("Response", in: Names.protocol) else {
        if root.matches("Response", in: Names.protocol1) {
            throw Refusal(
                .versionUnsupported, "The version must be 2.0; this is a SAML 1.x Response.",
                remedy: "Set this application up as SAML 2.0 at the identity provider.")
        }
        throw Refusal(
            .schemaViolation,
            "The root must be Response of SAML 2.0; it is \(quoted(root.name)) in \(quoted(root.namespace)).")
    }
    try checkVersion(root)
    return "A SAML 2.0 Response."
}

func checkVersion(_ element: XMLElement) throws(Refusal) {
    let version = try element.required("Version")
    guard version == "2.0" else {
        throw Refusal(.versionUnsupported, "The version must be 2.0; “\(element.name)” says \(quoted(version)).")
    }
}

/// The Response against the schema's cardinalities, and the whole document against what may stand nowhere in it.
func checkStructure(_ document: XMLDocument) throws(Refusal) -> AssertionPlace {
    let root = document.root
    try checkWhole(document)
    // protocol schema: StatusResponseType, then ResponseType.
    let order: [(StaticString, StaticString, Int)] = [
        ("Issuer", Names.assertion, 1), ("Signature", Names.signature, 1), ("Extensions", Names.protocol, 1),
        ("Status", Names.protocol, 1), ("Assertion", Names.assertion, .max), ("EncryptedAssertion", Names.assertion, .max),
    ]
    let assertions = root.children.filter { isAssertion($0) || isEncryptedAssertion($0) }
    guard assertions.count == 1, let place = assertions.first else {
        throw Refusal(.schemaViolation, "A Response must carry one assertion; this one carries \(assertions.count).")
    }
    try checkChildren(of: root, in: order)
    try checkIdentifier(root)
    _ = try instant(root, "IssueInstant")
    try checkNowhereElse(root, place)
    try checkUniqueIdentifiers(root)
    guard isAssertion(place) else { return .encrypted(place) }
    try checkAssertionShape(place)
    return .plain(place)
}

/// The same rules for an assertion that was decrypted: a document of its own (C24).
func checkDecrypted(_ document: XMLDocument, _ assertion: XMLElement) throws(Refusal) {
    try checkWhole(document)
    try checkNowhereElse(assertion, assertion)
    try checkUniqueIdentifiers(assertion)
    try checkAssertionShape(assertion)
}

/// The same rules for a part of an assertion that was decrypted: nothing in it may be an assertion or a signature.
func checkPart(_ document: XMLDocument, _ part: XMLElement) throws(Refusal) {
    try checkWhole(document)
    try checkNowhereElse(document.root, document.root)
    try checkUniqueIdentifiers(part)
}

/// The same rules for a message that carries no assertion: logout requests and responses (C36).
func checkMessage(_ document: XMLDocument) throws(Refusal) {
    let root = document.root
    try checkWhole(document)
    try checkIdentifier(root)
    // No place is given to an Assertion, so none may stand anywhere; a Signature stands in the root only.
    try checkNowhereElse(root, root)
    try checkUniqueIdentifiers(root)
}

/// SAML core §2.3.3: an Assertion's children and attributes.
func checkAssertionShape(_ assertion: XMLElement) throws(Refusal) {
    guard isAssertion(assertion) else {
        throw Refusal(.schemaViolation, "An Assertion is expected; there is \(quoted(assertion.name)).")
    }
    try checkVersion(assertion)
    try checkIdentifier(assertion)
    _ = try instant(assertion, "IssueInstant")
    try checkChildren(
        of: assertion,
        in: [
            ("Issuer", Names.assertion, 1), ("Signature", Names.signature, 1), ("Subject", Names.assertion, 1),
            ("Conditions", Names.assertion, 1), ("Advice", Names.assertion, 1), ("", Names.assertion, .max),
        ])
    guard try assertion.only("Issuer", in: Names.assertion) != nil else {
        throw Refusal(.schemaViolation, "An Assertion must have an Issuer; this one has none.")
    }
    guard try assertion.only("Subject", in: Names.assertion) != nil else {
        throw Refusal(.schemaViolation, "An Assertion for sign-in must have a Subject; this one has none.")
    }
}

func isAssertion(_ element: XMLElement) -> Bool { element.matches("Assertion", in: Names.assertion) }
func isEncryptedAssertion(_ element: XMLElement) -> Bool { element.matches("EncryptedAssertion", in: Names.assertion) }
func isSignature(_ element: XMLElement) -> Bool { element.matches("Signature", in: Names.signature) }

/// An instant that the schema requires.
func instant(_ element: XMLElement, _ attribute: StaticString) throws(Refusal) -> Instant {
    try instant(try element.required(attribute), "\(element.name)/@\(attribute)")
}

func instant(_ text: String, _ place: String) throws(Refusal) -> Instant {
    guard let instant = Instant(rfc3339: text) else {
        throw Refusal(.schemaViolation, "\(place) must be an instant in UTC; it is \(quoted(text)).")
    }
    return instant
}

// C5, C6: of the whole document.
private func checkWhole(_ document: XMLDocument) throws(Refusal) {
    guard document.commentCount == 0 else {
        throw Refusal(.schemaViolation, "A message may have no comments; this one has \(document.commentCount).")
    }
    guard document.instructionCount == 0 else {
        throw Refusal(
            .schemaViolation, "A message may have no processing instructions; this one has \(document.instructionCount).")
    }
    guard !document.hasRelativeNamespace else {
        throw Refusal(.canonicalizationFailed, "A namespace's name must be absolute, without an ampersand; one is not.")
    }
}

// In the schema's order, each at most so often; an empty name stands for the three kinds of statement.
private func checkChildren(of parent: XMLElement, in order: [(StaticString, StaticString, Int)]) throws(Refusal) {
    var place = 0
    var count = 0
    guard !parent.hasOwnText else {
        throw Refusal(.schemaViolation, "“\(parent.name)” may hold elements only; it holds text.")
    }
    for child in parent.children {
        while place < order.count, !fits(child, order[place]) {
            place += 1
            count = 0
        }
        guard place < order.count else {
            throw Refusal(.schemaViolation, "“\(parent.name)” has \(quoted(child.name)) where it may not stand.")
        }
        count += 1
        guard count <= order[place].2 else {
            throw Refusal(.schemaViolation, "“\(parent.name)” may have one “\(order[place].0)”; it has more.")
        }
    }
}

private func fits(_ child: XMLElement, _ expected: (StaticString, StaticString, Int)) -> Bool {
    guard expected.0.utf8CodeUnitCount == 0 else { return child.matches(expected.0, in: expected.1) }
    return child.matches("AuthnStatement", in: expected.1) || child.matches("AttributeStatement", in: expected.1)
        || child.matches("AuthzDecisionStatement", in: expected.1)
}

// xs:ID is an NCName.
private func checkIdentifier(_ element: XMLElement) throws(Refusal) {
    let identifier = try element.required("ID")
    guard let first = identifier.unicodeScalars.first, first == "_" || first.properties.isAlphabetic,
        identifier.unicodeScalars.allSatisfy(isNameCharacter)
    else {
        throw Refusal(.schemaViolation, "An ID must be an XML name; “\(element.name)” has \(quoted(identifier)).")
    }
}

private func isNameCharacter(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", "_", "-", ".": true
    case _ where scalar.isASCII: false
    default:
        scalar.properties.isAlphabetic || scalar.properties.numericType != nil
            || scalar.properties.canonicalCombiningClass != .notReordered || scalar.value == 0xB7
    }
}

// C10, C11: no other Assertion, Response or Signature anywhere, whatever it is wrapped in.
private func checkNowhereElse(_ root: XMLElement, _ place: XMLElement) throws(Refusal) {
    var found: String?
    root.walk { element in
        if element.matches("Response", in: Names.protocol) {
            if !element.isSame(as: root) { found = "Response" }
        } else if isAssertion(element) || isEncryptedAssertion(element) {
            if !element.isSame(as: place) { found = element.name }
        } else if isSignature(element) {
            let parent = element.parent
            let stands = parent.map { $0.isSame(as: root) || ($0.isSame(as: place) && isAssertion($0)) } ?? false
            if !stands { found = "Signature" }
        }
        return found == nil
    }
    if let found {
        throw Refusal(
            .schemaViolation, "A message has one Response, one assertion and signatures on these; another “\(found)” stands elsewhere.")
    }
}

// C17: any attribute named ID, Id or id, in any namespace.
private func checkUniqueIdentifiers(_ root: XMLElement) throws(Refusal) {
    var seen: Set<String> = []
    var twice: String?
    root.walk { element in
        for value in element.values(ofAttributes: ["ID", "Id", "id"]) where !seen.insert(value).inserted { twice = value }
        return twice == nil
    }
    if let twice { throw Refusal(.duplicateID, "Every ID must be unique in the message; \(quoted(twice)) stands twice.") }
}

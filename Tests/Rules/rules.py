"""Each rule of the document, the signature, encryption and the facts: what keeps it, and how the code reads without it.

A row is a rule's number, what it says, and edits: (file, text, replacement). The text must stand in the file exactly once.
"""

XML = "Sources/XML/"
SHIM = "Sources/CLibXML2/shim.h"
SAML = "Sources/SAML/"
IDENTITY = "Sources/Identity/SignOn.swift"
JUDGE = SAML + "Judge.swift"
STRUCTURE = SAML + "Protocol/Structure.swift"
SIGNATURE = SAML + "Signature/"
PROFILE = SAML + "Profile/"
CRYPTOGRAPHY = "Sources/Cryptography/"

RULES = [
    ("C1", "claims are read from the bytes that were verified", [
        (SAML + "Protocol/Assertion.swift", "let inner = try root.only(\"Assertion\", in: Names.assertion)",
         "let inner = root.children(\"Assertion\", in: Names.assertion).last"),
        (STRUCTURE, "guard assertions.count == 1, let place = assertions.first else {", "guard let place = assertions.first else {"),
        (STRUCTURE, "if !element.isSame(as: place) { found = element.name }", "_ = place"),
    ]),
    ("C2", "at most 256 KiB", [(XML + "Prescan.swift", "guard bytes.count <= limits.totalBytes else {", "guard true || bytes.count <= limits.totalBytes else {")]),
    ("C2", "a start tag has at most 8 KiB", [
        (XML + "Prescan.swift", "guard index - start <= limits.startTagBytes else {", "guard true || index - start <= limits.startTagBytes else {"),
        (XML + "Prescan.swift", "guard (end ?? bytes.count) - start <= limits.startTagBytes else {", "guard true || (end ?? bytes.count) - start <= limits.startTagBytes else {"),
    ]),
    ("C2", "a start tag has at most 32 attributes", [(XML + "Prescan.swift", "guard attributes <= limits.attributes else {", "guard true || attributes <= limits.attributes else {")]),
    ("C2", "depth", [(SHIM, "if (++state->depth > state->maximum_depth)", "if (++state->depth > 100000)")]),
    ("C2", "number of elements", [(SHIM, "if (++state->elements > state->maximum_elements)", "if (++state->elements > 10000000)")]),
    ("C2", "length of a namespace's name", [(SHIM, "fits = fits && ledger_xml_fits(declared, state->maximum_name);", "")]),
    ("C2", "namespaces in scope", [(SHIM, "if (state->namespaces > state->maximum_namespaces)", "if (0)")]),
    ("C2", "length of a value", [(SHIM, "if (state->value > state->maximum_value && !state->in_cipher_value) {", "if (0) {")]),
    # That no NUL and no invalid UTF-8 is read, libxml2 keeps as well: taking our own look away is not noticed.
    ("C3", "no other encoding", [(XML + "Prescan.swift", "guard compact[encoding.upperBound...].starts(with: Array(\"utf-8\\\"\".utf8)) else {", "guard true || compact[encoding.upperBound...].starts(with: Array(\"utf-8\\\"\".utf8)) else {")]),
    ("C3", "base64 is strict", [(SAML + "Base64Field.swift", "guard count & 3 == 0 else { return nil }", "if count < 0 { return nil }")]),
    ("C4", "no DOCTYPE, before libxml2 and in it", [
        (XML + "Prescan.swift", "throw XMLError(.doctype, \"A document type declaration (DOCTYPE) is not allowed.\")", "index += 9"),
        (SHIM, "    ledger_xml_stop(context, LEDGER_XML_DOCTYPE);", "    (void)context;"),
    ]),
    ("C5", "no comments", [(STRUCTURE, "guard document.commentCount == 0", "guard true || document.commentCount == 0")]),
    ("C5", "no processing instructions", [(STRUCTURE, "document.instructionCount == 0", "document.instructionCount >= 0")]),
    ("C5", "no entity references", [(SHIM, "    if (predefined == NULL) ledger_xml_stop(context, LEDGER_XML_ENTITY);", "")]),
    # Kept thrice: by the look at the tree, by the canonicalization that fails, and by the second parse.
    ("C6, C18", "no relative namespace, no void canonical form", [
        (STRUCTURE, "guard !document.hasRelativeNamespace else {", "guard true || !document.hasRelativeNamespace else {"),
        (XML + "ExclusiveCanonicalization.swift", "throw XMLError(.notCanonicalizable, \"The element “\\(name)” has no canonical form of at most \\(limit) bytes.\")", "return Array(\"<x/>\".utf8)"),
        (SIGNATURE + "VerifiedElement.swift", "let failure = Refusal(.canonicalizationFailed,", "let failure = Refusal(.expired,"),
    ]),
    ("C8", "a value is its element's whole text", [(SAML + "Document.swift", "guard let text else {\n            throw Refusal(.schemaViolation, \"“\\(name)” must hold text; it holds an element.\")\n        }\n        return text", "return text ?? children.compactMap(\\.text).joined()")]),
    ("C9", "the root is a Response", [(STRUCTURE, "guard root.matches(\"Response\", in: Names.protocol) else {", "guard root.name == \"Response\" || root.matches(\"Response\", in: Names.protocol) else {")]),
    ("C10", "one assertion", [(STRUCTURE, "guard assertions.count == 1, let place = assertions.first else {", "guard let place = assertions.first else {"),
                             (STRUCTURE, "if !element.isSame(as: place) { found = element.name }", "_ = place")]),
    ("C10", "no assertion anywhere else", [(STRUCTURE, "if !element.isSame(as: place) { found = element.name }", "_ = place")]),
    ("C11", "no signature elsewhere", [(STRUCTURE, "if !stands { found = \"Signature\" }", "_ = stands")]),
    ("C11", "a signature is required", [(JUDGE, "guard let response else {\n            throw Refusal(\n                .signatureMissing,", "guard let response else {\n            throw Refusal(\n                .expired,")]),
    ("C11", "one Reference", [(SIGNATURE + "SignatureParts.swift", "guard info.count == 3,", "guard info.count >= 3,"),
                             (SIGNATURE + "SignedInfo.swift", "guard children.count == 3,", "guard children.count >= 3,")]),
    ("C12", "the Reference names the signature's parent", [(SIGNATURE + "VerifiedElement.swift", "    try checkReference(info, element)\n", "")]),
    ("C13", "two transforms and no others", [(SIGNATURE + "SignedInfo.swift", "guard names.count == 2, names[0] == Names.enveloped, transforms[0].children.isEmpty, !transforms[0].hasOwnText else {", "guard names.count >= 2 else {")]),
    ("C7", "a PrefixList has at most 16 prefixes", [(SIGNATURE + "SignatureParts.swift", "guard prefixes.count <= Limits.prefixCount else {", "guard prefixes.count >= 0 else {")]),
    ("C7", "a SignedInfo has few elements", [(SIGNATURE + "VerifiedElement.swift", "try checkSize(of: parts.signedInfo)", "")]),
    ("C7", "a canonical form has a bounded length", [(SHIM, "if (xmlOutputBufferGetSize(subtree->output) > subtree->maximum) {", "if (0) {"), (SHIM, "|| subtree.exceeded || xmlOutputBufferGetSize(buffer) > maximum ||", "||")]),
    ("C14", "exclusive canonicalization", [(SIGNATURE + "SignatureParts.swift", "guard algorithm == Names.exclusive || algorithm == Names.exclusiveWithComments else {", "guard !algorithm.isEmpty else {")]),
    ("C15", "no Object", [(SIGNATURE + "SignatureParts.swift", "children.count == 2 || children[2].matches(\"KeyInfo\", in: Names.signature), !signature.hasOwnText", "!signature.hasOwnText"),]),
    ("C15", "no HMACOutputLength", [(SIGNATURE + "SignedInfo.swift", "if children[1].children.contains(where: { $0.matches(\"HMACOutputLength\", in: Names.signature) }) {", "if false {")]),
    ("C16", "the digest is that of the bytes", [(SIGNATURE + "VerifiedElement.swift", "guard info.digestValue.count == digest.count, constantTimeEqual(info.digestValue, digest) else {", "guard info.digestValue.count == digest.count else {")]),
    ("C16", "a digest has its length", [(SIGNATURE + "SignedInfo.swift", "guard digestValue.count == digest.length else {", "guard true || digestValue.count == digest.length else {")]),
    ("C16", "a value is text that decodes", [(SIGNATURE + "SignatureParts.swift", "guard let text = element.text, let bytes", "guard let text = element.text ?? element.children.first?.text, let bytes")]),
    ("C17", "IDs are unique", [(STRUCTURE, "if let twice { throw", "if let twice, twice.isEmpty { throw")]),
    ("C19", "no SHA-1 without leave", [(SIGNATURE + "SignedInfo.swift", "guard allowsSHA1 || !(method.usesSHA1 || digest.isSHA1) else {", "guard true || allowsSHA1 else {")]),
    ("C19", "RSA has 2048 bits", [(SIGNATURE + "VerifiedElement.swift", "guard !certificate.publicKey.isTooWeak else {", "guard true || !certificate.publicKey.isTooWeak else {")]),
    ("C20", "no configured key is an error", [(JUDGE, "guard let provider = facts.identityProvider, !provider.certificates.isEmpty else {", "guard let provider = facts.identityProvider else {")]),
    ("C21", "the algorithm fits the key", [(CRYPTOGRAPHY + "PublicKey.swift", "guard handle.fits(algorithm) else { return false }", "guard handle.fits(algorithm) else { return true }")]),
    ("C22", "only one value is success", [(CRYPTOGRAPHY + "OpenSSL.swift", "if result == 1 { return true }", "if result >= 0 { return true }")]),
    ("C23", "a certificate's end refuses where the policy says so", [(JUDGE, "guard isValid || !facts.refuseExpiredCertificates else {", "guard true || isValid else {")]),
    # That nothing unsigned is read, the type keeps: only the verifier makes a VerifiedElement. Here it is the code that a missing one has.
    ("C24", "an encrypted assertion is signed inside", [(SIGNATURE + "EncryptedAssertion.swift", "guard let signature = try assertion.only(\"Signature\", in: Names.signature) else { throw unreadable }", "guard let signature = try assertion.only(\"Signature\", in: Names.signature) else { fatalError() }")]),
    ("C25", "RSA-OAEP only", [(SIGNATURE + "EncryptedParts.swift", "guard let method, is11 || name == \"http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p\" else {", "guard let method else {")]),
    ("C26", "one failure", [(SIGNATURE + "EncryptedAssertion.swift", "    } catch {\n        throw unreadable\n    }", "    } catch {\n        throw error\n    }")]),
    ("C27", "one EncryptedKey", [(SIGNATURE + "EncryptedParts.swift", "guard keys.count == 1, let key = keys.first else {", "guard let key = keys.first else {")]),
    ("C28", "the status is Success", [(SAML + "Protocol/Status.swift", "guard value == Names.success, nested.isEmpty else {", "guard value == Names.success || value.isEmpty == false else {")]),
    ("C28", "nothing is nested in Success", [(SAML + "Protocol/Status.swift", "guard value == Names.success, nested.isEmpty else {", "guard value == Names.success else {")]),
    ("C29", "the assertion's Issuer", [(JUDGE, "guard same(assertion.issuer, provider.entityID) else {", "guard true || same(assertion.issuer, provider.entityID) else {")]),
    ("C29", "the Response's Issuer", [(JUDGE, "!same(issuer, provider.entityID) {", "!same(issuer, provider.entityID), issuer.isEmpty {")]),
    ("C30", "the Recipient", [(PROFILE + "BearerConfirmation.swift", "guard facts.acsURLs.contains(where: { same($0, recipient) }) else {", "guard !recipient.isEmpty else {")]),
    ("C30", "the Destination", [(PROFILE + "BearerConfirmation.swift", "guard facts.acsURLs.contains(where: { same($0, destination) }) else {", "guard !destination.isEmpty else {")]),
    ("C30", "the Audience", [(PROFILE + "Conditions.swift", "for audiences in restrictions where !audiences.contains(where: { same($0, ours) || same($0, \"spn:\" + ours) }) {", "for audiences in restrictions where audiences.isEmpty {")]),
    ("C30", "an audience is named", [(PROFILE + "Conditions.swift", "guard !restrictions.isEmpty else {", "guard true || !restrictions.isEmpty else {")]),
    ("C31", "NotBefore", [(PROFILE + "Conditions.swift", "guard let notBefore, isTooEarly(notBefore) else { return }", "guard let notBefore, isTooEarly(notBefore), notBefore.nanoseconds == 0 else { return }")]),
    ("C31", "NotOnOrAfter", [(PROFILE + "Conditions.swift", "guard let notOnOrAfter, isOver(notOnOrAfter) else { return }", "guard let notOnOrAfter, isOver(notOnOrAfter), notOnOrAfter.nanoseconds == 0 else { return }")]),
    ("C31", "SessionNotOnOrAfter", [(PROFILE + "Conditions.swift", "    try facts.checkEnd(assertion.sessionNotOnOrAfter, \"The identity provider's session\")\n", "")]),
    ("C31", "the confirmation ends", [
        (PROFILE + "BearerConfirmation.swift", "guard let end = confirmation.notOnOrAfter else {", "guard confirmation.hasData else {"),
        (PROFILE + "BearerConfirmation.swift", "try facts.checkEnd(end, \"The bearer confirmation\")", "try facts.checkEnd(confirmation.notOnOrAfter, \"The bearer confirmation\")"),
    ]),
    ("C31", "unknown conditions refuse", [(SAML + "Protocol/Assertion.swift", "} else if !child.matches(\"OneTimeUse\", in: Names.assertion), !child.matches(\"ProxyRestriction\", in: Names.assertion) {", "} else if child.name == \"\" {")]),
    ("C32", "an assertion is used once", [(IDENTITY, "case .firstUse: facts.replayOf == 0 ? nil : replayed(facts)", "case .firstUse: nil")]),
    ("C34", "InResponseTo of verified bytes", [(PROFILE + "BearerConfirmation.swift", "guard responseIsSigned else {", "guard true || responseIsSigned else {")]),
    ("C34", "InResponseTo is the same everywhere", [(PROFILE + "BearerConfirmation.swift", "guard same(confirmed, response) else {", "guard true || same(confirmed, response) else {")]),
    # One that isn't ours has no instant either, so that it would be too old: both are taken out.
    ("C34", "a request is ours", [
        (IDENTITY, "guard facts.requestIsOurs else {", "guard true || facts.requestIsOurs else {"),
        (IDENTITY, "guard Instant(nanoseconds: facts.instant) <= end else {", "guard true || Instant(nanoseconds: facts.instant) <= end else {"),
    ]),
    ("C34", "a request lives 15 minutes", [(IDENTITY, "guard Instant(nanoseconds: facts.instant) <= end else {", "guard true || Instant(nanoseconds: facts.instant) <= end else {")]),
    ("C34", "a request is answered once", [(IDENTITY, "guard facts.answeredBy == 0 else {", "guard true || facts.answeredBy == 0 else {")]),
    ("C34", "a request belongs to its browser", [(IDENTITY, "guard facts.requestCookie else {", "guard true || facts.requestCookie else {")]),
    ("C34", "unsolicited only where allowed", [(IDENTITY, "guard !policy.allowUnsolicited else { return nil }", "guard policy.allowUnsolicited else { return nil }")]),
    ("C35", "a request of one organization is none of another's", [("Sources/Identity/RequestID.swift", "        hmac.update(data: organization.bytes)\n", "")]),
    ("C36", "a logout message is signed", [(SAML + "Protocol/LogoutReading.swift", "guard let key = provider.certificates.first(where: { method.verifies(signature, of: fields.octets, key: $0.publicKey) }) else {", "guard let key = provider.certificates.first else {")]),
    ("C36", "a parameter comes once", [(SAML + "Protocol/SignedQuery.swift", "guard part.count > name.count, raw.updateValue(part.dropFirst(name.count + 1), forKey: String(name)) == nil else {", "guard part.count > name.count else { throw Self.malformed }\n            raw[String(name)] = part.dropFirst(name.count + 1)\n            guard true else {")]),
    ("C36", "inflating stops", [(SAML + "Protocol/SignedQuery.swift", "limit: 64 * 1024)", "limit: 1 << 30)")]),
]

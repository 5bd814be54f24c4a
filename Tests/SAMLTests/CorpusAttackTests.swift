import Events
import Foundation
import Testing

@testable import SAML

/// An attack on any response, whatever its prefixes: elements are found by their local names.
struct CorpusAttack: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// The codes that say why; the first that applies depends on what was signed.
    let codes: Set<String>
    /// nil: it doesn't apply to this response.
    let change: @Sendable (Message) -> String?

    /// A response's text and where its parts are.
    struct Message: Sendable {
        let text: String

        /// The first element of that name, its tags included.
        func element(_ name: String, in other: String? = nil) -> String? {
            let text = other ?? text
            // The tag begins after `<`, or after the prefix's colon.
            var from = text.startIndex
            while let found = text.range(of: name, range: from..<text.endIndex) {
                from = found.upperBound
                guard let open = text[..<found.lowerBound].lastIndex(of: "<"), let next = text[found.upperBound...].first,
                    next == ">" || next.isWhitespace
                else { continue }
                let prefix = text[text.index(after: open)..<found.lowerBound]
                guard prefix.isEmpty || prefix.hasSuffix(":") && prefix.dropLast().allSatisfy({ $0.isLetter || $0.isNumber }),
                    let end = text[open...].firstRange(of: "</\(prefix)\(name)>")
                else { continue }
                return String(text[open..<end.upperBound])
            }
            return nil
        }

        var assertion: String? { element("Assertion") }
        /// Of the Response: the one before the assertion.
        var responseSignature: String? {
            let before = assertion.flatMap { text.components(separatedBy: $0).first } ?? ""
            return element("Signature", in: before)
        }
        var assertionSignature: String? { assertion.flatMap { element("Signature", in: $0) } }

        /// The assertion as an attacker would have it: another person, another ID, no signature.
        var forged: String? {
            guard var assertion else { return nil }
            if let signature = element("Signature", in: assertion) { assertion = assertion.replacingOccurrences(of: signature, with: "") }
            return assertion.replacingOccurrences(of: "ann.example@customer.example", with: "mallory@customer.example")
                .replacingOccurrences(of: "\"_assertion\"", with: "\"_forged\"").replacingOccurrences(of: "'_assertion'", with: "'_forged'")
        }

        func replacing(_ one: String?, with other: String?) -> String? {
            guard let one, let other, text.contains(one), one != other else { return nil }
            return text.replacingOccurrences(of: one, with: other)
        }
    }

    static let all: [CorpusAttack] = [
        .init(testDescription: "the person is another", codes: ["reference_mismatch"]) { message in
            message.replacing("ann.example@customer.example", with: "mallory@customer.example")
        },
        .init(testDescription: "every signature is cut out", codes: ["signature_missing"]) { message in
            var text = message.text
            for signature in [message.responseSignature, message.assertionSignature].compactMap({ $0 }) {
                text = text.replacingOccurrences(of: signature, with: "")
            }
            return text
        },
        .init(testDescription: "a forged assertion stands before the signed one", codes: ["schema_violation"]) { message in
            message.replacing(message.assertion, with: (message.forged ?? "") + (message.assertion ?? ""))
        },
        .init(testDescription: "a forged assertion stands after the signed one", codes: ["schema_violation"]) { message in
            message.replacing(message.assertion, with: (message.assertion ?? "") + (message.forged ?? ""))
        },
        .init(testDescription: "the signed assertion is wrapped in the forged one", codes: ["schema_violation"]) { message in
            guard let assertion = message.assertion, let forged = message.forged, let end = forged.range(of: "</", options: .backwards)
            else { return nil }
            return message.replacing(assertion, with: forged[..<end.lowerBound] + assertion + forged[end.lowerBound...])
        },
        .init(testDescription: "the signed assertion is hidden in its own signature", codes: ["schema_violation", "signature_malformed"]) {
            message in
            guard let assertion = message.assertion, let forged = message.forged, let signature = message.assertionSignature,
                let end = signature.range(of: "</", options: .backwards)
            else { return nil }
            let hiding = signature[..<end.lowerBound] + "<x>\(assertion)</x>" + signature[end.lowerBound...]
            guard let issuer = message.element("Issuer", in: forged) else { return nil }
            return message.replacing(assertion, with: forged.replacingOccurrences(of: issuer, with: issuer + hiding))
        },
        .init(testDescription: "a comment stands in the address", codes: ["schema_violation"]) { message in
            message.replacing("@customer.example", with: "@customer.example<!-- -->")
        },
        .init(testDescription: "a comment stands at the end", codes: ["schema_violation"]) { message in message.text + "<!-- -->" },
        .init(testDescription: "a processing instruction stands in the address", codes: ["schema_violation"]) { message in
            message.replacing("@customer.example", with: "@customer.example<?x?>")
        },
        .init(testDescription: "a document type is declared", codes: ["doctype_forbidden"]) { message in
            "<!DOCTYPE x [<!ENTITY e \"e\">]>" + message.text
        },
        .init(testDescription: "the Recipient is another", codes: ["reference_mismatch"]) { message in
            message.assertion.flatMap { assertion in
                message.replacing(
                    assertion, with: assertion.replacingOccurrences(of: "https://sp.example/saml/acs", with: "https://sq.example/saml/acs"))
            }
        },
        .init(testDescription: "it lasts longer", codes: ["reference_mismatch"]) { message in
            message.replacing("2026-11-25T05:05:00Z", with: "2036-11-25T05:05:00Z")
        },
        .init(testDescription: "an attribute is more", codes: ["reference_mismatch"]) { message in
            guard let statement = message.element("AttributeStatement"), let attribute = message.element("Attribute", in: statement) else {
                return nil
            }
            return message.replacing(attribute, with: attribute + attribute)
        },
        .init(testDescription: "the digest is another", codes: ["signature_invalid"]) { message in
            guard let value = message.element("DigestValue"), let first = value.firstIndex(of: ">") else { return nil }
            let digit = value[value.index(after: first)]
            var changed = value
            let place = changed.index(after: first)
            changed.replaceSubrange(place...place, with: digit == "A" ? "B" : "A")
            return message.replacing(value, with: changed)
        },
        .init(testDescription: "the signature is asked of another algorithm", codes: ["signature_invalid", "algorithm_forbidden"]) {
            message in
            message.replacing("#rsa-sha256", with: "#rsa-sha512") ?? message.replacing("#rsa-sha512", with: "#rsa-sha256")
        },
        .init(testDescription: "the digest rests on SHA-1", codes: ["signature_invalid", "signature_malformed", "algorithm_forbidden"]) {
            message in
            message.replacing("http://www.w3.org/2001/04/xmlenc#sha256", with: "http://www.w3.org/2000/09/xmldsig#sha1")
        },
        .init(testDescription: "the Reference names another element", codes: ["reference_mismatch", "signature_invalid"]) { message in
            message.replacing("URI=\"#_assertion\"", with: "URI=\"#_response\"")
                ?? message.replacing("URI=\"#_response\"", with: "URI=\"\"")
        },
        .init(testDescription: "an ID stands twice", codes: ["duplicate_id", "reference_mismatch", "schema_violation"]) { message in
            message.replacing("\"_assertion\"", with: "\"_response\"")
        },
        .init(testDescription: "it says SAML 1.1", codes: ["version_unsupported"]) { message in
            message.replacing("Version=\"2.0\"", with: "Version=\"1.1\"")
        },
        .init(testDescription: "it failed", codes: ["status_not_success"]) { message in
            message.replacing("status:Success", with: "status:Responder")
        },
        .init(testDescription: "its Destination is another", codes: ["reference_mismatch", "destination_mismatch"]) { message in
            message.replacing("Destination=\"https://sp.example", with: "Destination=\"https://sq.example")
        },
    ]
}

@Suite struct `C58 An attack on a response in the manner of a known identity provider` {
    @Test(arguments: CorpusAttack.all)
    func `is refused, and the code says why`(_ attack: CorpusAttack) throws {
        let (facts, _) = try ValidResponse.facts()
        var tried = 0
        for response in ValidResponse.all where response.testDescription.contains("-plain-") {
            let xml = String(decoding: try decodeResponseField(response.field).get(), as: UTF8.self)
            guard let changed = attack.change(.init(text: xml)), changed != xml else { continue }
            tried += 1
            switch judge(response: Array(changed.utf8), facts).outcome {
            case .accepted: Issue.record("\(response.testDescription) was accepted")
            case .refused(let refusal):
                #expect(
                    attack.codes.contains(refusal.code.rawValue), "\(response.testDescription): \(refusal.code.rawValue), \(refusal.detail)"
                )
            }
        }
        #expect(tried >= 20)
    }
}

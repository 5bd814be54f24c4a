import Events
import IdentityLedger
import SAML

/// `README.md` of a bundle: what it is, how it is verified, what each step shows and what it does not.
struct BundleReadme {
    let text: String

    init(_ contents: BundleContents) {
        let parts = [
            Self.head(contents), Self.files(contents), Self.steps(contents), Self.byHand(contents), Self.limits(contents),
        ]
        text = parts.joined(separator: "\n")
    }

    private static func head(_ contents: BundleContents) -> String {
        let event = contents.event
        var text = """
            # Evidence of event \(event.sequence)

            Event \(event.sequence) of the log, \(event.body?.name ?? "unknown"), recorded \(event.recordedInstant.rfc3339).

            """
        if let received = contents.received {
            text +=
                received.accepted
                ? "A login that was accepted.\n"
                : "A login that was refused: `\(RefusalCode(rawValue: received.code)?.rawValue ?? "unknown")`.\n"
        }
        return text + """

            Everything that shows it lies in this folder, and can be verified offline with openssl (3.0 or newer) and xmlsec1:

                sh verify.sh 'LOG-KEY'

            LOG-KEY is the key of the log as you had it from elsewhere: from the server's page `/log/key`, or from whoever keeps its checkpoints.
            Without it the script believes the key in `log-key`, and then shows only that the folder agrees with itself.
            **This folder holds personal data.** Keep it as you keep a person's file.

            """
    }

    private static func files(_ contents: BundleContents) -> String {
        var text = "## What lies here\n\n| file | what it is |\n| --- | --- |\n"
        for file in BundleFile.allCases where contents[file] != nil || [.readme, .script, .sums].contains(file) {
            text += "| `\(file.rawValue)` | \(meaning(of: file)) |\n"
        }
        return text + absent(contents)
    }

    private static func meaning(of file: BundleFile) -> String {
        switch file {
        case .readme: "this page"
        case .script: "the steps below, for a shell"
        case .sums: "SHA-256 of the other files, against damage; whoever alters a file can alter this one too, so it proves nothing"
        case .event: "the event's exact bytes: a leaf of the log (Protocol Buffers; `protoc --decode_raw <event.bin` shows its fields)"
        case .eventJSON: "the same in words; its personal members are sealed in the event, and null here"
        case .eventProof: "that the event is in the log (C2SP tlog-proof)"
        case .checkpoint: "the log's size and root hash, signed (C2SP tlog-checkpoint)"
        case .logKey: "the key that the checkpoint is verified with"
        case .response: "the response as it arrived, byte for byte, decoded from base64"
        case .decrypted: "the assertion, decrypted, within an element of ours that only declares namespaces"
        case .assertion: "the assertion that was believed, in the canonical form that was signed, without its Signature"
        case .signedResponse: "the Response that was believed, in the canonical form that was signed, without its Signature"
        case .certificate: "the certificate whose key verified"
        case .metadata: "the identity provider's metadata, as the organization had configured it at that login"
        case .configuration: "the exact bytes of the event that configured it"
        case .configurationProof: "that this event is in the log"
        case .policy: "the exact bytes of the event that made the policy of that login; without it the defaults held"
        case .policyProof: "that this event is in the log"
        case .judgment: "each check of the login, made again from what lies here"
        }
    }

    private static func absent(_ contents: BundleContents) -> String {
        guard let received = contents.received else { return "" }
        var text = ""
        if contents[.response] == nil {
            text += "\nThe response is not here: "
            text +=
                received.evidenceKept
                ? "it was kept, and has been erased, is past its retention, or was left out by whoever made this folder. "
                : "it was not kept, or not for so long, as no trusted certificate had signed it or it had come before; or it was left out. "
            text += "The event still has its SHA-256 and its size: whoever has the response can show that it is this one.\n"
        }
        if received.certificateSha256.isEmpty { text += "\nNo signature was verified at this login, so there is no certificate.\n" }
        return text
    }

    private static func steps(_ contents: BundleContents) -> String {
        var steps = [
            "**The log's key signed the checkpoint.** Ed25519, with `openssl pkeyutl`. Whoever runs the log stands by its first so many events.",
            "**The events are in that log.** Their leaf hashes lead by the proofs to the root hash of the checkpoint (RFC 6962).",
        ]
        if contents.received != nil { steps.append("**The event says how the login ended**, at its place in `event.bin`.") }
        if contents[.response] != nil {
            steps.append("**The response is that of the event**: its SHA-256 stands in `event.bin`, in the field `response_digest`.")
        }
        if contents[.certificate] != nil, contents[.configuration] != nil {
            steps.append(
                "**The certificate was trusted**: its SHA-256 stands in `event.bin`, the certificate in `configuration.bin` and in the metadata, whose SHA-256 stands in `configuration.bin`."
            )
        }
        if let part = contents.signed {
            steps.append(
                "**The identity provider signed it**: xmlsec1 verifies the signature on the \(part.element.rawValue) with that certificate alone, and `\(BundleFile.signed(part.element).rawValue)` has the digest that was signed."
            )
        }
        return "## What is verified\n\n" + steps.enumerated().map { "\($0.offset + 1). \($0.element)\n" }.joined()
    }

    private static func byHand(_ contents: BundleContents) -> String {
        var text = """
            ## By hand

            Nothing of this rests on the script: it lies here too, and can be altered as the rest can, by whoever gave you this folder. Read it before you run it,
            or let `identity-ledger check-bundle FILE --log-key LOG-KEY` (version \(ProgramVersion.text)) say first that it is the program's own: that verifies the
            same with other code, judges the response once more, and makes each file once more from what is proved.

            The event's leaf hash: `{ printf '\\000'; cat event.bin; } | openssl dgst -sha256`

            """
        if contents[.response] != nil, let event = contents[.event], let field = WireField([31, 5], in: event) {
            text += """

                The response's digest, and the same 32 bytes in the event:
                `openssl dgst -sha256 response.xml` and `dd if=event.bin bs=1 skip=\(field.range.lowerBound) count=32 | xxd -p -c 32`.
                The two bytes before them, `2a 20`, say: field 5, 32 bytes.

                """
        }
        if let part = contents.signed {
            let file = part.decrypted == nil ? BundleFile.response : .decrypted
            text += """

                The signature:

                    xmlsec1 --verify --enabled-key-data raw-x509-cert --pubkey-cert-pem certificate.pem \\
                      --id-attr:ID urn:oasis:names:tc:SAML:2.0:\(part.element == .assertion ? "assertion:Assertion" : "protocol:Response") \\
                      --node-xpath "\(part.element == .assertion ? "/*/*[local-name()='Assertion']" : "/*")/*[local-name()='Signature']" \(file.rawValue)

                xmlsec1 before 1.3 knows no RSA-PSS, and one that is built without SHA-1 no SHA-1 signatures.

                """
        }
        return text
    }

    private static func limits(_ contents: BundleContents) -> String {
        var points = [
            "That the checkpoint's log is the one that others see: compare it with one that somebody else keeps, by a consistency proof (`identity-ledger consistency`).",
            "That the instant is right: the log's clock says it. A checkpoint that others had by then bounds it.",
        ]
        if contents.received != nil {
            points.append(
                "The judgment: `judgment.json` and `event.json` are our words. `check-bundle` makes them again; any other implementation of SAML may judge, with the metadata."
            )
            points.append("Who sat before the browser: the identity provider vouches for that.")
        }
        if contents.signed?.decrypted != nil {
            points.append(
                "That `decrypted.xml` is what `response.xml` holds encrypted: that takes the service's private key, which is not handed on. Its own signature shows that the identity provider wrote it, and the event has its ID."
            )
        }
        return "## What is not shown\n\n" + points.map { "- \($0)\n" }.joined()
    }
}

import Cryptography
import XML

/// The signing certificates of an identity provider's metadata, and what is wrong with those that can't be used.
enum SigningKeys {
    private enum Fault: Error {
        case armour, unreadable, unsupported
    }

    /// Every key for signing, inactive ones too, each once: which of them signs next is the identity provider's affair.
    static func certificates(of role: XMLElement) throws(MetadataError) -> [Certificate] {
        var seen: Set<[UInt8]> = []
        var certificates: [Certificate] = []
        var faults: [Fault] = []
        for descriptor in role.children("KeyDescriptor", in: Names.metadata) {
            let use = descriptor.attribute("use")
            guard use == nil || use == "signing" else { continue }
            for element in elements(descriptor) {
                switch read(element) {
                case .failure(let fault): faults.append(fault)
                case .success(let certificate):
                    guard seen.insert(certificate.der).inserted else { continue }
                    guard !certificate.publicKey.isTooWeak else {
                        throw MetadataError(
                            .keyTooWeak, "An RSA key must have 2048 bits; that of \(quoted(certificate.subject)) has fewer.",
                            remedy: "Replace the signing certificate at the identity provider.")
                    }
                    certificates.append(certificate)
                }
            }
        }
        guard certificates.count <= Limits.certificateCount else {
            throw .invalid(
                "Metadata may have \(Limits.certificateCount) signing certificates; it has \(certificates.count).",
                remedy:
                    "At the identity provider, remove the certificates that it doesn't sign with any more, and download its metadata again."
            )
        }
        guard !certificates.isEmpty else { throw none(faults) }
        return certificates
    }

    private static func read(_ element: XMLElement) -> Result<Certificate, Fault> {
        let text = element.text ?? ""
        guard let der = Base64Field.decode(text.utf8), !der.isEmpty, let certificate = try? Certificate(der: der) else {
            return .failure(text.utf8.contains(UInt8(ascii: "-")) ? .armour : .unreadable)
        }
        return certificate.publicKey.isSupported ? .success(certificate) : .failure(.unsupported)
    }

    private static func none(_ faults: [Fault]) -> MetadataError {
        let (detail, remedy) =
            switch faults.first {
            case nil:
                (
                    "The metadata must hold a signing certificate; it holds none.",
                    "Give the identity provider a signing certificate, and download its metadata again: it has an X509Certificate."
                )
            case .armour:
                (
                    "An X509Certificate of the metadata must be base64 alone; it has dashes, as a PEM file has.",
                    "Take out the lines “-----BEGIN CERTIFICATE-----” and “-----END CERTIFICATE-----” from it."
                )
            case .unreadable:
                (
                    "The metadata must hold a readable signing certificate; of \(faults.count) none can be read.",
                    "Put the identity provider's whole certificate into X509Certificate, or download the metadata again."
                )
            case .unsupported:
                (
                    "The metadata must hold a signing certificate with an RSA or elliptic curve key (P-256, P-384, P-521); it holds another key.",
                    "Give the identity provider a signing certificate with an RSA key of 2048 bits or more."
                )
            }
        return MetadataError(.noSigningKey, detail, remedy: remedy)
    }

    private static func elements(_ descriptor: XMLElement) -> [XMLElement] {
        descriptor.children("KeyInfo", in: Names.signature)
            .flatMap { $0.children("X509Data", in: Names.signature) }
            .flatMap { $0.children("X509Certificate", in: Names.signature) }
    }
}

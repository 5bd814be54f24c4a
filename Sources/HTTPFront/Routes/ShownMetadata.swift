import Events
import Ledger

/// Metadata whose consequence a person was shown, as the page's form carries it back: sealed, so that what is confirmed is what was shown.
struct ShownMetadata: Sendable {
    let document: ProviderRoutes.Document
    /// The event that what was in force then came by.
    let basis: UInt64

    init(_ document: ProviderRoutes.Document, basis: UInt64) {
        self.document = document
        self.basis = basis
    }

    /// A field's value; nil: it can't be sealed.
    func sealed(by sealer: CookieSealer, for organization: Identifier) -> String? {
        let head: JSON = [
            "basis": JSON(basis), "url": JSON(document.url), "entityID": JSON(document.entityID),
            "certificate": JSON(document.certificate),
        ]
        // JSON has no line feed of its own.
        return sealer.seal(head.encoded() + [0x0A] + Packing.pack(document.bytes), purpose: Self.purpose(organization))
    }

    /// nil for anything that wasn't sealed here for this organization.
    init?(_ sealed: String, by sealer: CookieSealer, for organization: Identifier) {
        guard let plain = sealer.open(sealed, purpose: Self.purpose(organization)), let end = plain.firstIndex(of: 0x0A),
            let head = try? JSON(parsing: Array(plain[..<end])), let basis = head["basis"]?.integerValue,
            let bytes = Packing.unpack(Array(plain[(end + 1)...]))
        else { return nil }
        document = ProviderRoutes.Document(
            bytes: bytes, url: head["url"]?.stringValue, entityID: head["entityID"]?.stringValue,
            certificate: head["certificate"]?.stringValue)
        self.basis = UInt64(clamping: basis)
    }

    private static func purpose(_ organization: Identifier) -> String { "shown metadata of \(organization)" }
}

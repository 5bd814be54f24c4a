import Crypto
public import Events

/// Whether what lies beside the events is what they speak of: told event by event, in order.
public struct AttachmentCheck: Sendable {
    // Responses that are not there, until an `EvidenceExpired` of their organization says that they need not be.
    private var absent: [UInt64: Identifier?] = [:]

    /// Nothing was told yet.
    public init() {}

    /// Events whose response is gone without a word of the ledger; final after the last event.
    public var missing: [UInt64] { absent.keys.sorted() }

    /// - Parameter stored: What lies beside the event; nil: nothing.
    /// - Returns: A sentence about what does not hold; nil: it holds.
    public mutating func check(_ event: Event, stored: [UInt8]?) -> String? {
        if case .evidenceExpired(let expired)? = event.body {
            absent = absent.filter {
                $0.value != event.organizationID || !(expired.first...max(expired.first, expired.last)).contains($0.key)
            }
        }
        guard let attachment = event.attachment else {
            return stored == nil ? nil : "There is evidence that the event doesn't speak of."
        }
        switch (attachment, stored) {
        case (.response, nil):
            absent[event.sequence] = event.organizationID
            return nil
        case (.metadata, nil): return "The metadata is missing."
        case (.response(let digest), let stored?):
            return SHA256.hash(data: stored).elementsEqual(digest) ? nil : "The response's bytes are not those that were received."
        case (.metadata(let digest), let stored?):
            let document = Packing.unpack(stored)
            return document.map { SHA256.hash(data: $0).elementsEqual(digest) } == true
                ? nil : "The metadata is not the document that the event speaks of."
        }
    }
}

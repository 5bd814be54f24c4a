import Crypto
import Events
import Synchronization

/// Sealed metadata that is too long for a page's form: the form carries a key, the server keeps the rest for a while.
///
/// Two boxes of an organization at a time, and so many bytes in all; the oldest go first. Whose box is gone gives the metadata again.
final class KeptBoxes: Sendable {
    /// What a form carries itself, in bytes.
    static let formBytes = 8 << 10
    private static let seconds: Int64 = 3600
    private static let mostBytes = 32 << 20
    private static let mostOfOne = 2
    // No sealed box has a full stop.
    private static let mark = "kept."

    private struct Box {
        let key: String
        let sealed: String
        let organization: Identifier
        let until: Instant
    }

    private let boxes = Mutex<[Box]>([])

    /// What the form carries: the box itself, or its key.
    func value(of sealed: String, for organization: Identifier, at now: Instant) -> String {
        guard sealed.utf8.count > Self.formBytes else { return sealed }
        // Nobody guesses it: the box has a nonce of its own.
        let key = Self.mark + Base64URL.encode(Array(SHA256.hash(data: Array(sealed.utf8))))
        boxes.withLock { boxes in
            boxes.removeAll { $0.until <= now }
            boxes.append(Box(key: key, sealed: sealed, organization: organization, until: now.adding(seconds: Self.seconds)))
            if boxes.count(where: { $0.organization == organization }) > Self.mostOfOne,
                let oldest = boxes.firstIndex(where: { $0.organization == organization })
            {
                boxes.remove(at: oldest)
            }
            while boxes.count > 1, boxes.reduce(0, { $0 + $1.sealed.utf8.count }) > Self.mostBytes { boxes.removeFirst() }
        }
        return key
    }

    /// The box that a form's value is, or is the key of.
    ///
    /// - Throws: `conflict` where it is gone.
    func sealed(_ value: String, for organization: Identifier, at now: Instant) throws(Problem) -> String {
        guard value.hasPrefix(Self.mark) else { return value }
        let found = boxes.withLock { boxes in
            boxes.first { $0.key == value && $0.organization == organization && $0.until > now }?.sealed
        }
        guard let found else { throw Self.gone }
        return found
    }

    private static let gone = Problem(
        "conflict", status: 409, "The metadata that you gave is not kept any more.",
        remedy: "Choose the file, or paste the metadata, again.")
}

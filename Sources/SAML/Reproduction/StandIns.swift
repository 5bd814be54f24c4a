import Cryptography

/// Other words for words: of the same length, letters for letters and digits for digits, the same for the same, in whatever case.
///
/// So an address stays an address, equal values stay equal, and nothing is left of whom they named.
public struct StandIns: Sendable {
    private let seed: [UInt8]
    private var drawn: UInt64 = 0
    private var pool: [UInt8] = []
    private var known: [String: [Unicode.Scalar]] = [:]
    private var used: Set<String> = []

    // They begin URLs and URNs; Entra marks guests with EXT.
    private static let kept: Set<String> = ["http", "https", "urn", "ext"]

    /// - Parameter seed: Random bytes: whoever has them could try out words.
    public init(seed: [UInt8]) { self.seed = seed }

    /// The text with its words replaced.
    public mutating func text(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        var word: [Unicode.Scalar] = []
        for scalar in text.unicodeScalars {
            if scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
                word.append(scalar)
            } else {
                result += standIn(for: word)
                word.removeAll(keepingCapacity: true)
                result.append(scalar)
            }
        }
        result += standIn(for: word)
        return String(result)
    }

    /// So many bytes that say nothing.
    mutating func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in draw() } }

    private mutating func standIn(for word: [Unicode.Scalar]) -> [Unicode.Scalar] {
        if word.isEmpty { return [] }
        let lower = word.map { (scalar: Unicode.Scalar) in Self.lower(scalar) }
        let key = String(String.UnicodeScalarView(lower))
        if Self.kept.contains(key) { return word }
        let found = known[key] ?? newStandIn(for: lower, key)
        known[key] = found
        return zip(word, found).map { scalar, other in ("A"..."Z").contains(scalar) ? Self.upper(other) : other }
    }

    // Short words run out of others: then two may get the same, but none keeps its own.
    private mutating func newStandIn(for word: [Unicode.Scalar], _ key: String) -> [Unicode.Scalar] {
        var made = word
        for attempt in 0..<64 {
            made = word.map { scalar in another(for: scalar) }
            let text = String(String.UnicodeScalarView(made))
            guard text != key, attempt >= 32 || !used.contains(text) else { continue }
            used.insert(text)
            return made
        }
        return made
    }

    private mutating func another(for scalar: Unicode.Scalar) -> Unicode.Scalar {
        let alphabet: String.UnicodeScalarView =
            switch UTF8.width(scalar) {
            case 1: ("0"..."9").contains(scalar) ? "0123456789".unicodeScalars : "abcdefghijklmnopqrstuvwxyz".unicodeScalars
            case 2: "àáâãäåçèéêëìíîïñòóôõöùúûü".unicodeScalars
            case 3: "あいうえおかきくけこさしすせそ".unicodeScalars
            default: "𐐨𐐩𐐪𐐫𐐬𐐭".unicodeScalars
            }
        return Array(alphabet)[Int(draw()) % alphabet.count]
    }

    private mutating func draw() -> UInt8 {
        if pool.isEmpty {
            pool = DigestAlgorithm.sha256.digest(seed + (0..<8).map { UInt8(truncatingIfNeeded: drawn >> (8 * $0)) })
            drawn += 1
        }
        return pool.removeLast()
    }

    private static func lower(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        ("A"..."Z").contains(scalar) ? Unicode.Scalar(UInt8(truncatingIfNeeded: scalar.value) + 32) : scalar
    }

    private static func upper(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        ("a"..."z").contains(scalar) ? Unicode.Scalar(UInt8(truncatingIfNeeded: scalar.value) - 32) : scalar
    }
}

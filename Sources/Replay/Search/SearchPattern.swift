import XML

/// What a recorded response is searched for. All that is given must hold.
public struct SearchPattern: Sendable {
    /// What a document may have that elements don't show.
    public enum Mark: String, Sendable, CaseIterable {
        case comment
        case processingInstruction = "processing instruction"
        case cdata = "CDATA section"
        case doctype = "DOCTYPE"
        case entity = "entity"

        var bytes: String {
            switch self {
            case .comment: "<!--"
            case .processingInstruction: "<?"
            case .cdata: "<![CDATA["
            case .doctype: "<!DOCTYPE"
            case .entity: "<!ENTITY"
            }
        }
    }

    /// An attribute, and its value; nil: any.
    public struct Attribute: Sendable, Hashable {
        let name: String
        let value: String?

        /// `NAME`, or `NAME=VALUE`; nil where it has no name.
        public init?(_ text: String) {
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = parts.first, !name.isEmpty else { return nil }
            self.name = String(name)
            value = parts.count == 2 ? String(parts[1]) : nil
        }
    }

    /// The name of an element. It, ``under``, ``attribute`` and ``text`` speak of one element.
    public var element: ElementName?
    /// An element that it stands in, at any depth.
    public var under: ElementName?
    /// An attribute that it has.
    public var attribute: Attribute?
    /// What its own text or one of its attributes' values holds.
    public var text: String?
    /// How many such elements there are at least.
    public var count = 1
    /// What an `Algorithm` attribute is, or ends with.
    public var algorithms: [String] = []
    /// What a Transform's `Algorithm` is, or ends with.
    public var transforms: [String] = []
    /// What a CanonicalizationMethod's `Algorithm` is, or ends with.
    public var canonicalizations: [String] = []
    /// What the document has.
    public var marks: Set<Mark> = []
    /// Ways that lead to an element.
    public var structures: [StructurePath] = []
    /// Bytes that stand in it.
    public var bytes: [UInt8]?

    /// Nothing is asked for yet.
    public init() {}

    /// Whether nothing is asked for.
    public var isEmpty: Bool {
        !asksForElement && algorithms.isEmpty && transforms.isEmpty && canonicalizations.isEmpty && marks.isEmpty && structures.isEmpty
            && bytes == nil
    }

    var asksForElement: Bool { element != nil || under != nil || attribute != nil || text != nil }

    /// Looks through a document.
    ///
    /// - Returns: Where it stands; nil places: it is not what is searched for. And whether the document is XML that may be read.
    func find(in document: [UInt8]) -> (places: [String]?, isParsed: Bool) {
        let hasBytes = bytes.map(document.holds) ?? true
        guard let parsed = try? XMLDocument(parsing: document) else {
            return (hasBytes && findBytes(in: document) ? [] : nil, false)
        }
        guard hasBytes, marks.allSatisfy({ parsed.has($0, document) }) else { return (nil, true) }
        var found = DocumentFinding(self)
        found.look(at: parsed.root, below: [])
        return (found.holds ? found.places : nil, true)
    }

    // What is no XML that may be read has no structure: it is shown where all that is asked for stands in it as text.
    private func findBytes(in document: [UInt8]) -> Bool {
        func names(_ name: ElementName?) -> [String] { [name?.local, name?.namespace].compactMap { $0 } }
        var texts = names(element) + names(under) + [attribute?.name, attribute?.value, text].compactMap { $0 }
        texts += algorithms + transforms + canonicalizations + structures.flatMap { $0.steps.flatMap { names($0.name) } }
        return texts.allSatisfy { document.holds(Array($0.utf8)) } && marks.allSatisfy { document.has($0) }
    }
}

/// What was found so far on the way through a document.
private struct DocumentFinding {
    let pattern: SearchPattern
    private(set) var places: [String] = []
    private var elements = 0
    private var algorithms: Set<String> = []
    private var transforms: Set<String> = []
    private var canonicalizations: Set<String> = []
    private var structures: Set<StructurePath> = []

    private static let mostPlaces = 8

    init(_ pattern: SearchPattern) { self.pattern = pattern }

    var holds: Bool {
        (!pattern.asksForElement || elements >= pattern.count) && algorithms.count == Set(pattern.algorithms).count
            && transforms.count == Set(pattern.transforms).count && canonicalizations.count == Set(pattern.canonicalizations).count
            && structures.count == Set(pattern.structures).count
    }

    mutating func look(at element: XMLElement, below: [XMLElement]) {
        let way = below + [element]
        if pattern.asksForElement, isAskedFor(element, below) {
            elements += 1
            note(way)
        }
        for structure in pattern.structures where structure.leads(to: way) {
            structures.insert(structure)
            note(way)
        }
        if let algorithm = element.attribute("Algorithm") {
            func note(_ wanted: [String], _ found: inout Set<String>, _ finding: inout Self) {
                for name in wanted where algorithm == name || algorithm.hasSuffix(name) {
                    found.insert(name)
                    finding.note(way, "/@Algorithm")
                }
            }
            var (algorithms, transforms, canonicalizations) = (self.algorithms, self.transforms, self.canonicalizations)
            note(pattern.algorithms, &algorithms, &self)
            if element.name == "Transform" { note(pattern.transforms, &transforms, &self) }
            if element.name == "CanonicalizationMethod" { note(pattern.canonicalizations, &canonicalizations, &self) }
            (self.algorithms, self.transforms, self.canonicalizations) = (algorithms, transforms, canonicalizations)
        }
        for child in element.children { look(at: child, below: way) }
    }

    private func isAskedFor(_ element: XMLElement, _ below: [XMLElement]) -> Bool {
        if let name = pattern.element, !name.matches(element) { return false }
        if let under = pattern.under, !below.contains(where: under.matches) { return false }
        guard pattern.attribute != nil || pattern.text != nil else { return true }
        let attributes = element.attributes
        if let wanted = pattern.attribute,
            !attributes.contains(where: { $0.name == wanted.name && (wanted.value == nil || $0.value == wanted.value) })
        {
            return false
        }
        if let text = pattern.text {
            return element.text?.contains(text) == true || attributes.contains { $0.value.contains(text) }
        }
        return true
    }

    private mutating func note(_ way: [XMLElement], _ attribute: String = "") {
        let place = way.map { "/" + $0.name }.joined() + attribute
        if places.count < Self.mostPlaces, !places.contains(place) { places.append(place) }
    }
}

extension XMLDocument {
    // What was parsed has no DOCTYPE, and no entity but the five predefined ones (C4, C5).
    fileprivate func has(_ mark: SearchPattern.Mark, _ bytes: [UInt8]) -> Bool {
        switch mark {
        case .comment: commentCount > 0
        case .processingInstruction: instructionCount > 0
        case .cdata: bytes.has(mark)
        case .doctype, .entity: false
        }
    }
}

extension [UInt8] {
    fileprivate func holds(_ bytes: [UInt8]) -> Bool { bytes.isEmpty || firstRange(of: bytes) != nil }

    fileprivate func has(_ mark: SearchPattern.Mark) -> Bool {
        if mark == .processingInstruction, starts(with: "<?xml".utf8) { return Array(dropFirst(5)).holds(Array(mark.bytes.utf8)) }
        return holds(Array(mark.bytes.utf8)) || (mark == .entity && refersToAnEntity)
    }

    // A reference that is none of the five predefined ones, and none to a character.
    private var refersToAnEntity: Bool {
        var place = startIndex
        while let start = self[place...].firstIndex(of: UInt8(ascii: "&")) {
            place = start + 1
            guard let end = self[place...].prefix(256).firstIndex(of: UInt8(ascii: ";")) else { continue }
            let name = String(decoding: self[place..<end], as: UTF8.self)
            let isName = !name.isEmpty && !name.hasPrefix("#") && name.allSatisfy { $0.isLetter || $0.isNumber || "_-.:".contains($0) }
            if isName, !["amp", "lt", "gt", "quot", "apos"].contains(name) { return true }
        }
        return false
    }
}

import CLibXML2

/// A parsed document: well-formed, within limits, without a document type declaration, entities substituted by none.
///
/// - Invariant: The tree is never changed after the parse, and lives as long as any of its elements.
@safe public final class XMLDocument {
    private let pointer: UnsafeMutablePointer<xmlDoc>
    private let apex: UnsafeMutablePointer<xmlNode>
    /// Comments that stood in the document; they are not in the tree (C5).
    public let commentCount: Int
    /// Processing instructions that stood in the document; they are not in the tree (C5).
    public let instructionCount: Int
    /// Whether a namespace declared somewhere has a relative name (C6), or one with an ampersand, whose canonical form is in doubt (C18).
    public let hasRelativeNamespace: Bool
    let limits: XMLLimits

    /// The one parse of these bytes (C1 to C4).
    ///
    /// - Throws: ``XMLError`` for anything that may not be read.
    public convenience init(parsing bytes: [UInt8], limits: XMLLimits = .message) throws(XMLError) {
        try self.init(bytes, from: try Prescan.check(bytes, limits), limits)
    }

    /// The second parse (C1): of what ``XMLElement/canonicalized(excluding:inclusivePrefixes:)`` wrote, which needs no look at the bytes
    /// before: libxml2 wrote it from a tree within limits.
    public convenience init(parsingCanonical bytes: [UInt8], limits: XMLLimits = .message) throws(XMLError) {
        try self.init(bytes, from: 0, limits)
    }

    private init(_ bytes: [UInt8], from start: Int, _ limits: XMLLimits) throws(XMLError) {
        Self.initialized
        var state = ledger_xml_state()
        state.maximum_depth = Int32(clamping: limits.depth)
        state.maximum_elements = Int32(clamping: limits.elements)
        state.maximum_name = limits.nameBytes
        state.maximum_value = limits.valueBytes
        state.maximum_namespaces = Int32(clamping: limits.namespacesInScope)
        let tree = unsafe bytes.withUnsafeBytes { buffer -> UnsafeMutablePointer<xmlDoc>? in
            let text = unsafe UnsafeRawBufferPointer(rebasing: buffer[start...])
            guard let base = text.baseAddress else { return nil }
            return unsafe ledger_xml_parse(
                base.assumingMemoryBound(to: CChar.self), Int32(clamping: text.count), &state)
        }
        guard let tree = unsafe tree else { throw Self.error(state, limits) }
        guard let root = unsafe xmlDocGetRootElement(tree) else {
            unsafe xmlFreeDoc(tree)
            throw XMLError(.malformed, "The document has no root element.")
        }
        self.limits = limits
        unsafe pointer = tree
        unsafe apex = root
        commentCount = Int(state.comments)
        instructionCount = Int(state.instructions)
        hasRelativeNamespace = state.relative_namespaces > 0
    }

    deinit { unsafe xmlFreeDoc(pointer) }

    /// The root element.
    public var root: XMLElement { unsafe XMLElement(document: self, node: apex) }

    private static let initialized: Void = ledger_xml_initialize()

    private static func error(_ state: ledger_xml_state, _ limits: XMLLimits) -> XMLError {
        switch UInt32(state.failure) {
        case LEDGER_XML_DOCTYPE.rawValue:
            XMLError(.doctype, "A document type declaration (DOCTYPE) is not allowed.")
        case LEDGER_XML_ENTITY.rawValue:
            XMLError(.entityReference, "Only the five predefined entities may be referred to; there is another one.")
        case LEDGER_XML_DEPTH.rawValue:
            XMLError(.malformed, "Elements may be \(limits.depth) deep; there are deeper ones.")
        case LEDGER_XML_ELEMENTS.rawValue:
            XMLError(.malformed, "A document may have \(limits.elements) elements; it has more.")
        case LEDGER_XML_NAME.rawValue:
            XMLError(.malformed, "A name may have \(limits.nameBytes) bytes; one is longer.")
        case LEDGER_XML_VALUE.rawValue:
            XMLError(.malformed, "A value may have \(limits.valueBytes) bytes; one is longer.")
        case LEDGER_XML_NAMESPACES.rawValue:
            XMLError(.malformed, "At most \(limits.namespacesInScope) namespace declarations may be in scope; there are more.")
        case LEDGER_XML_NOT_NAMESPACE_WELL_FORMED.rawValue:
            XMLError(.malformed, "The document's namespaces are not well-formed, on line \(state.error_line).")
        default:
            XMLError(
                .malformed,
                "The document is not well-formed XML, on line \(state.error_line)\(fault(state.error_code).map { ": " + $0 } ?? "").")
        }
    }
    // What people get wrong most, as libxml2 numbers it (xmlerror.h).
    private static func fault(_ code: Int32) -> String? {
        switch xmlParserErrors(UInt32(bitPattern: code)) {
        case XML_ERR_DOCUMENT_EMPTY, XML_ERR_DOCUMENT_START: "it doesn't begin with an element"
        case XML_ERR_DOCUMENT_END: "something stands after its end"
        case XML_ERR_TAG_NAME_MISMATCH: "an end tag is not that of the element that is open"
        case XML_ERR_TAG_NOT_FINISHED: "an element doesn't end, as in a document that was cut off"
        case XML_ERR_GT_REQUIRED, XML_ERR_SPACE_REQUIRED, XML_ERR_ATTRIBUTE_WITHOUT_VALUE: "a tag is not written as it must be"
        case XML_ERR_ATTRIBUTE_REDEFINED: "an element has an attribute twice"
        case XML_ERR_NAME_REQUIRED, XML_ERR_ENTITYREF_SEMICOL_MISSING: "an “&” or “<” stands for itself, where &amp; or &lt; must stand"
        case XML_ERR_INVALID_CHAR: "it has a control character"
        default: nil
        }
    }
}

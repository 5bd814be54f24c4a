import CLibXML2

/// An element of a document, by reference; names are compared in place.
@safe public struct XMLElement {
    let document: XMLDocument
    let node: UnsafeMutablePointer<xmlNode>

    init(document: XMLDocument, node: UnsafeMutablePointer<xmlNode>) {
        self.document = document
        unsafe self.node = unsafe node
    }

    /// The local name.
    public var name: String { unsafe Self.string(node.pointee.name) }

    /// The namespace's name; empty for none.
    public var namespace: String {
        guard let namespace = unsafe node.pointee.ns else { return "" }
        return unsafe Self.string(namespace.pointee.href)
    }

    /// Whether this is the element of that local name in that namespace.
    public func matches(_ name: StaticString, in namespace: StaticString) -> Bool {
        guard unsafe Self.equal(node.pointee.name, name) else { return false }
        guard let own = unsafe node.pointee.ns else { return namespace.utf8CodeUnitCount == 0 }
        return unsafe Self.equal(own.pointee.href, namespace)
    }

    /// Whether both are the same element of the same document.
    public func isSame(as other: XMLElement) -> Bool { unsafe node == other.node }

    /// The parent element; nil at the root.
    public var parent: XMLElement? {
        guard let parent = unsafe node.pointee.parent, unsafe parent.pointee.type == XML_ELEMENT_NODE else { return nil }
        return unsafe XMLElement(document: document, node: parent)
    }

    /// The child elements in document order.
    public var children: [XMLElement] {
        var found: [XMLElement] = []
        var next = unsafe node.pointee.children
        while let child = unsafe next {
            if unsafe child.pointee.type == XML_ELEMENT_NODE {
                found.append(unsafe XMLElement(document: document, node: child))
            }
            unsafe next = unsafe child.pointee.next
        }
        return found
    }

    /// The child elements of that name.
    public func children(_ name: StaticString, in namespace: StaticString) -> [XMLElement] {
        var found: [XMLElement] = []
        var next = unsafe node.pointee.children
        while let child = unsafe next {
            if unsafe child.pointee.type == XML_ELEMENT_NODE {
                let element = unsafe XMLElement(document: document, node: child)
                if element.matches(name, in: namespace) { found.append(element) }
            }
            unsafe next = unsafe child.pointee.next
        }
        return found
    }

    /// Whether anything but white space and elements stands directly in this element.
    public var hasOwnText: Bool {
        var next = unsafe node.pointee.children
        while let child = unsafe next {
            if unsafe child.pointee.type != XML_ELEMENT_NODE {
                guard var byte = unsafe child.pointee.content else { return true }
                while unsafe byte.pointee != 0 {
                    guard unsafe byte.pointee == 0x20 || (0x09...0x0A).contains(byte.pointee) || byte.pointee == 0x0D else { return true }
                    unsafe byte += 1
                }
            }
            unsafe next = unsafe child.pointee.next
        }
        return false
    }

    /// The whole text; nil where an element child stands in it (C8).
    public var text: String? {
        var whole = ""
        var next = unsafe node.pointee.children
        while let child = unsafe next {
            guard unsafe child.pointee.type == XML_TEXT_NODE || child.pointee.type == XML_CDATA_SECTION_NODE else {
                return nil
            }
            whole += unsafe Self.string(child.pointee.content)
            unsafe next = unsafe child.pointee.next
        }
        return whole
    }

    /// Every element from this one on, in document order; stops when `visit` returns false.
    @discardableResult
    public func walk(_ visit: (XMLElement) -> Bool) -> Bool {
        guard visit(self) else { return false }
        var next = unsafe node.pointee.children
        while let child = unsafe next {
            if unsafe child.pointee.type == XML_ELEMENT_NODE {
                guard unsafe XMLElement(document: document, node: child).walk(visit) else { return false }
            }
            unsafe next = unsafe child.pointee.next
        }
        return true
    }

    static func string(_ text: UnsafePointer<xmlChar>?) -> String {
        guard let text = unsafe text else { return "" }
        return unsafe String(cString: text)
    }

    static func equal(_ text: UnsafePointer<xmlChar>?, _ other: StaticString) -> Bool {
        guard let text = unsafe text else { return false }
        let count = other.utf8CodeUnitCount
        return other.withUTF8Buffer { wanted in
            for index in 0..<count where unsafe text[index] != wanted[index] { return false }
            return unsafe text[count] == 0
        }
    }
}

import CLibXML2

/// An attribute as the document has it, its value normalized as XML 1.0 §3.3.3 says.
public struct XMLAttribute: Sendable, Hashable {
    /// The local name.
    public let name: String
    /// The namespace's name; empty for none.
    public let namespace: String
    /// The value.
    public let value: String
}

/// A namespace declaration; the prefix is empty for the default namespace.
public struct XMLNamespace: Sendable, Hashable {
    /// Empty: the default namespace.
    public let prefix: String
    /// Empty: no namespace.
    public let name: String
}

extension XMLElement {
    /// The attributes in document order, without namespace declarations.
    public var attributes: [XMLAttribute] {
        var found: [XMLAttribute] = []
        var next = unsafe node.pointee.properties
        while let attribute = unsafe next {
            let namespace = unsafe attribute.pointee.ns
            found.append(
                XMLAttribute(
                    name: unsafe Self.string(attribute.pointee.name),
                    namespace: unsafe namespace.map { unsafe Self.string($0.pointee.href) } ?? "",
                    value: unsafe value(of: attribute)))
            unsafe next = unsafe attribute.pointee.next
        }
        return found
    }

    /// The value of the attribute of that name in no namespace.
    public func attribute(_ name: StaticString) -> String? {
        var next = unsafe node.pointee.properties
        while let attribute = unsafe next {
            if unsafe attribute.pointee.ns == nil, unsafe Self.equal(attribute.pointee.name, name) {
                return unsafe value(of: attribute)
            }
            unsafe next = unsafe attribute.pointee.next
        }
        return nil
    }

    /// The values of the attributes of these local names, in any namespace.
    public func values(ofAttributes names: [StaticString]) -> [String] {
        var found: [String] = []
        var next = unsafe node.pointee.properties
        while let attribute = unsafe next {
            if names.contains(where: { unsafe Self.equal(attribute.pointee.name, $0) }) { found.append(unsafe value(of: attribute)) }
            unsafe next = unsafe attribute.pointee.next
        }
        return found
    }

    /// The namespaces that hold here, nearest declaration first decided; sorted by prefix.
    public var namespacesInScope: [XMLNamespace] {
        var found: [String: String] = [:]
        var place: XMLElement? = self
        while let element = place {
            var next = unsafe element.node.pointee.nsDef
            while let declaration = unsafe next {
                let prefix = unsafe Self.string(declaration.pointee.prefix)
                if found[prefix] == nil { found[prefix] = unsafe Self.string(declaration.pointee.href) }
                unsafe next = unsafe declaration.pointee.next
            }
            place = element.parent
        }
        return found.sorted { $0.key < $1.key }.map { XMLNamespace(prefix: $0.key, name: $0.value) }
    }

    private func value(of attribute: UnsafeMutablePointer<xmlAttr>) -> String {
        // A value without references is one text node: nothing is to be put together.
        guard let only = unsafe attribute.pointee.children else { return "" }
        if unsafe only.pointee.next == nil, unsafe only.pointee.type == XML_TEXT_NODE { return unsafe Self.string(only.pointee.content) }
        guard let text = unsafe xmlNodeListGetString(attribute.pointee.doc, attribute.pointee.children, 1) else {
            return ""
        }
        defer { unsafe ledger_xml_free(text) }
        return unsafe Self.string(text)
    }
}

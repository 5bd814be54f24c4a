import CLibXML2

extension XMLElement {
    /// Exclusive XML Canonicalization 1.0 of this element, without comments; there are none in the tree.
    ///
    /// - Parameters:
    ///   - excluded: A descendant left out, as the enveloped-signature transform leaves its Signature out.
    ///   - inclusivePrefixes: The PrefixList; `#default` is the default namespace.
    /// - Returns: At least one byte.
    /// - Throws: ``XMLError/Code/notCanonicalizable`` when it fails, yields nothing, or more than ``XMLLimits/canonicalBytes`` (C7, C18).
    public func canonicalized(
        excluding excluded: XMLElement? = nil, inclusivePrefixes: [String] = []
    ) throws(XMLError) -> [UInt8] {
        let limit = document.limits.canonicalBytes
        guard let buffer = unsafe buffer(excluded, inclusivePrefixes) else {
            throw XMLError(.notCanonicalizable, "The element “\(name)” has no canonical form of at most \(limit) bytes.")
        }
        defer { unsafe _ = xmlOutputBufferClose(buffer) }
        let size = unsafe xmlOutputBufferGetSize(buffer)
        guard let content = unsafe xmlOutputBufferGetContent(buffer), size > 0, unsafe content[0] == UInt8(ascii: "<")
        else { throw XMLError(.notCanonicalizable, "The element “\(name)” has an empty canonical form.") }
        return unsafe Array(UnsafeBufferPointer(start: content, count: size))
    }

    private func buffer(_ excluded: XMLElement?, _ prefixes: [String]) -> UnsafeMutablePointer<xmlOutputBuffer>? {
        let left = unsafe excluded?.node
        let maximum = document.limits.canonicalBytes
        guard !prefixes.isEmpty else { return unsafe ledger_xml_canonicalize(node, left, nil, maximum) }
        return unsafe Self.withPointers(prefixes) { list in unsafe ledger_xml_canonicalize(node, left, list, maximum) }
    }

    // A NULL-terminated array of NUL-terminated strings, pinned for the call: one flat buffer and pointers into it.
    private static func withPointers(
        _ texts: [String],
        _ body: (UnsafeMutablePointer<UnsafeMutablePointer<xmlChar>?>) -> UnsafeMutablePointer<xmlOutputBuffer>?
    ) -> UnsafeMutablePointer<xmlOutputBuffer>? {
        var flat: [UInt8] = []
        var offsets: [Int] = []
        for text in texts {
            offsets.append(flat.count)
            flat += Array(text.utf8) + [0]
        }
        return unsafe flat.withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return nil }
            var list: [UnsafeMutablePointer<xmlChar>?] = unsafe offsets.map { unsafe base + $0 }
            unsafe list.append(nil)
            return unsafe list.withUnsafeMutableBufferPointer { pinned in
                guard let first = pinned.baseAddress else { return nil }
                return unsafe body(first)
            }
        }
    }
}

import XML

/// An element's name as a question has it: `Assertion` of any namespace, `{urn:oasis:names:tc:SAML:2.0:assertion}Assertion`, or `*`.
public struct ElementName: Sendable, Hashable {
    /// The local name; nil: any.
    let local: String?
    /// nil: any.
    let namespace: String?

    /// Reads the text; nil where it is no name.
    public init?(_ text: String) {
        var local = text[...]
        var namespace: String?
        if text.hasPrefix("{") {
            guard let end = text.firstIndex(of: "}") else { return nil }
            namespace = String(text[text.index(after: text.startIndex)..<end])
            local = text[text.index(after: end)...]
        }
        guard !local.isEmpty, !local.contains(where: { "/{}<>=\"' \t\n".contains($0) }), local == "*" || !local.contains("*") else {
            return nil
        }
        self.local = local == "*" ? nil : String(local)
        self.namespace = namespace
    }

    func matches(_ element: XMLElement) -> Bool {
        if let local, local != element.name { return false }
        return namespace.map { $0 == element.namespace } ?? true
    }
}

/// A way from the root down to an element: `Response/Extensions/Assertion`. A step is a name or `*`; `//` before a step leaves out as many
/// elements as there are, none too. It begins at the root, or anywhere with `//`.
public struct StructurePath: Sendable, Hashable {
    struct Step: Sendable, Hashable {
        let name: ElementName
        /// Whether elements may stand between.
        let isDeep: Bool
    }

    let steps: [Step]

    /// Reads the text; nil where it is no path.
    public init?(_ text: String) {
        var steps: [Step] = []
        var rest = text[...]
        if rest.hasPrefix("/"), !rest.hasPrefix("//") { rest.removeFirst() }
        while !rest.isEmpty {
            let isDeep = rest.hasPrefix("//")
            if isDeep {
                rest = rest.dropFirst(2)
            } else if !steps.isEmpty {
                guard rest.hasPrefix("/") else { return nil }
                rest.removeFirst()
            }
            // A namespace's name has slashes of its own.
            var end = rest.startIndex
            if rest.hasPrefix("{") { end = rest.firstIndex(of: "}") ?? rest.endIndex }
            end = rest[end...].firstIndex(of: "/") ?? rest.endIndex
            guard let name = ElementName(String(rest[..<end])), steps.count < 64 else { return nil }
            steps.append(Step(name: name, isDeep: isDeep))
            rest = rest[end...]
        }
        guard !steps.isEmpty else { return nil }
        self.steps = steps
    }

    /// Whether the last of these elements, each the child of the one before and the first the root, is where the path leads.
    func leads(to elements: [XMLElement]) -> Bool {
        // Which counts of steps can be behind us: as in a pattern with gaps, all of them at one time.
        var reached: Set<Int> = [0]
        for element in elements {
            var next: Set<Int> = []
            for count in reached where count < steps.count {
                if steps[count].isDeep { next.insert(count) }
                if steps[count].name.matches(element) { next.insert(count + 1) }
            }
            reached = next
        }
        return reached.contains(steps.count)
    }
}

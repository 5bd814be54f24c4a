import Events
import Identity

/// What was typed into the policy's form and can't be taken, field by field.
struct PolicyFaults {
    /// By the member's name.
    let words: [String: any Said]

    /// - Parameters:
    ///   - form: As it was sent. What doesn't stand in it has no fault.
    ///   - policy: The one in force: what is left as it is has none either.
    init(_ form: Fields, over policy: JSON) {
        var words: [String: any Said] = [:]
        for field in PolicyField.all {
            guard let typed = form.all(field.member).first, field.json(typed) != field.value(in: policy) else { continue }
            words[field.member] = Self.fault(field, typed)
        }
        let flags = PolicyField.all.filter { ["forceAuthn", "isPassive"].contains($0.member) }
        if flags.count == 2, flags.allSatisfy({ form.all($0.member).first == "true" }) {
            words[flags[1].member] = PolicyFaultPhrase.contradiction(["other": flags[0].label])
        }
        self.words = words
    }

    /// The fields at fault, in the page's order, as links to them.
    func facts() -> [[String: Any]] {
        PolicyField.all.compactMap { field in
            words[field.member].map { ["member": field.member, "label": field.label, "words": $0] as [String: Any] }
        }
    }

    private static func fault(_ field: PolicyField, _ typed: String) -> (any Said)? {
        let value = field.json(typed)
        // An emptied number would be the default, which nobody has typed.
        if case .number(let range, _) = field.kind, value.isNull, field.member != "evidenceRetentionDays" { return number(range) }
        guard !accepts(field, value) else { return nil }
        switch field.kind {
        case .number(let range, _): return number(range)
        case .lines:
            let values = value.arrayValue ?? []
            guard let wrong = firstWrong(values, of: field), accepts(field, .array([])), !accepts(field, .array([wrong])) else {
                return PolicyFaultPhrase.tooMany
            }
            let phrase: PolicyFaultPhrase = field.member == "allowedEmailDomains" ? .domains : .origins
            return phrase(["value": String((wrong.stringValue ?? "").prefix(100))])
        case .text:
            return switch field.member {
            case "allowSHA1Until": PolicyFaultPhrase.instant
            case "landingURL": PolicyFaultPhrase.address
            case "nameIDFormat": PolicyFaultPhrase.nameIDFormat
            case "requestedAuthnContext": PolicyFaultPhrase.context
            default: PolicyFaultPhrase.attribute
            }
        case .flag, .choice: return PolicyFaultPhrase.choice
        }
    }

    /// The one up to which the list can't be taken any more, found by halves: each try reads a whole policy.
    private static func firstWrong(_ values: [JSON], of field: PolicyField) -> JSON? {
        var (taken, refused) = (0, values.count)
        while refused - taken > 1 {
            let middle = (taken + refused) / 2
            if accepts(field, .array(Array(values.prefix(middle)))) { taken = middle } else { refused = middle }
        }
        return refused > 0 ? values[refused - 1] : nil
    }

    private static func number(_ range: ClosedRange<Int64>) -> Sentence {
        PolicyFaultPhrase.number(["least": String(range.lowerBound), "most": String(range.upperBound)])
    }

    private static func accepts(_ field: PolicyField, _ value: JSON) -> Bool {
        let names = field.member.split(separator: ".").map(String.init)
        return PolicyDocument.accepts(names.reversed().reduce(value) { .object([.init($1, $0)]) })
    }
}

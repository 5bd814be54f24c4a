import Events
import Identity
import IdentityLedger

/// The policy page's form: what stands in it, and what was typed as a change of the policy.
struct PolicyForm {
    /// The policy in force, as the contract's document.
    let policy: JSON
    let accounts: [AccountView]

    // What a person edits on a page; more rules than that come from a program, which has the API.
    private static let mostRules = 30
    private static let emptyRules = 2
    private static let roles: [RolePhrase] = [.member, .administrator]
    private static let ruleMembers = ["attribute", "value", "account", "role"]

    private var rules: [JSON] { policy["roleMapping"]?.arrayValue ?? [] }
    private var hasEditableRules: Bool { rules.count <= Self.mostRules }

    /// A change (RFC 7396) of the members that were changed in the form, and of no other.
    func patch(_ form: Fields) throws -> JSON {
        var changes: [JSON.Member] = []
        var inner: [JSON.Member] = []
        for field in PolicyField.all {
            let typed = field.json(try form.one(field.member) ?? "")
            guard typed != field.value(in: policy) else { continue }
            let path = field.member.split(separator: ".").map(String.init)
            if path.count == 2 { inner.append(.init(path[1], typed)) } else { changes.append(.init(field.member, typed)) }
        }
        if !inner.isEmpty { changes.append(.init("attributeMapping", .object(inner))) }
        if hasEditableRules {
            let typed = try rules(form)
            if typed != rules { changes.append(.init("roleMapping", .array(typed))) }
        }
        return .object(changes)
    }

    private func rules(_ form: Fields) throws -> [JSON] {
        let columns = Self.ruleMembers.map { form.all("rule-\($0)") }
        guard Set(columns.map(\.count)).count == 1 else { throw Problem.malformed("The rules' fields are not of one number.") }
        return columns[0].indices.compactMap { row in
            let rule = zip(Self.ruleMembers, columns).map { JSON.Member($0, .string($1[row])) }
            // A row that says nothing is none.
            return columns[0][row].isEmpty && columns[1][row].isEmpty ? nil : .object(rule)
        }
    }

    /// What the page shows.
    ///
    /// - Parameter typed: What was sent and couldn't be taken, to be mended; nil: the policy in force.
    func facts(typed: Fields?, faults: PolicyFaults? = nil) throws -> [String: Any] {
        var facts: [String: Any] = [:]
        if let wrong = faults?.facts(), !wrong.isEmpty { facts["faults"] = ["fields": wrong] }
        facts["sections"] = try PolicyField.sections.map { section in
            [
                "id": section.id, "title": section.title,
                "fields": try section.fields.map { field in
                    row(
                        field, try typed.map { try $0.one(field.member) ?? "" } ?? field.text(field.value(in: policy)),
                        fault: faults?.words[field.member])
                },
            ] as [String: Any]
        }
        if hasEditableRules {
            let shown = try typed.map { try rules($0) } ?? rules
            let blank = JSON.object([])
            facts["rules"] = ["rows": (shown + Array(repeating: blank, count: Self.emptyRules)).enumerated().map(rule)]
        } else {
            facts["manyRules"] = String(rules.count)
        }
        return facts
    }

    private func row(_ field: PolicyField, _ value: String, fault: (any Said)?) -> [String: Any] {
        var row: [String: Any] = ["member": field.member, "label": field.label]
        if let hint = field.hint { row["help"] = ["text": hint, "member": field.member] as [String: Any] }
        var shown: [String: Any] = ["member": field.member, "label": field.label, "value": value]
        // What is wrong is read out before what the field is for.
        let described = (fault == nil ? [] : ["\(field.member)-fault"]) + (field.hint == nil ? [] : ["\(field.member)-help"])
        if !described.isEmpty { shown["described"] = described.joined(separator: " ") }
        shown["isWrong"] = fault != nil
        if let fault { row["fault"] = ["member": field.member, "words": fault] as [String: Any] }
        switch field.kind {
        case .flag:
            shown["checked"] = value == "true"
            row["flag"] = shown
        case .number(let range, let unit):
            shown["least"] = String(range.lowerBound)
            shown["most"] = String(range.upperBound)
            shown["unit"] = unit.name
            row["number"] = shown
        case .text: row["text"] = shown
        case .lines: row["lines"] = shown
        case .choice(let values):
            shown["choices"] = values.map {
                ["value": $0, "label": $0.isEmpty ? PolicyPhrase.recognised as any Said : $0, "selected": $0 == value] as [String: Any]
            }
            row["choice"] = shown
        }
        return row
    }

    private func rule(_ index: Int, _ rule: JSON) -> [String: Any] {
        let account = rule["account"]?.stringValue ?? ""
        let role = rule["role"]?.stringValue ?? ""
        return [
            "number": String(index + 1), "attribute": rule["attribute"]?.stringValue ?? "", "value": rule["value"]?.stringValue ?? "",
            "accounts": accounts.map {
                ["id": $0.id.description, "name": $0.name, "selected": $0.id.description == account] as [String: Any]
            },
            "roles": Self.roles.map { ["value": $0.rawValue, "name": $0, "selected": $0.rawValue == role] as [String: Any] },
        ]
    }

    /// The changes a sentence each, from the policy in force to another one.
    func sentences(to next: JSON) -> [any Said] {
        let mappings = next["roleMapping"]?.arrayValue ?? []
        let fields = PolicyField.all.compactMap { field -> Sentence? in
            let (before, after) = (field.value(in: policy), field.value(in: next))
            guard before != after else { return nil }
            return PolicyPhrase.changed(["field": field.label, "before": field.words(before), "after": field.words(after)])
        }
        return fields
            + mappings.filter { !rules.contains($0) }.map { sentence(.ruleAdded, $0) }
            + rules.filter { !mappings.contains($0) }.map { sentence(.ruleRemoved, $0) }
    }

    private func sentence(_ phrase: PolicyPhrase, _ rule: JSON) -> Sentence {
        let text = { (name: String) in rule[name]?.stringValue ?? "" }
        return phrase([
            "attribute": text("attribute"), "value": text("value"),
            "role": RolePhrase.named(text("role")),
            "account": accounts.first { $0.id.description == text("account") }?.name ?? text("account"),
        ])
    }
}

/// What people are told in other words than those of the code. Programs see the code alone, which the contract names.
enum RefusalCause: String, Sendable, CaseIterable {
    case formTooOld = "forbidden.formTooOld"
    case notPermitted = "forbidden.notPermitted"
    case methodNotTaken = "request_malformed.methodNotTaken"
    case typeNotRead = "request_malformed.typeNotRead"
    case comesTwice = "request_malformed.comesTwice"
    case formTooLarge = "too_large.form"

    /// Whether there is a page to open again, from which it can be done rightly.
    var leadsBack: Bool { self != .notPermitted }
}

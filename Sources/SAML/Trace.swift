/// The checks so far, in their order.
final class Trace {
    private(set) var steps: [Step] = []
    private let compares: Bool

    /// - Parameter compares: Whether compared values are kept beside the verdicts, which takes time.
    init(compares: Bool) { self.compares = compares }

    /// Runs one check and records how it ended.
    ///
    /// - Parameter compared: What the check holds against what; not asked for where nobody wants it.
    func step<Value>(
        _ name: String, _ section: String, comparing compared: @autoclosure () -> [Comparison] = [],
        _ check: () throws(Refusal) -> (Value, String)
    ) throws(Refusal) -> Value {
        do throws(Refusal) {
            let (value, detail) = try check()
            record(name, section, ok: true, detail, compared)
            return value
        } catch {
            record(name, section, ok: false, error.detail, compared)
            throw error
        }
    }

    /// Runs one check that finds nothing but its sentence.
    func step(
        _ name: String, _ section: String, comparing compared: @autoclosure () -> [Comparison] = [],
        _ check: () throws(Refusal) -> String
    ) throws(Refusal) {
        try step(name, section, comparing: compared()) { () throws(Refusal) in ((), try check()) }
    }

    private func record(_ name: String, _ section: String, ok: Bool, _ detail: String, _ compared: () -> [Comparison]) {
        steps.append(Step(name: name, section: section, ok: ok, detail: detail, compared: compares ? compared() : []))
    }
}

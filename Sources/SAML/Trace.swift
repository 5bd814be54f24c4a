/// The checks so far, in their order.
final class Trace {
    private(set) var steps: [Step] = []

    /// Runs one check and records how it ended.
    func step<Value>(
        _ name: String, _ section: String, _ check: () throws(Refusal) -> (Value, String)
    ) throws(Refusal) -> Value {
        do throws(Refusal) {
            let (value, detail) = try check()
            steps.append(Step(name: name, section: section, ok: true, detail: detail))
            return value
        } catch {
            steps.append(Step(name: name, section: section, ok: false, detail: error.detail))
            throw error
        }
    }

    /// Runs one check that finds nothing but its sentence.
    func step(_ name: String, _ section: String, _ check: () throws(Refusal) -> String) throws(Refusal) {
        try step(name, section) { () throws(Refusal) in ((), try check()) }
    }
}

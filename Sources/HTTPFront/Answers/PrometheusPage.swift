import Ledger

/// A page of metrics in the making. Labels are ours: codes, numbers, IDs and versions, nothing from outside.
struct PrometheusPage {
    enum Kind: String { case counter, gauge, histogram }

    private(set) var text = ""
    private var name = ""

    /// Begins a metric; its values follow.
    mutating func begin(_ name: String, _ kind: Kind, _ help: String) {
        self.name = "identity_ledger_" + name
        text += "# HELP \(self.name) \(help)\n# TYPE \(self.name) \(kind.rawValue)\n"
    }

    mutating func value(_ labels: [(name: String, value: String)], _ value: Double, suffix: String = "") {
        let inner = labels.map { "\($0.name)=\"\($0.value)\"" }.joined(separator: ",")
        text += "\(name)\(suffix)\(inner.isEmpty ? "" : "{\(inner)}") \(Self.number(value))\n"
    }

    /// A metric of one value.
    mutating func add(_ name: String, _ kind: Kind, _ help: String, _ labels: [(name: String, value: String)], _ value: Double) {
        begin(name, kind, help)
        self.value(labels, value)
    }

    mutating func add(_ name: String, _ help: String, _ histogram: Histogram) {
        begin(name, .histogram, help)
        for (bound, count) in zip(histogram.bounds, histogram.counts) {
            value([("le", Self.number(bound))], Double(count), suffix: "_bucket")
        }
        value([("le", "+Inf")], Double(histogram.count), suffix: "_bucket")
        value([], histogram.sum, suffix: "_sum")
        value([], Double(histogram.count), suffix: "_count")
    }

    private static func number(_ value: Double) -> String {
        Int64(exactly: value).map(String.init) ?? String(value)
    }
}

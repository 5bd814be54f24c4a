import Events
import IdentityLedger
import Synchronization

/// Counters in Prometheus' text format.
final class Metrics: Sendable {
    private struct Counts: Sendable {
        var answers: [Int: UInt64] = [:]
        var logins: [String: UInt64] = [:]
        var certificates: CertificateEnds?
    }

    private let counts = Mutex(Counts())

    func countAnswer(status: Int) { counts.withLock { $0.answers[status, default: 0] += 1 } }

    /// - Parameter outcome: `accepted`, or a refusal's code: never anything from outside.
    func countLogin(outcome: String) { counts.withLock { $0.logins[outcome, default: 0] += 1 } }

    func set(_ certificates: CertificateEnds) { counts.withLock { $0.certificates = certificates } }

    func text(events: UInt64?) -> String {
        let (answers, logins, certificates) = counts.withLock { ($0.answers, $0.logins, $0.certificates) }
        let libraries = ProgramVersion.libraries.map { ",\($0.name)=\"\($0.version)\"" }.joined()
        var lines = [
            "# TYPE identity_ledger_build_info gauge", "identity_ledger_build_info{version=\"\(ProgramVersion.text)\"\(libraries)} 1",
            "# TYPE identity_ledger_http_responses_total counter",
        ]
        for (status, count) in answers.sorted(by: { $0.key < $1.key }) {
            lines.append("identity_ledger_http_responses_total{status=\"\(status)\"} \(count)")
        }
        lines.append("# TYPE identity_ledger_logins_total counter")
        for (outcome, count) in logins.sorted(by: { $0.key < $1.key }) {
            lines.append("identity_ledger_logins_total{outcome=\"\(outcome)\"} \(count)")
        }
        if let events {
            lines.append("# TYPE identity_ledger_events counter")
            lines.append("identity_ledger_events \(events)")
        }
        if let certificates {
            lines += [
                "# HELP identity_ledger_certificates_ending organizations whose last signing certificate ends within 30 days",
                "# TYPE identity_ledger_certificates_ending gauge",
                "identity_ledger_certificates_ending \(certificates.endingSoon)",
                "# HELP identity_ledger_certificates_ended organizations whose signing certificates have all ended",
                "# TYPE identity_ledger_certificates_ended gauge",
                "identity_ledger_certificates_ended \(certificates.ended)",
            ]
            if let earliest = certificates.earliest {
                lines += [
                    "# HELP identity_ledger_certificate_expiry_timestamp_seconds when the first organization has no certificate left",
                    "# TYPE identity_ledger_certificate_expiry_timestamp_seconds gauge",
                    "identity_ledger_certificate_expiry_timestamp_seconds \(earliest.nanoseconds / 1_000_000_000)",
                ]
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }
}

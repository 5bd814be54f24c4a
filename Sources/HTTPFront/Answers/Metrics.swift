import Events
import IdentityLedger
import Ledger
import Synchronization

/// Counters, and what the ledger says of itself, in Prometheus' text format (exposition format 0.0.4).
final class Metrics: Sendable {
    private struct Login: Hashable, Comparable {
        let outcome: String
        let code: String

        static func < (one: Login, other: Login) -> Bool { (one.outcome, one.code) < (other.outcome, other.code) }
    }

    private struct Counts: Sendable {
        var answers: [Int: UInt64] = [:]
        var logins: [Login: UInt64] = [:]
        var certificates: CertificateEnds?
    }

    private let counts = Mutex(Counts())

    func countAnswer(status: Int) { counts.withLock { $0.answers[status, default: 0] += 1 } }

    /// - Parameter code: nil: accepted; else a refusal's code, never anything from outside.
    func countLogin(refusedAs code: String?) {
        let login = Login(outcome: code == nil ? "accepted" : "refused", code: code ?? "")
        counts.withLock { $0.logins[login, default: 0] += 1 }
    }

    func set(_ certificates: CertificateEnds) { counts.withLock { $0.certificates = certificates } }

    /// What the ledger says at the moment; nil where it can't be read.
    struct LedgerFigures {
        let events: UInt64?
        let storage: StorageFigures?
        let writing: WriterFigures
        let judging: Histogram
    }

    func text(_ ledger: LedgerFigures, _ drifts: DriftBoard) -> String {
        let counts = counts.withLock { $0 }
        var page = PrometheusPage()
        let libraries = ProgramVersion.libraries.map { ($0.name, $0.version) }
        page.add(
            "build_info", .gauge, "the program's version, and those of its libraries", [("version", ProgramVersion.text)] + libraries, 1)
        page.begin("http_responses_total", .counter, "answers by status")
        for (status, count) in counts.answers.sorted(by: { $0.key < $1.key }) { page.value([("status", String(status))], Double(count)) }
        page.begin("logins_total", .counter, "responses received, by what came of them and the refusal's code")
        for (login, count) in counts.logins.sorted(by: { $0.key < $1.key }) {
            page.value([("outcome", login.outcome), ("code", login.code)], Double(count))
        }
        page.add("judge_duration_seconds", "how long judging a response took", ledger.judging)
        page.add("commit_duration_seconds", "how long a commit took until it was on disk", ledger.writing.commitSeconds)
        page.add("commit_batch_size", "how many submissions shared a commit", ledger.writing.batchSizes)
        page.add("commit_failures_total", .counter, "commits that failed", [], Double(ledger.writing.failures))
        page.add("writer_queue_length", .gauge, "submissions that wait for the writer", [], Double(ledger.writing.waiting))
        if let events = ledger.events { page.add("ledger_size", .gauge, "events in the ledger", [], Double(events)) }
        if let storage = ledger.storage {
            page.add("map_size_bytes", .gauge, "address space of the ledger's map", [], Double(storage.mapSizeBytes))
            page.add("map_used_bytes", .gauge, "bytes of the map in use, free pages included", [], Double(storage.usedBytes))
            page.add("map_free_bytes", .gauge, "pages that wait to be used again", [], Double(storage.freeBytes))
            page.add("readers", .gauge, "readers that hold a snapshot", [], Double(storage.readers.count))
            page.add(
                "oldest_reader_commits", .gauge, "commits since the oldest snapshot that is held", [],
                Double(storage.readers.first?.commitsBehind ?? 0))
        }
        if let certificates = counts.certificates {
            page.add(
                "certificates_ending", .gauge, "organizations whose last signing certificate ends within 30 days", [],
                Double(certificates.endingSoon))
            page.add(
                "certificates_ended", .gauge, "organizations whose signing certificates have all ended", [], Double(certificates.ended))
            if let earliest = certificates.earliest {
                page.add(
                    "certificate_expiry_timestamp_seconds", .gauge, "when the first organization has no certificate left", [],
                    Double(earliest.nanoseconds / 1_000_000_000))
            }
        }
        page.begin("identity_provider_drift", .gauge, "organizations whose identity provider's responses are otherwise since a day")
        for (what, organizations) in drifts.counts { page.value([("what", what.rawValue)], Double(organizations)) }
        return page.text
    }
}

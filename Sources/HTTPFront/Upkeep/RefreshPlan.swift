import Events
import IdentityLedger

/// When an organization's metadata is fetched next, from what became of it before.
struct RefreshPlan: Sendable {
    /// Not before.
    private(set) var due: Instant
    /// What the last document was known by.
    private(set) var validators = MetadataFetcher.Validators()
    /// How often in a row it could not be fetched.
    private(set) var failures = 0
    private var url: String
    private var recordedFailure: (reason: String, at: Instant)?

    private static let firstRetrySeconds: Int64 = 15 * 60
    private static let shortestSeconds: Int64 = 10 * 60
    private static let daySeconds: Int64 = 86400

    /// After a start nobody's metadata is fetched at once: many organizations would be asked for in the same moment.
    init(_ source: RefreshableMetadata, after start: Instant) {
        url = source.metadataURL
        // Spread over the first hour, by the organization's random ID.
        let offset = source.organization.bytes.prefix(2).reduce(Int64(0)) { $0 << 8 | Int64($1) } % 3300
        due = start.adding(seconds: min(300 + offset, Int64(source.hours) * 3600))
    }

    /// Whether it is time; another address counts as a new beginning.
    mutating func isDue(_ source: RefreshableMetadata, at now: Instant) -> Bool {
        if url != source.metadataURL {
            self = RefreshPlan(source, after: now)
        }
        return due <= now
    }

    /// It was fetched, or is unchanged.
    mutating func succeeded(_ source: RefreshableMetadata, _ validators: MetadataFetcher.Validators?, at now: Instant) {
        if let validators { self.validators = validators }
        failures = 0
        recordedFailure = nil
        due = now.adding(seconds: Self.interval(source))
    }

    /// It could not be fetched or read; sooner tried again than it would be, then less and less often.
    ///
    /// - Returns: Whether that is to be recorded: the first time, for another reason, and once a day.
    mutating func failed(_ source: RefreshableMetadata, reason: String, at now: Instant) -> Bool {
        failures += 1
        let delay = Self.firstRetrySeconds << min(Int64(failures - 1), 16)
        due = now.adding(seconds: min(delay, Self.interval(source)))
        if let recorded = recordedFailure, recorded.reason == reason, now < recorded.at.adding(seconds: Self.daySeconds) { return false }
        recordedFailure = (reason, now)
        return true
    }

    private static func interval(_ source: RefreshableMetadata) -> Int64 {
        let hours = Int64(source.hours) * 3600
        guard source.cacheSeconds > 0 else { return hours }
        return min(hours, max(Int64(clamping: source.cacheSeconds), shortestSeconds))
    }
}

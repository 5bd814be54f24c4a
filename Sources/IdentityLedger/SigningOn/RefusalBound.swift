import Events
import Synchronization

/// Bounds what anyone without credentials can make the ledger keep (C50): at most 60 refusals per organization and minute are
/// events of their own; what is over that is counted and summarized.
final class RefusalBound: Sendable {
    /// Refusals that were counted only.
    struct Summary: Sendable {
        let organization: Identifier
        var from: Instant
        var to: Instant
        var count: UInt64
    }

    private struct Window {
        var minute: UInt64
        var admitted: Int
    }

    private struct State {
        var windows: [Identifier: Window] = [:]
        var summaries: [Identifier: Summary] = [:]
        var seen: Set<[UInt8]> = []
        var order: [[UInt8]] = []
        var next = 0
    }

    static let eventsPerMinute = 60
    private static let rememberedResponses = 4096
    private let state = Mutex(State())

    /// Whether this refusal becomes an event of its own; else it is counted.
    func admits(_ organization: Identifier, at instant: Instant) -> Bool {
        let minute = instant.nanoseconds / 60_000_000_000
        return state.withLock { state in
            var window = state.windows[organization] ?? Window(minute: minute, admitted: 0)
            if window.minute != minute { window = Window(minute: minute, admitted: 0) }
            defer { state.windows[organization] = window }
            if window.admitted < Self.eventsPerMinute {
                window.admitted += 1
                return true
            }
            var summary =
                state.summaries[organization]
                ?? Summary(organization: organization, from: instant, to: instant, count: 0)
            summary.to = max(summary.to, instant)
            summary.count += 1
            state.summaries[organization] = summary
            return false
        }
    }

    /// Whether a refused response of this digest came lately: its evidence is kept once.
    func isRepeated(_ digest: [UInt8]) -> Bool { state.withLock { $0.seen.contains(digest) } }

    /// Remembers a refused response whose evidence was kept.
    func remember(_ digest: [UInt8]) {
        state.withLock { state in
            guard state.seen.insert(digest).inserted else { return }
            if state.order.count < Self.rememberedResponses {
                state.order.append(digest)
            } else {
                state.seen.remove(state.order[state.next])
                state.order[state.next] = digest
                state.next = (state.next + 1) % Self.rememberedResponses
            }
        }
    }

    /// Takes the counts of minutes that are over; with `all` those of this minute too.
    func takeSummaries(at instant: Instant, all: Bool) -> [Summary] {
        let minute = instant.nanoseconds / 60_000_000_000
        return state.withLock { state in
            state.windows = state.windows.filter { $0.value.minute == minute }
            let due = state.summaries.values.filter { all || $0.to.nanoseconds / 60_000_000_000 < minute }
            for summary in due { state.summaries[summary.organization] = nil }
            return due.sorted { $0.organization < $1.organization }
        }
    }

    /// Puts counts back that could not be written.
    func restore(_ summary: Summary) {
        state.withLock { state in
            guard var other = state.summaries[summary.organization] else {
                state.summaries[summary.organization] = summary
                return
            }
            other.from = min(other.from, summary.from)
            other.to = max(other.to, summary.to)
            other.count += summary.count
            state.summaries[summary.organization] = other
        }
    }
}

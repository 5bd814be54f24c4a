import Events
import Foundation
import FoundationXML
import Testing

@testable import HTTPFront

@Suite struct `A picture` {
    private static func end(_ days: Int64) -> CertificateEnd {
        let now = Instant(seconds: 1_795_600_000)
        return CertificateEnd(end: now.adding(seconds: days * 86_400), now: now)
    }

    private static func isXML(_ text: String) -> Bool { XMLParser(data: Data(text.utf8)).parse() }

    private static func bars(_ days: [(String, [UInt64])]) -> String {
        StackedBars(
            id: "days", title: "Logins",
            parts: [(.good, "Accepted"), (.bad, "Refused"), (.other, "Tests")].map { .init(fill: $0, label: $1, word: $1.lowercased()) },
            bars: days.map { .init(label: $0.0, values: $0.1) }
        ).text(in: Texts())
    }

    @Test func `is well-formed, names what it shows, and tells nothing by colour alone`() {
        let svg = Self.bars([("2026-11-01", [3, 1, 0]), ("2026-11-02", [0, 0, 0]), ("2026-11-03", [1_234_567, 0, 2])])
        #expect(Self.isXML(svg))
        #expect(svg.contains("role=\"img\" aria-labelledby=\"days-title days-description\""))
        #expect(svg.contains("In all: accepted 1,234,570, refused 1, tests 2. Most on 2026-11-03: 1,234,569."))
        #expect(svg.contains("url(#days-bad)") && svg.contains("url(#days-other)"))
        #expect(!svg.contains("style=") && !svg.contains("<script"))
    }

    @Test func `escapes whatever it is given`() {
        let hostile = "\"><script>alert('1')</script>&\u{1}\u{0}"
        for svg in [
            Self.bars([(hostile, [1, 1, 1])]),
            DayBars(id: "ends", title: hostile, bars: [.init(label: hostile, end: Self.end(-3))]).text(in: Texts()),
            ShareBar(id: "share", title: hostile, done: (hostile, 1), rest: (hostile, 2)).text(in: Texts()),
        ] {
            #expect(Self.isXML(svg))
            #expect(!svg.contains("<script"))
        }
    }

    @Test func `speaks the language that it is drawn in, and escapes that too`() {
        var texts = Texts()
        texts.sentences = ["picture.now": "<jetzt>", "day.inDays": "in {count} Tagen"]
        let svg = DayBars(id: "ends", title: "x", bars: [.init(label: CertificatePagePhrase.theirs, end: Self.end(12))]).text(in: texts)
        #expect(Self.isXML(svg))
        #expect(svg.contains(">&lt;jetzt&gt;<") && svg.contains("Identity provider&#39;s: in 12 Tagen."))
    }

    @Test func `is drawn of nothing, of one and of the most`() {
        for values in [[], [[0, 0, 0]], [[UInt64.max / 4, 0, 0]], Array(repeating: [1, 2, 3] as [UInt64], count: 30)] as [[[UInt64]]] {
            let svg = Self.bars(values.enumerated().map { ("day \($0)", $1) })
            #expect(Self.isXML(svg))
            #expect(svg.utf8.count < 16 << 10)
        }
        #expect(DayBars(id: "ends", title: "", bars: []).text(in: Texts()).isEmpty)
        #expect(Self.isXML(ShareBar(id: "share", title: "", done: ("a", 0), rest: ("b", 0)).text(in: Texts())))
    }

    @Test func `has numbers as people read them`() {
        #expect([0, 999, 1000, 1_234_567].map { Numbers.text($0 as UInt64) } == ["0", "999", "1,000", "1,234,567"])
        #expect([999, 1000, 2500, 2_000_000].map { Numbers.short($0) } == ["999", "1k", "2.5k", "2M"])
        #expect([(0, 3), (1, 100_000), (99_999, 100_000), (3, 3), (0, 0)].map { Numbers.percent($0.0, of: $0.1) } == [0, 1, 99, 100, 0])
        #expect(
            [0, 1, 45, -1, -1000].map { DayWords.when($0).text(in: Texts()) } == [
                "within a day", "in 1 day", "in 45 days", "1 day ago", "1,000 days ago",
            ])
    }
}

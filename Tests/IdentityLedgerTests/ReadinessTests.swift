import Events
import Ledger
import Synchronization
import Testing

@testable import IdentityLedger

@Suite struct `Whether the ledger can be written` {
    @Test func `is asked once a second, and answered no where that takes too long`() async throws {
        let readiness = Readiness()
        let asked = Mutex(0)
        let start = Instant(seconds: 1000)
        @Sendable func ask() -> Bool {
            asked.withLock {
                $0 += 1
                return $0 != 2
            }
        }
        for _ in 0..<3 { #expect(await readiness.answer(at: start) { ask() }) }
        #expect(asked.withLock { $0 } == 1)
        #expect(await readiness.answer(at: start.adding(seconds: 1)) { ask() } == false)
        #expect(asked.withLock { $0 } == 2)
        #expect(
            await readiness.answer(at: start.adding(seconds: 2)) {
                try? await Task.sleep(for: .seconds(600))
                return true
            } == false)
    }

    @Test func `shows`() async throws {
        let vendor = try await Vendor()
        #expect(await vendor.ledger.isWritable())
        vendor.ledger.ledger.close()
        vendor.clock.advance(seconds: 1)
        #expect(await !vendor.ledger.isWritable())
    }
}

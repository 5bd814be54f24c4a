import Dispatch
import Synchronization

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The same for each item, on all processors, in the items' order: decoding and hashing of a long history.
public func concurrently<Item: Sendable, Output: Sendable>(_ items: [Item], _ transform: @Sendable (Item) -> Output) -> [Output] {
    let processors = ProcessInfo.processInfo.activeProcessorCount
    guard items.count >= 64, processors > 1 else { return items.map(transform) }
    let pieces = Mutex<[Int: [Output]]>([:])
    let size = (items.count + processors - 1) / processors
    DispatchQueue.concurrentPerform(iterations: processors) { piece in
        let start = min(piece * size, items.count)
        let done = items[start..<min(start + size, items.count)].map(transform)
        pieces.withLock { $0[piece] = done }
    }
    let done = pieces.withLock { $0 }
    return (0..<processors).flatMap { done[$0] ?? [] }
}

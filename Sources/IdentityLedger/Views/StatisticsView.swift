public import Events
public import Ledger

/// Figures of a ledger to look at.
public struct StatisticsView: JSONView {
    /// How many events there are of each type.
    public var eventsByType: [String: UInt64] = [:]
    /// Responses that are kept.
    public var keptResponses: UInt64 = 0
    /// Their bytes as they arrived.
    public var responseBytes: UInt64 = 0
    /// Their bytes as they lie on the disk, compressed and sealed.
    public var evidenceBytes: UInt64 = 0
    /// What the environment takes, and who reads it.
    public var storage: StorageFigures

    /// `{"events","eventsByType","evidence","bytes","databases","readers"}`
    public var json: JSON {
        let percent = responseBytes == 0 ? 0 : Int64(clamping: evidenceBytes * 100 / responseBytes)
        return [
            "events": JSON(eventsByType.values.reduce(0, +)),
            "eventsByType": .object(eventsByType.sorted { $0.key < $1.key }.map { .init($0.key, JSON($0.value)) }),
            "evidence": [
                "responses": JSON(keptResponses), "responseBytes": JSON(responseBytes), "storedBytes": JSON(evidenceBytes),
                "storedPercent": .integer(percent),
            ],
            "bytes": [
                "map": .integer(Int64(storage.mapSizeBytes)), "used": .integer(Int64(storage.usedBytes)),
                "free": .integer(Int64(storage.freeBytes)),
            ],
            "databases": .object(
                storage.databases.map { database in
                    .init(database.name, ["rows": .integer(Int64(database.rows)), "bytes": .integer(Int64(database.bytes))])
                }),
            "readers": .array(
                storage.readers.map { reader in
                    ["process": .integer(Int64(reader.process)), "commitsBehind": JSON(reader.commitsBehind)]
                }),
        ]
    }
}

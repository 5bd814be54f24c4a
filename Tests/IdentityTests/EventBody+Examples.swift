import Events

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension EventBody {
    static func started(session: UInt8, user: UInt8, expiresAt: UInt64 = .max) -> EventBody {
        var started = SessionStarted()
        started.session = Data([UInt8](repeating: session, count: 32))
        started.user = Identifier.numbered(user).data
        started.expiresAt = expiresAt
        started.nameIDHash = Data([UInt8](repeating: user, count: 32))
        return .sessionStarted(started)
    }
}

extension [UInt8] {
    var data: Data { Data(self) }
}

public import Cryptography
public import Events

extension Certificate {
    /// From when it is valid; the epoch for anything before it.
    public var notBefore: Instant { Instant(nanoseconds: 0).adding(seconds: max(0, notBeforeSeconds)) }
    /// Until when it is valid. An end past 2554 is the last instant there is.
    public var notAfter: Instant { Instant(nanoseconds: 0).adding(seconds: max(0, notAfterSeconds)) }
}

public import Hummingbird
import Logging
import NIOCore

/// What hummingbird knows beside the request: the peer, and the logger.
public struct FrontContext: InitializableFromSource, Sendable {
    let peer: SocketAddress?
    let logger: Logger
    private let channel: any Channel

    /// From the connection that the request came on.
    public init(source: ApplicationRequestContextSource) {
        peer = source.channel.remoteAddress
        logger = source.logger
        channel = source.channel
    }

    /// Ends the connection in a moment: long enough to read the answer, too short to go on sending.
    func endConnectionSoon() {
        channel.eventLoop.scheduleTask(in: .seconds(RequestLimits.lingerSeconds)) { [channel] in channel.close(promise: nil) }
    }
}

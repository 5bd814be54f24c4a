public import Hummingbird
import Logging
import NIOCore

/// What hummingbird knows beside the request: the peer, and the logger.
public struct FrontContext: InitializableFromSource, Sendable {
    let peer: SocketAddress?
    let logger: Logger

    /// From the connection that the request came on.
    public init(source: ApplicationRequestContextSource) {
        peer = source.channel.remoteAddress
        logger = source.logger
    }
}

import NIOCore

/// Who a request comes from, as limits count it.
struct ClientSource: Sendable {
    let trustedProxies: [AddressRange]

    /// The peer's address; behind a trusted proxy the last address in `X-Forwarded-For` that is no trusted proxy's (C50).
    /// An IPv6 source is its /64: that much belongs to one customer of a network.
    func source(peer: SocketAddress?, forwardedFor: [String]) -> String {
        guard let peer, var address = IPAddress(peer) else { return "local" }
        let forwarded = forwardedFor.flatMap { $0.split(separator: ",") }
            .map { String($0.filter { $0 != " " && $0 != "\t" }) }
        for text in forwarded.reversed() {
            guard trustedProxies.contains(where: { $0.contains(address) }), let next = IPAddress(text) else { break }
            address = next
        }
        return address.bytes.count == 4
            ? address.bytes.map(String.init).joined(separator: ".")
            : address.bytes.prefix(8).map(String.init).joined(separator: ":")
    }
}

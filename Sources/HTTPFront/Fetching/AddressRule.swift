/// Which addresses metadata may be fetched from (C38).
struct AddressRule: Sendable {
    let allowPrivate: Bool

    private static func ranges(_ texts: String...) -> [AddressRange] { texts.compactMap(AddressRange.init) }

    // Link-local holds the clouds' metadata services; the others reach no identity provider at all.
    private static let never = ranges(
        "169.254.0.0/16", "fe80::/10", "224.0.0.0/4", "240.0.0.0/4", "0.0.0.0/8", "ff00::/8", "::/128", "64:ff9b::/96",
        "64:ff9b:1::/48",
        "2002::/16", "2001::/32", "::/96")
    private static let local = ranges(
        "127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "192.0.0.0/24",
        "198.18.0.0/15", "fc00::/7",
        "fec0::/10")
    private static let loopback = ranges("127.0.0.0/8", "::1/128")

    static func isLoopback(_ address: IPAddress) -> Bool { loopback.contains { $0.contains(address) } }

    func permits(_ address: IPAddress) -> Bool {
        if Self.isLoopback(address) { return allowPrivate }
        if Self.never.contains(where: { $0.contains(address) }) { return false }
        return allowPrivate || !Self.local.contains { $0.contains(address) }
    }
}

/// Where a RelayState may lead (C44).
public enum RelayStateTarget {
    /// The absolute address to go to; nil where this RelayState may not be followed.
    ///
    /// - Parameters:
    ///   - relayState: An absolute address, or a path of the service's own origin that begins with one slash.
    ///   - base: The configured public URL; its origin is always allowed, and so is the landing page's.
    ///   - origins: The policy's `relayStateOrigins`.
    public static func resolve(_ relayState: String, base: String, origins: [String], landingURL: String?) -> String? {
        guard let own = Origin(of: base) else { return nil }
        var target = relayState
        if relayState.hasPrefix("/") {
            target = own.description + relayState  // `//elsewhere` becomes a path with `//`, which is refused
        }
        guard let origin = Origin(of: target) else { return nil }
        let allowed = [own] + (origins + [landingURL].compactMap(\.self)).compactMap(Origin.init(of:))
        return allowed.contains(origin) ? target : nil
    }
}

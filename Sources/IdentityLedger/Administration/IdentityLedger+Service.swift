public import Events
import Identity
import Ledger
import Projections

extension IdentityLedger {
    /// The recorded public URL, without a slash at its end; nil: none yet.
    public func publicURL() throws(ServiceError) -> String? {
        try answering {
            let url = try ledger.snapshot().service().publicURL
            return url.isEmpty ? nil : url
        }
    }

    /// Records the public URL that all addresses are built from; the same again is no event.
    ///
    /// - Parameter url: `https`, or `http` on loopback only; it may have a path.
    public func setPublicURL(_ url: String, by caller: Caller) async throws(ServiceError) {
        let base: String = try answering { try Self.checkedPublicURL(url) }
        try await record { context in
            try caller.authority.check(.administer)
            guard try context.service().publicURL != base else { return }
            var configured = ServiceConfigured()
            configured.publicURL = base
            try context.append([.serviceConfigured(configured)], organization: nil, by: caller)
        }
        // With a name the log has checkpoints, and these a key, made here.
        _ = try verifierKey()
    }

    /// The addresses of an organization; nil: no public URL is recorded yet.
    public func addresses(_ organization: Identifier) throws(ServiceError) -> OrganizationAddresses? {
        try publicURL().map { OrganizationAddresses(base: $0, organization: organization) }
    }

    /// Whether an event could be written now: commits a page of the log's own. Within a second the last answer is given again, so that
    /// asking often costs nothing.
    public func isWritable() async -> Bool {
        await readiness.answer(at: now) { [ledger] in
            do {
                try await ledger.probe()
                return true
            } catch {
                return false
            }
        }
    }

    private static func checkedPublicURL(_ url: String) throws -> String {
        var base = url
        while base.hasSuffix("/") { base.removeLast() }
        func invalid(_ detail: String) -> RuleError {
            RuleError(
                .invalidRequest, detail, remedy: "Give the address that browsers use, such as https://sso.example.com.")
        }
        guard let origin = Origin(of: base) else {
            throw invalid("A public URL is an absolute http or https address; “\(url)” is none.")
        }
        guard !base.contains("?"), !base.contains("#") else { throw invalid("A public URL has no query and no fragment.") }
        // Okta refuses an underscore in a single sign-on URL.
        guard !base.contains("_") else { throw invalid("A public URL has no underscore: some identity providers refuse it.") }
        let loopback = origin.host == "localhost" || origin.host == "[::1]" || origin.host.hasPrefix("127.")
        guard origin.scheme == "https" || loopback else {
            throw invalid("A public URL is https; plain http is for loopback only.")
        }
        return base
    }
}

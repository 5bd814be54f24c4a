public import Events

#if canImport(FoundationEssentials)
    import struct FoundationEssentials.Data
#else
    import struct Foundation.Data
#endif

/// What is different between two configurations of an identity provider.
public enum ConfigurationDifference {
    /// The members that differ, by their names: `entityID`, `singleSignOnServices`, `signingCertificates`, and so on.
    public static func members(
        from former: IdentityProviderConfigured, to configuration: IdentityProviderConfigured
    ) -> [String] {
        let members: [(String, Bool)] = [
            ("entityID", former.entityID != configuration.entityID),
            ("singleSignOnServices", former.singleSignOnServices != configuration.singleSignOnServices),
            ("singleLogoutServices", former.singleLogoutServices != configuration.singleLogoutServices),
            ("signingCertificates", former.signingCertificates != configuration.signingCertificates),
            ("validUntil", former.validUntil != configuration.validUntil),
            ("wantsSignedRequests", former.wantsSignedRequests != configuration.wantsSignedRequests),
            ("metadataURL", former.metadataURL != configuration.metadataURL),
            ("metadataCertificate", former.metadataCertificate != configuration.metadataCertificate),
        ]
        return members.filter(\.1).map(\.0)
    }

    /// The same for a person: a sentence for each thing that comes, goes, or is another.
    ///
    /// - Parameter describe: A certificate (DER) in a few words.
    public static func sentences(
        from former: IdentityProviderConfigured, to configuration: IdentityProviderConfigured, describe: ([UInt8]) -> String
    ) -> [String] {
        var sentences: [String] = []
        if former.entityID != configuration.entityID {
            sentences.append("The entity ID was “\(former.entityID)” and is “\(configuration.entityID)”.")
        }
        sentences += list("single sign-on service", former.singleSignOnServices, configuration.singleSignOnServices, words)
        sentences += list("single logout service", former.singleLogoutServices, configuration.singleLogoutServices, words)
        sentences += list("signing certificate", former.signingCertificates, configuration.signingCertificates) { describe(Array($0)) }
        if former.validUntil != configuration.validUntil {
            sentences.append(
                "The metadata was valid until \(instant(former.validUntil)) and is until \(instant(configuration.validUntil)).")
        }
        if former.wantsSignedRequests != configuration.wantsSignedRequests {
            sentences.append(
                "The identity provider \(configuration.wantsSignedRequests ? "now wants" : "no longer wants") signed requests.")
        }
        return sentences
    }

    /// The sentences as one text; where there is none to say, which members or that the document is another.
    public static func summary(
        from former: IdentityProviderConfigured, to configuration: IdentityProviderConfigured, describe: ([UInt8]) -> String
    ) -> String {
        let sentences = sentences(from: former, to: configuration, describe: describe)
        let members = members(from: former, to: configuration)
        return sentences.isEmpty
            ? "The identity provider's \(members.isEmpty ? "metadata document" : members.joined(separator: ", ")) is another."
            : sentences.joined(separator: " ")
    }

    private static func list<Item: Hashable>(
        _ what: String, _ former: [Item], _ now: [Item], _ words: (Item) -> String
    ) -> [String] {
        let (before, after) = (Set(former), Set(now))
        let changes =
            now.filter { !before.contains($0) }.map { "It adds the \(what) \(words($0))." }
            + former.filter { !after.contains($0) }.map { "It removes the \(what) \(words($0))." }
        return changes.isEmpty && former != now ? ["The \(what)s come in another order."] : changes
    }

    private static func words(_ endpoint: Endpoint) -> String {
        "\(endpoint.location) (\(endpoint.binding.split(separator: ":").last ?? ""))"
    }

    private static func instant(_ nanoseconds: UInt64) -> String {
        nanoseconds == 0 ? "no named end" : Instant(nanoseconds: nanoseconds).rfc3339
    }
}

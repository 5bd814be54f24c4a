public import Events

extension Policy {
    /// What holds where nothing was set (contract: policy members, with defaults).
    public static let defaults: Policy = {
        var policy = Policy()
        policy.allowUnsolicited = true
        policy.provisionUsers = true
        policy.clockSkewSeconds = 60
        policy.sessionSeconds = 28800
        policy.requestBinding = "redirect"
        policy.metadataRefreshHours = 24
        policy.attributeMapping = AttributeMapping()
        return policy
    }()

    /// Until when SHA-1 signatures are accepted; nil: never.
    public var sha1AllowedUntil: Instant? { allowSha1Until == 0 ? nil : Instant(nanoseconds: allowSha1Until) }

    /// The limit of evidence retention in days; nil: for ever.
    public var retentionDays: UInt32? { hasEvidenceRetentionDays ? evidenceRetentionDays : nil }
}

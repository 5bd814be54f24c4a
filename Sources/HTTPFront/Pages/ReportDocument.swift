public import IdentityLedger

/// An access report as a document of its own, without a server: to be printed, or kept as a file.
public enum ReportDocument {
    /// HTML with its styles in it, and nothing from elsewhere.
    ///
    /// - Throws: Where a template of ours doesn't parse.
    public static func html(_ report: AccessReport) throws -> String {
        try Pages(base: "").document("report", title: ReportPhrase.title(["name": report.name]), ReportFacts.facts(report))
    }
}

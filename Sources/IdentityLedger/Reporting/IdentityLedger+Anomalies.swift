public import Events
import Identity
import Ledger
import Projections

extension IdentityLedger {
    /// What is worth a look in an organization's events of a period, in order: one pass over its own events.
    ///
    /// What came before the period is looked at too: an identity provider is new where none of its name was seen before.
    public func anomalies(
        _ organization: Identifier, _ period: ReportPeriod = ReportPeriod(), by caller: Caller, progress: (UInt64) -> Void = { _ in }
    ) throws(ServiceError) -> [Anomaly] {
        try answering {
            let snapshot = try ledger.snapshot()
            try caller.authority.check(.read, try snapshot.organization(organization))
            let (first, last) = try sequences(of: period, in: snapshot)
            var watch = AnomalyWatch(since: first)
            try forEachEvent(of: organization, through: last, in: snapshot) { event in
                watch.take(event)
                progress(event.sequence)
                return true
            }
            return try anomalies(watch, organization, in: snapshot)
        }
    }

    /// What a watch noticed, with the addresses of those whom it is about.
    func anomalies(_ watch: AnomalyWatch, _ organization: Identifier, in snapshot: Snapshot) throws -> [Anomaly] {
        var names = ReportNames(snapshot, ledger.keyRing)
        return try watch.anomalies.map { anomaly in
            var anomaly = anomaly
            anomaly.email = try anomaly.user.flatMap { try names.email($0, of: organization) }
            return anomaly
        }
    }
}

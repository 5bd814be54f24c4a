import Events
import IdentityLedger
import SAML

extension APISchemas {
    private static let outcome = Schema.one(of: ["accepted", "refused"])
    private static let code = Schema.orNull(Schema.one(of: RefusalCode.allCases.map(\.rawValue)))
    private static let optionalText = Schema.orNull(Schema.text)

    static let events: [(String, JSON)] = [
        (
            "Actor",
            Schema.object([
                (
                    "kind",
                    Schema.one(of: ["system", "commandLine", "token", "setupLink", "user", "identityProvider", "anonymous", "unknown"])
                ), ("id", Schema.orNull(Schema.identifier)),
            ])
        ),
        (
            "Event",
            Schema.object([
                ("sequence", Schema.sequence), ("id", ["type": "string", "format": "uuid"]), ("recordedAt", Schema.instant),
                ("type", Schema.one(of: EventBody.names)), ("organization", Schema.orNull(Schema.identifier)),
                ("actor", Schema.reference("Actor")), ("correlation", Schema.orNull(Schema.identifier)),
                ("causedBy", Schema.orNull(Schema.sequence)), ("leafHash", Schema.orNull(Schema.digest)),
                (
                    "data",
                    Schema.described(["type": "object"], "The facts of this type; personal ones are null where their key is destroyed.")
                ),
            ])
        ),
        (
            "Login",
            Schema.object([
                ("sequence", Schema.sequence), ("recordedAt", Schema.instant), ("outcome", outcome), ("code", code),
                ("detail", optionalText), ("email", optionalText), ("user", Schema.orNull(Schema.identifier)),
                ("identityProvider", optionalText), ("certificateSHA256", Schema.orNull(Schema.digest)), ("unsolicited", Schema.flag),
                ("assertionID", optionalText), ("test", Schema.flag),
            ])
        ),
        (
            "Judgment",
            Schema.object([
                ("outcome", outcome), ("code", code), ("detail", optionalText), ("remedy", optionalText),
                ("reference", Schema.orNull(Schema.sequence)),
                (
                    "steps",
                    Schema.list(
                        of: Schema.object([("name", Schema.text), ("section", Schema.text), ("ok", Schema.flag), ("detail", Schema.text)]))
                ), ("email", optionalText), ("attributes", Schema.orNull(Schema.map(of: Schema.list(of: Schema.text)))),
            ])
        ),
        (
            "NamedEvent", Schema.object([("sequence", Schema.sequence), ("type", Schema.text), ("recordedAt", Schema.instant)])
        ),
        (
            "Explanation",
            Schema.object([
                ("event", Schema.reference("Event")), ("judgment", Schema.orNull(Schema.reference("Judgment"))),
                ("certificate", Schema.orNull(Schema.reference("Certificate"))),
                ("configuration", Schema.orNull(Schema.reference("NamedEvent"))), ("policy", Schema.orNull(Schema.reference("NamedEvent"))),
                ("cause", Schema.orNull(Schema.reference("NamedEvent"))),
                ("caused", Schema.list(of: Schema.all(of: Schema.reference("NamedEvent"), Schema.object([("what", optionalText)])))),
                (
                    "proof",
                    Schema.object([("treeSize", Schema.count), ("root", Schema.digest), ("hashes", Schema.list(of: Schema.digest))])
                ),
            ])
        ),
    ]

    static let reports: [(String, JSON)] = [
        (
            "AccessChange",
            Schema.object([
                ("sequence", Schema.sequence), ("recordedAt", Schema.instant),
                ("area", Schema.one(of: AccessChange.Area.allCases.map(\.rawValue))), ("type", Schema.text),
                ("user", Schema.orNull(Schema.identifier)), ("email", optionalText), ("what", Schema.text),
                ("actor", Schema.reference("Actor")), ("by", Schema.text),
            ])
        ),
        (
            "Anomaly",
            Schema.object([
                ("kind", Schema.one(of: Anomaly.Kind.allCases.map(\.rawValue))),
                ("severity", Schema.one(of: Anomaly.Severity.allCases.map(\.rawValue))), ("recordedAt", Schema.instant),
                ("sequences", Schema.list(of: Schema.sequence)), ("count", Schema.count), ("user", Schema.orNull(Schema.identifier)),
                ("email", optionalText), ("detail", Schema.text),
            ])
        ),
        (
            "AccessReport",
            Schema.object([
                ("organization", Schema.identifier), ("name", Schema.text), ("from", Schema.orNull(Schema.instant)),
                ("to", Schema.orNull(Schema.instant)), ("first", Schema.count), ("last", Schema.count), ("madeAt", Schema.instant),
                ("canSignIn", Schema.count), ("gained", Schema.list(of: Schema.identifier)), ("lost", Schema.list(of: Schema.identifier)),
                ("accepted", Schema.count), ("refused", Schema.count), ("users", Schema.list(of: Schema.reference("UserAccess"))),
                ("changes", Schema.list(of: Schema.reference("AccessChange"))), ("changesLeftOut", Schema.count),
                ("anomalies", Schema.list(of: Schema.reference("Anomaly"))),
                ("basis", Schema.object([("size", Schema.count), ("root", Schema.digest), ("checkpoint", optionalText)])),
            ])
        ),
        (
            "Drift",
            Schema.object([
                ("since", Schema.instant), ("before", Schema.count), ("after", Schema.count),
                (
                    "drifts",
                    Schema.list(
                        of: Schema.object([
                            ("what", Schema.one(of: ResponseDrift.What.allCases.map(\.rawValue))), ("before", Schema.text),
                            ("since", Schema.text), ("first", Schema.sequence), ("firstAt", Schema.instant), ("count", Schema.count),
                            ("remedy", Schema.text),
                        ]))
                ),
            ])
        ),
    ]

    static let log: [(String, JSON)] = [
        ("Checkpoint", Schema.object([("size", Schema.count), ("checkpoint", Schema.described(Schema.text, "A C2SP signed note."))])),
        (
            "Consistency",
            Schema.object([
                ("oldSize", Schema.count), ("size", Schema.count), ("oldRoot", Schema.digest), ("root", Schema.digest),
                ("hashes", Schema.list(of: Schema.digest)),
            ])
        ),
        ("Consumer", Schema.object([("name", Schema.reference("ConsumerName")), ("sequence", Schema.count)])),
    ]
}

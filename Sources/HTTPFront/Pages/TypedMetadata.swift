/// What somebody gave in the metadata's form, so that a page which can't use it keeps it.
struct TypedMetadata: Sendable {
    /// nil: as it is saved.
    var url: String?
    var text = ""
    var entityID = ""
    var certificate = ""
    /// Of metadata that describes several identity providers: their entity IDs.
    var choices: [String] = []
    /// The metadata that the choice is about, sealed for the form, where it came as a file.
    var kept: String?

    // A page has 50 KB; a federation has thousands of names.
    private static let textBytes = 12 << 10
    private static let choicesBytes = 8 << 10
    private static let mostChoices = 100

    init() {}

    init(_ fields: Fields) throws(Problem) {
        url = try fields.one("metadataURL")
        text = try fields.one("metadataText") ?? ""
        entityID = try fields.one("entityID") ?? ""
        certificate = try fields.one("metadataCertificate") ?? ""
    }

    /// Whether what was pasted is too long to be shown again.
    var isLong: Bool { PageContent.escaped(text).utf8.count > Self.textBytes }

    /// - Parameter saved: The URL that the metadata in force came from.
    func facts(saved: String?) -> [String: Any] {
        var facts: [String: Any] = [
            "typedURL": url ?? saved ?? "", "typedText": text, "isPasted": !text.isEmpty, "typedEntity": entityID,
            "typedCertificate": certificate, "isSigned": !certificate.isEmpty,
        ]
        if let kept { facts["kept"] = kept }
        if !choices.isEmpty { facts["choice"] = choice }
        return facts
    }

    // Every one can be typed; the first ones are offered.
    private var choice: [String: Any] {
        var bytes = 0
        let offered = choices.prefix(Self.mostChoices).prefix { name in
            bytes += PageContent.escaped(name).utf8.count
            return bytes <= Self.choicesBytes
        }
        let (count, shown) = (Numbers.text(choices.count.magnitude), Numbers.text(offered.count.magnitude))
        let words =
            offered.count == choices.count
            ? SettingsPhrase.choices(["count": count]) : SettingsPhrase.choicesCut(["count": count, "shown": shown])
        return ["words": words, "names": Array(offered)]
    }
}

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

    init() {}

    init(_ fields: Fields) throws(Problem) {
        url = try fields.one("metadataURL")
        text = try fields.one("metadataText") ?? ""
        entityID = try fields.one("entityID") ?? ""
        certificate = try fields.one("metadataCertificate") ?? ""
    }

    /// - Parameter saved: The URL that the metadata in force came from.
    func facts(saved: String?) -> [String: Any] {
        var facts: [String: Any] = [
            "typedURL": url ?? saved ?? "", "typedText": text, "isPasted": !text.isEmpty, "typedEntity": entityID,
            "typedCertificate": certificate, "isSigned": !certificate.isEmpty, "hasChoices": !choices.isEmpty,
            "choices": choices.map { ["name": $0, "isChosen": $0 == entityID] as [String: Any] },
        ]
        if let kept { facts["kept"] = kept }
        return facts
    }
}

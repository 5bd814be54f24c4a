/// How the pages look and speak: a vendor's name, logo, colour and support contact, and an operator's own templates and texts.
///
/// Everything is checked when it is set, so that a server that has started can show every page.
public struct Appearance: Sendable {
    private(set) var name: String?
    private(set) var logo: BrandLogo?
    private(set) var color: BrandColor?
    private(set) var support: SupportContact?
    private(set) var templates: [String: String] = [:]
    private(set) var texts = Texts()

    /// The built-in pages, without a name.
    public init() {}

    /// The vendor's name, above every page.
    ///
    /// - Parameter name: 1 to 80 characters without controls.
    public mutating func set(name: String) throws(AppearanceError) {
        guard (1...80).contains(name.count), name.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F }) else {
            throw AppearanceError("The brand's name must have 1 to 80 characters.", remedy: "Give a shorter one with --brand-name.")
        }
        self.name = name
    }

    /// The logo, served as it is.
    ///
    /// - Parameters:
    ///   - logo: SVG, PNG, JPEG or WebP, at most ``logoBytes``.
    ///   - file: Its name, for what is said where it can't be used.
    public mutating func set(logo: [UInt8], file: String) throws(AppearanceError) { self.logo = try BrandLogo(logo, file: file) }

    /// The most bytes that a logo may have.
    public static let logoBytes = 128 << 10

    /// The colour of the header and of the button that goes on; what is written on it is black or white, whichever reads better.
    ///
    /// - Parameter color: `#rrggbb`.
    public mutating func set(color: String) throws(AppearanceError) {
        guard let color = BrandColor(color) else {
            throw AppearanceError(
                "“\(color)” is no colour.", remedy: "Give --brand-color as # and six hexadecimal digits, such as #0b57d0.")
        }
        self.color = color
    }

    /// Whom people ask where their administrator can't help.
    ///
    /// - Parameter support: An e-mail address, an https address, or a text, of at most 200 characters.
    public mutating func set(support: String) throws(AppearanceError) {
        guard let contact = SupportContact(support) else {
            throw AppearanceError(
                "The support contact must have 1 to 200 characters.", remedy: "Give --support-contact as an address, or a short text.")
        }
        self.support = contact
    }

    /// Takes an operator's templates and texts, beside the built-in ones.
    ///
    /// - Parameter files: Of the folder, those ending in `.mustache` or `.json`, by name.
    /// - Throws: For a name that isn't known, and for what can't be read: the file, the line, and what to do.
    public mutating func set(files: [(name: String, bytes: [UInt8])]) throws(AppearanceError) {
        for (file, bytes) in files.sorted(by: { $0.name < $1.name }) {
            guard bytes.count <= Self.fileBytes else {
                throw AppearanceError("\(file) is larger than \(Self.fileBytes) bytes.", remedy: "Pages are to load at once: shorten it.")
            }
            if file == "texts.json" {
                texts = try Texts(reading: bytes, file: file)
            } else {
                let template = try OwnTemplate(bytes, file: file)
                templates[template.name] = template.text
            }
        }
        try OwnTemplate.checkInclusions(of: templates)
    }

    /// The most bytes of a template or of `texts.json` that are read.
    public static let fileBytes = 256 << 10

    /// The built-in templates and texts as files, to start from.
    public static var builtInFiles: [(name: String, text: String)] {
        Templates.all.map { ("\($0.name).mustache", $0.text + "\n") } + [("texts.json", IndentedJSON.text(Texts().json) + "\n")]
    }

    /// What is added to the pages' styles.
    var css: String { color.map { "\n" + $0.css } ?? "" }
}

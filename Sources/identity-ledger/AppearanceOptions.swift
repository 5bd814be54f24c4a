import ArgumentParser
import Foundation
import HTTPFront

/// How the server's pages look and speak: docs/branding.md.
struct AppearanceOptions: ParsableArguments {
    @Option(help: "The vendor's name, above every page.") var brandName: String?
    @Option(help: "The vendor's logo: a file of SVG, PNG, JPEG or WebP.") var brandLogo: String?
    @Option(help: "The vendor's colour, as '#rrggbb'.") var brandColor: String?
    @Option(help: "Whom people ask about refusals: an e-mail address, an https address, or a text.") var supportContact: String?
    @Option(help: "A directory of templates and texts that stand in the place of the built-in ones; “templates” writes them.")
    var templates: String?

    /// Everything read and checked.
    ///
    /// - Throws: A usage error that names the file, and says what to do.
    func appearance() throws -> Appearance {
        var appearance = Appearance()
        do {
            if let brandName { try appearance.set(name: brandName) }
            if let brandLogo { try appearance.set(logo: try contents(of: brandLogo, atMost: Appearance.logoBytes), file: brandLogo) }
            if let brandColor { try appearance.set(color: brandColor) }
            if let supportContact { try appearance.set(support: supportContact) }
            if let templates { try appearance.set(files: try files(in: templates)) }
        } catch let error as AppearanceError {
            throw ValidationError(error.description)
        }
        return appearance
    }

    // What ends otherwise is the operator's own: notes, copies, folders of a repository.
    private func files(in directory: String) throws -> [(name: String, bytes: [UInt8])] {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: directory) else {
            throw ValidationError("The directory \(directory) of --templates can't be read.")
        }
        return try names.filter { $0.hasSuffix(".mustache") || $0.hasSuffix(".json") }.map { name in
            (name, try contents(of: directory + "/" + name, atMost: Appearance.fileBytes))
        }
    }
}

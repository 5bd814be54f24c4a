/// Which organization a metadata file belongs to, in CSV (RFC 4180): columns `file`, `name`, optional `entityID`.
public enum MetadataNameFile {
    /// The most that a file may hold.
    public static let maximumByteCount = 16 << 20

    /// What a line says of a file.
    public struct Entry: Sendable, Hashable {
        /// The name of a file in the folder.
        public let file: String
        /// The organization's name, or its Organization ID where it is here already.
        public let name: String
        /// Which identity provider, where the document describes several.
        public let entityID: String?
    }

    /// Reads the whole file, or reports every line that is wrong.
    public static func read(_ bytes: [UInt8]) throws(ImportFileError) -> [Entry] {
        var table = try CSVTable(bytes, required: ["file", "name"], optional: ["entityID"], maximumByteCount: maximumByteCount)
        var entries: [Entry] = []
        var files: Set<String> = []
        var refused = ImportFileError()
        while let (number, result) = try table.next() {
            do throws(RuleError) {
                let line = try result.get()
                try checkName(line["name"])
                guard !line["file"].isEmpty, !line["file"].contains("/") else {
                    throw RuleError(.invalidRequest, "“\(line["file"])” is not the name of a file in the folder.")
                }
                guard files.insert(line["file"]).inserted else {
                    throw RuleError(.invalidRequest, "The file “\(line["file"])” is named twice.")
                }
                let entityID = line["entityID"]
                entries.append(
                    Entry(file: line["file"], name: line["name"], entityID: entityID.isEmpty ? nil : entityID))
            } catch {
                refused.append(number, error.detail)
            }
        }
        guard refused.count == 0 else { throw refused }
        return entries
    }
}

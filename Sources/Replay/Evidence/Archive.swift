/// A few files as one, as every `tar` reads them (POSIX.1-1988, ustar). The same files give the same bytes.
struct Archive {
    struct File: Sendable, Hashable {
        var name: String
        var bytes: [UInt8]
        /// Whether it is to be run.
        var isProgram = false
    }

    /// Why bytes are no such archive.
    struct Unreadable: Error {
        let detail: String
    }

    /// The folder that all of them lie in.
    let folder: String
    let files: [File]

    // Metadata is at most 2 MiB (C37), a response 256 KiB (C2): nothing that is read here needs more.
    private static let limit = 16 << 20
    private static let block = 512

    init(folder: String, files: [File]) {
        self.folder = folder
        self.files = files
    }

    /// The archive's bytes.
    ///
    /// - Parameter seconds: When the files were last changed, since the Unix epoch.
    func bytes(at seconds: UInt64) -> [UInt8] {
        var bytes: [UInt8] = []
        for file in files {
            bytes += Self.header(name: "\(folder)/\(file.name)", size: file.bytes.count, isProgram: file.isProgram, at: seconds)
            bytes += file.bytes
            bytes += [UInt8](repeating: 0, count: Self.padding(after: file.bytes.count))
        }
        return bytes + [UInt8](repeating: 0, count: 2 * Self.block)
    }

    /// Reads an archive of plain files in one folder. What could make a file lie elsewhere when it is unpacked is refused.
    init(reading bytes: [UInt8]) throws(Unreadable) {
        guard bytes.count <= Self.limit, bytes.count % Self.block == 0 else { throw Unreadable(detail: "The file is no bundle.") }
        var files: [File] = []
        var folders: Set<String> = []
        var place = 0
        while place < bytes.count, bytes[place] != 0 {
            let header = Array(bytes[place..<place + Self.block])
            place += Self.block
            let (path, size) = try Self.read(header)
            let parts = path.split(separator: "/", omittingEmptySubsequences: false)
            guard parts.count == 2, let folder = parts.first, let name = parts.last, !name.isEmpty, name != "..", name != "." else {
                throw Unreadable(detail: "The bundle holds “\(path)”, which is no plain file in its folder.")
            }
            let end = place + size + Self.padding(after: size)
            guard end <= bytes.count, bytes[(place + size)..<end].allSatisfy({ $0 == 0 }) else {
                throw Unreadable(detail: "The bundle ends within “\(path)”.")
            }
            guard !files.contains(where: { $0.name == name }) else { throw Unreadable(detail: "The bundle holds “\(path)” twice.") }
            folders.insert(String(folder))
            files.append(File(name: String(name), bytes: Array(bytes[place..<place + size])))
            place = end
        }
        guard bytes.count - place >= 2 * Self.block, bytes[place...].allSatisfy({ $0 == 0 }), folders.count == 1, let folder = folders.first
        else { throw Unreadable(detail: "The file is no bundle, or was cut off.") }
        self.init(folder: folder, files: files)
    }

    private static func padding(after size: Int) -> Int { (block - size % block) % block }

    private static func header(name: String, size: Int, isProgram: Bool, at seconds: UInt64) -> [UInt8] {
        var header: [UInt8] = []
        func put(_ text: String, _ width: Int) {
            let bytes = Array(text.utf8.prefix(width))
            header += bytes + [UInt8](repeating: 0, count: width - bytes.count)
        }
        put(name, 100)
        // The files are one person's affair: nobody else reads what is unpacked.
        put(isProgram ? "0000700" : "0000600", 8)
        put("0000000", 8)
        put("0000000", 8)
        put(octal(size, 11), 12)
        put(octal(Int(clamping: seconds), 11), 12)
        put("        ", 8)
        put("0", 1)
        put("", 100)
        put("ustar", 6)
        header += Array("00".utf8)
        header += [UInt8](repeating: 0, count: block - header.count)
        header.replaceSubrange(148..<156, with: checksum(header))
        return header
    }

    private static func read(_ header: [UInt8]) throws(Unreadable) -> (path: String, size: Int) {
        guard Array(header[148..<156]) == checksum(header), header[156] == UInt8(ascii: "0"), header[257...].starts(with: "ustar\0".utf8),
            // A link's name, and what would stand before the path.
            header[157..<257].allSatisfy({ $0 == 0 }), header[345...].allSatisfy({ $0 == 0 }),
            let path = String(validating: header[..<100].prefix { $0 != 0 }, as: UTF8.self), header[135] == 0,
            let size = Int(String(decoding: header[124..<135], as: UTF8.self), radix: 8), (0...limit).contains(size)
        else { throw Unreadable(detail: "The bundle was altered: a header is not what it must be.") }
        return (path, size)
    }

    // The sum of the header's bytes, its own place counted as spaces.
    private static func checksum(_ header: [UInt8]) -> [UInt8] {
        let others = header.enumerated().reduce(0) { $0 + ((148..<156).contains($1.offset) ? 0x20 : Int($1.element)) }
        return Array((octal(others, 6) + "\0 ").utf8)
    }

    private static func octal(_ number: Int, _ digits: Int) -> String {
        let text = String(number, radix: 8)
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
}

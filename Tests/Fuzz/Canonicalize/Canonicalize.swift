import Foundation
import XML

/// Answers what this project's reading and canonicalization make of documents, for a comparison with others' (`differential.py`).
///
/// A request on standard input is a line, `BYTES ELEMENT EXCLUDED PREFIX,PREFIX`, and the document's bytes. Elements are counted in document order
/// from 0, the root; an element of -1 is none, a list of `-` is empty. The answer is a line, `BYTES`, and the canonical bytes; or `-1 REASON`.
@main enum Canonicalize {
    static func main() throws {
        let input = FileHandle.standardInput
        var pending = Data()
        while let line = readLine(&pending, input) {
            let words = line.split(separator: " ").map(String.init)
            guard words.count == 4, let count = Int(words[0]), let element = Int(words[1]), let excluded = Int(words[2]) else {
                throw CocoaError(.fileReadCorruptFile)
            }
            while pending.count < count {
                let more = input.availableData
                guard !more.isEmpty else { throw CocoaError(.fileReadCorruptFile) }
                pending += more
            }
            let document = [UInt8](pending.prefix(count))
            pending = Data(pending.dropFirst(count))
            let prefixes = words[3] == "-" ? [] : words[3].split(separator: ",").map(String.init)
            FileHandle.standardOutput.write(answer(document, element, excluded, prefixes))
        }
    }

    private static func answer(_ bytes: [UInt8], _ element: Int, _ excluded: Int, _ prefixes: [String]) -> Data {
        do {
            let document = try XMLDocument(parsing: bytes)
            var elements: [XMLElement] = []
            document.root.walk {
                elements.append($0)
                return true
            }
            guard !document.hasRelativeNamespace else { return Data("-1 a namespace's name is relative\n".utf8) }
            guard elements.indices.contains(element) else { return Data("-1 no element \(element)\n".utf8) }
            let left = elements.indices.contains(excluded) ? elements[excluded] : nil
            let form = try elements[element].canonicalized(excluding: left, inclusivePrefixes: prefixes)
            return Data("\(form.count)\n".utf8) + form
        } catch {
            return Data("-1 \(error.code): \(error.message)\n".utf8)
        }
    }

    private static func readLine(_ pending: inout Data, _ input: FileHandle) -> String? {
        while true {
            if let end = pending.firstIndex(of: UInt8(ascii: "\n")) {
                let line = String(decoding: pending[..<end], as: UTF8.self)
                pending = Data(pending[(end + 1)...])
                return line
            }
            let more = input.availableData
            guard !more.isEmpty else { return nil }
            pending += more
        }
    }
}

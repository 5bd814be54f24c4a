import Crypto
import Events
import Foundation
import Testing

@testable import Ledger

/// RFC 6962 §2.1 word for word, from leaves alone.
private enum Naive {
    static func root(_ leaves: ArraySlice<[UInt8]>) -> [UInt8] {
        if leaves.isEmpty { return Array(SHA256.hash(data: [UInt8]())) }
        if leaves.count == 1 { return Array(SHA256.hash(data: [0] + leaves[leaves.startIndex])) }
        let middle = leaves.startIndex + split(leaves.count)
        return Array(SHA256.hash(data: [1] + root(leaves[..<middle]) + root(leaves[middle...])))
    }

    static func path(_ index: Int, _ leaves: ArraySlice<[UInt8]>) -> [[UInt8]] {
        if leaves.count <= 1 { return [] }
        let count = split(leaves.count)
        let middle = leaves.startIndex + count
        return index < count
            ? path(index, leaves[..<middle]) + [root(leaves[middle...])]
            : path(index - count, leaves[middle...]) + [root(leaves[..<middle])]
    }

    static func subproof(_ old: Int, _ leaves: ArraySlice<[UInt8]>, _ whole: Bool) -> [[UInt8]] {
        if old == leaves.count { return whole ? [] : [root(leaves)] }
        let count = split(leaves.count)
        let middle = leaves.startIndex + count
        return old <= count
            ? subproof(old, leaves[..<middle], whole) + [root(leaves[middle...])]
            : subproof(old - count, leaves[middle...], false) + [root(leaves[..<middle])]
    }

    private static func split(_ count: Int) -> Int {
        var power = 1
        while power * 2 < count { power *= 2 }
        return power
    }
}

@Suite struct `The Merkle tree` {
    @Test func `has the roots and proofs of RFC 6962 for every small size`() async throws {
        let place = TemporaryLedger()
        let ledger = try place.open()
        try await ledger.submit { context in
            for number in 0..<40 { try context.append(created("o\(number)")) }
        }
        let snapshot = try ledger.snapshot()
        var leaves: [[UInt8]] = []
        try snapshot.forEachEvent { _, bytes in
            leaves.append(bytes)
            return true
        }
        for size in 0...leaves.count {
            #expect(try snapshot.root(size: UInt64(size)) == Naive.root(leaves[..<size]))
            for index in 0..<size {
                #expect(try snapshot.inclusionProof(sequence: UInt64(index + 1), size: UInt64(size)) == Naive.path(index, leaves[..<size]))
            }
            for old in stride(from: 1, to: size, by: 1) {
                #expect(
                    try snapshot.consistencyProof(old: UInt64(old), size: UInt64(size)) == Naive.subproof(old, leaves[..<size], true))
            }
        }
        #expect(try snapshot.leafHash(1) == Array(SHA256.hash(data: [0] + leaves[0])))
    }

    @Test func `serves C2SP hash tiles, whole and partial`() async throws {
        let place = TemporaryLedger()
        let ledger = try place.open()
        try await ledger.submit { context in
            for number in 0..<600 { try context.append(created("o\(number)")) }
        }
        let snapshot = try ledger.snapshot()
        var leaves: [[UInt8]] = []
        try snapshot.forEachEvent { _, bytes in
            leaves.append(bytes)
            return true
        }
        let hashes = leaves.map { MerkleTree.leafHash($0) }
        #expect(try snapshot.tile(level: 0, index: 0, width: 256) == Array(hashes[..<256].joined()))
        #expect(try snapshot.tile(level: 0, index: 2, width: 88) == Array(hashes[512...].joined()))
        #expect(try snapshot.tile(level: 0, index: 2, width: 89) == nil)
        #expect(try snapshot.tile(level: 1, index: 0, width: 2) == Naive.root(leaves[..<256]) + Naive.root(leaves[256..<512]))
        #expect(try snapshot.tile(level: 1, index: 0, width: 3) == nil)
        #expect(try snapshot.tile(level: 9, index: 0, width: 1) == nil)
        #expect(try snapshot.tile(level: 0, index: .max, width: 1) == nil)
    }

    @Test func `signs checkpoints as notes, and believes no other key`() throws {
        let key = Curve25519.Signing.PrivateKey()
        let checkpoint = Checkpoint(origin: "log.example/1", size: 7, root: MerkleTree.emptyRoot)
        let note = try checkpoint.signed(with: key)
        let trusted = VerifierKey(origin: "log.example/1", key: key.publicKey)
        let other = VerifierKey(origin: "log.example/1", key: Curve25519.Signing.PrivateKey().publicKey)
        #expect(note.hasPrefix("log.example/1\n7\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n— log.example/1 "))
        #expect(note.hasSuffix("\n"))
        #expect(Checkpoint.read(note, trusting: trusted) == checkpoint)
        #expect(Checkpoint.read(note, trusting: other) == nil)
        #expect(Checkpoint.read(note, trusting: VerifierKey(origin: "log.example/2", key: key.publicKey)) == nil)
        #expect(Checkpoint.read(note.replacingOccurrences(of: "\n7\n", with: "\n8\n"), trusting: trusted) == nil)
        #expect(trusted.text.hasPrefix("log.example/1+"))
        #expect(VerifierKey(trusted.text)?.text == trusted.text)
        #expect(VerifierKey(trusted.text.replacingOccurrences(of: "example/1", with: "example/2")) == nil)
    }

    @Test func `proves that it goes on from each earlier one, and from no other`() async throws {
        let place = TemporaryLedger()
        let ledger = try place.open()
        try await ledger.submit { context in
            for number in 0..<33 { try context.append(created("o\(number)")) }
        }
        let snapshot = try ledger.snapshot()
        for size in 0...snapshot.head {
            let root = try snapshot.root(size: size)
            for old in 0...size {
                let proof = try snapshot.consistency(from: old, to: size)
                let oldRoot = try snapshot.root(size: old)
                #expect(proof.holds(oldRoot: oldRoot, root: root), "\(old) to \(size)")
                var other = oldRoot
                other[3] ^= 1
                #expect(!proof.holds(oldRoot: other, root: root), "\(old) to \(size)")
                var longer = proof.hashes
                longer.append(root)
                #expect(!ConsistencyProof(oldSize: old, size: size, hashes: longer).holds(oldRoot: oldRoot, root: root))
                if old > 0, old < size {
                    let shorter = ConsistencyProof(oldSize: old, size: size, hashes: proof.hashes.dropLast())
                    #expect(!shorter.holds(oldRoot: oldRoot, root: root))
                    let moved = ConsistencyProof(oldSize: old, size: size + 1, hashes: proof.hashes)
                    #expect(
                        !moved.holds(oldRoot: oldRoot, root: try snapshot.root(size: min(size + 1, snapshot.head))) || size == snapshot.head
                    )
                }
            }
        }
    }

    @Test func `gives auditors bundles of 256 events, each after its length`() async throws {
        let place = TemporaryLedger()
        let ledger = try place.open()
        try await ledger.submit { context in
            for number in 0..<300 { try context.append(created("o\(number)")) }
        }
        let snapshot = try ledger.snapshot()
        var rest = try #require(try snapshot.entryBundle(index: 1, width: 44))[...]
        for sequence in UInt64(257)...300 {
            let count = Int(rest.removeFirst()) << 8 | Int(rest.removeFirst())
            #expect(Array(rest.prefix(count)) == (try snapshot.eventBytes(sequence)))
            rest = rest.dropFirst(count)
        }
        #expect(rest.isEmpty)
        #expect(try snapshot.entryBundle(index: 0, width: 256) != nil)
        #expect(try snapshot.entryBundle(index: 1, width: 45) == nil)
    }
}

@Suite struct `The places of a tree's hashes` {
    @Test func `are in the order in which subtrees are completed, without gaps`() {
        var frontier = MerkleFrontier()
        var places: [UInt64] = []
        for leaf in 0..<200 {
            for node in frontier.append(leafHash: [UInt8](repeating: UInt8(leaf % 256), count: 32)) {
                places.append(UInt64(bigEndianBytes: Layout.node(node.level, node.index)) ?? .max)
            }
        }
        #expect(places == (0..<UInt64(places.count)).map { $0 })
    }

    @Test func `go on from any size with the same root`() throws {
        var whole = MerkleFrontier()
        for leaf in 0..<77 {
            let again = try #require(MerkleFrontier(size: whole.size, hashes: whole.hashes))
            #expect(again.root == whole.root)
            whole.append(leafHash: MerkleTree.leafHash([UInt8(leaf)]))
        }
        #expect(MerkleFrontier(size: 3, hashes: [[1]]) == nil)
        #expect(MerkleFrontier(size: 1, hashes: [[1]]) == nil)
    }
}

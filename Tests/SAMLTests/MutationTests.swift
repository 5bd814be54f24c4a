import Events
import Testing

@testable import SAML

/// A generator whose seed is the test's argument.
private struct Seeded: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

@Suite struct `C58 A mutation of a good response` {
    @Test(arguments: Sample.Signed.allCases.filter { $0 != .nothing }, [1, 2, 3] as [UInt64])
    func `is refused or yields the same claims`(_ signed: Sample.Signed, seed: UInt64) {
        var random = Seeded(state: seed)
        var sample = Sample()
        sample.signed = signed
        let good = Array(sample.xml().utf8)
        guard case .accepted(let claims) = judge(response: good, Sample.facts()).outcome else {
            Issue.record("the good response was refused")
            return
        }
        for round in 0..<400 {
            let mutated = mutate(good, &random)
            guard case .accepted(var others) = judge(response: mutated, Sample.facts()).outcome else { continue }
            others.responseID = claims.responseID  // not signed when the assertion alone is
            #expect(others == claims, "seed \(seed), round \(round)")
        }
    }

    private func mutate(_ bytes: [UInt8], _ random: inout Seeded) -> [UInt8] {
        var result = bytes
        // Tags' ends, so that whole nodes move as often as single bytes.
        let edges = bytes.indices.filter { bytes[$0] == UInt8(ascii: "<") } + [bytes.count]
        switch Int.random(in: 0..<5, using: &random) {
        case 0: result[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
        case 1: result.remove(at: Int.random(in: 0..<bytes.count, using: &random))
        default:
            let two = [edges.randomElement(using: &random) ?? 0, edges.randomElement(using: &random) ?? 0].sorted()
            let piece = Array(bytes[two[0]..<two[1]])
            if Bool.random(using: &random) { result.removeSubrange(two[0]..<two[1]) }
            let places = result.indices.filter { result[$0] == UInt8(ascii: "<") } + [result.count]
            result.insert(contentsOf: piece, at: places.randomElement(using: &random) ?? 0)
        }
        return result
    }
}

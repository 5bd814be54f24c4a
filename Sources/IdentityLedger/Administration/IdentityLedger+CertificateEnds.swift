import Cryptography
public import Events
import Identity
import Ledger
import Projections
import SAML

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// When the signing certificates of all organizations end: for monitoring.
public struct CertificateEnds: Sendable, Hashable {
    // C23: a certificate's end is told 30 days ahead.
    static let noticeSeconds: Int64 = 30 * 86400

    /// When the first organization is without a certificate that hasn't ended; nil: none is configured.
    public internal(set) var earliest: Instant?
    /// How many organizations' last certificate ends within 30 days.
    public internal(set) var endingSoon = 0
    /// How many organizations' certificates have all ended.
    public internal(set) var ended = 0
}

extension IdentityLedger {
    /// Looks at every organization's certificates, and records those whose end comes within 30 days, each once (C23).
    public func noticeCertificateEnds(by caller: Caller = .system()) async throws(ServiceError) -> CertificateEnds {
        let time = now
        let soon = time.adding(seconds: CertificateEnds.noticeSeconds)
        var ends = CertificateEnds()
        for organization in try answering({ try ledger.snapshot().organizations() }) where organization.isConfigured {
            guard let id = organization.identifier else { continue }
            let certificates = organization.identityProvider.signingCertificates.compactMap { try? Certificate(der: Array($0)) }
            guard let last = certificates.map(\.notAfter).max() else { continue }
            ends.earliest = ends.earliest.map { min($0, last) } ?? last
            if last <= time { ends.ended += 1 } else if last <= soon { ends.endingSoon += 1 }
            let unnoticed = certificates.filter {
                $0.notAfter <= soon && !organization.noticedCertificates.contains(.init($0.sha256))
            }
            guard !unnoticed.isEmpty else { continue }
            try await change(id, .configure, by: caller) { state in
                unnoticed.filter { !state.noticedCertificates.contains(.init($0.sha256)) }.map { certificate in
                    var noticed = CertificateEndNoticed()
                    noticed.certificateSha256 = .init(certificate.sha256)
                    noticed.notAfter = certificate.notAfter.nanoseconds
                    return .certificateEndNoticed(noticed)
                }
            }
        }
        return ends
    }
}

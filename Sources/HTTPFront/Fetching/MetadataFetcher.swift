import AsyncHTTPClient
import HTTPTypes
public import Identity
import NIOCore
import NIOHTTP1
import NIOPosix

/// Fetches identity providers' metadata by its URL, from where that is allowed (C38).
///
/// The name is resolved once; the address that was checked is the address that is connected to. No cookies and no credentials are
/// sent, and what was read is shown to nobody.
public struct MetadataFetcher: Sendable {
    private let rule: AddressRule
    private static let redirects = 3
    private static let seconds: Int64 = 10

    /// - Parameter allowPrivate: Also from loopback and private addresses, any port, and over http from loopback.
    public init(allowPrivate: Bool) { rule = AddressRule(allowPrivate: allowPrivate) }

    /// What tells a later request whether the document has changed since (RFC 9110 §8.8).
    public struct Validators: Sendable, Hashable {
        var entityTag: String?
        var lastModified: String?
    }

    /// What a request gave.
    public enum Fetched: Sendable {
        /// The document's bytes.
        case document([UInt8], Validators)
        /// The document is the one that the validators are of.
        case unchanged
    }

    /// The document's bytes, at most 2 MiB, within 10 seconds in all.
    ///
    /// - Throws: `metadata_address_forbidden`, or `metadata_unreachable`.
    public func fetch(_ url: String) async throws(RuleError) -> [UInt8] {
        guard case .document(let bytes, _) = try await fetch(url, unless: Validators()) else {
            throw Self.unreachable("The metadata's server sends no document.")
        }
        return bytes
    }

    /// The same, unless the document is still that of the validators.
    public func fetch(_ url: String, unless validators: Validators) async throws(RuleError) -> Fetched {
        let result = await withTaskGroup(of: Result<Fetched, RuleError>.self) { group in
            group.addTask { await self.follow(url, validators) }
            group.addTask {
                try? await Task.sleep(for: .seconds(Self.seconds))
                return .failure(Self.unreachable("The metadata was not there within \(Self.seconds) seconds."))
            }
            let first = await group.next()
            group.cancelAll()
            return first ?? .failure(Self.unreachable("The metadata could not be fetched."))
        }
        return try result.get()
    }

    private func follow(_ url: String, _ validators: Validators) async -> Result<Fetched, RuleError> {
        do throws(RuleError) {
            var next = url
            for _ in 0...Self.redirects {
                switch try await hop(next, validators) {
                case .fetched(let fetched): return .success(fetched)
                case .redirect(let location): next = try Self.resolve(location, from: next)
                }
            }
            throw Self.unreachable("The metadata's address redirects more than \(Self.redirects) times.")
        } catch {
            return .failure(error)
        }
    }

    private enum Hop {
        case fetched(Fetched)
        case redirect(String)
    }

    private func hop(_ url: String, _ validators: Validators) async throws(RuleError) -> Hop {
        guard let origin = Origin(of: url) else { throw Self.notAnAddress(url) }
        let host = origin.host.hasPrefix("[") ? String(origin.host.dropFirst().dropLast()) : origin.host
        guard rule.allowPrivate || origin.scheme == "https" else {
            throw Self.forbidden("The metadata's address must start with https.")
        }
        guard rule.allowPrivate || origin.port == 443 || origin.port == 8443 else {
            throw Self.forbidden("Port \(origin.port) is not allowed; 443 and 8443 are.")
        }
        guard let address = await Self.address(of: host, port: Int(origin.port)), let numbers = IPAddress(address)
        else {
            throw Self.unreachable("The host “\(host)” has no address.")
        }
        guard rule.permits(numbers) else {
            throw Self.forbidden("The host “\(host)” has an address that metadata may not be fetched from.")
        }
        guard origin.scheme == "https" || AddressRule.isLoopback(numbers) else {
            throw Self.forbidden("The metadata's address must start with https.")
        }
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        configuration.timeout = .init(connect: .seconds(5), read: .seconds(10))
        // The address just checked, whatever the name would resolve to a moment later.
        if let ip = address.ipAddress { configuration.dnsOverride = [host: ip] }
        configuration.decompression = .disabled
        configuration.httpVersion = .http1Only
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        // By the host's name as it was checked: the client looks the pinned address up by it, capital letters and all.
        let rest = url[(url.firstRange(of: "://")?.upperBound ?? url.startIndex)...].drop { $0 != "/" && $0 != "?" && $0 != "#" }
        let result = await Self.get(origin.description + rest, validators, client)
        try? await client.shutdown()
        return try result.get()
    }

    private static func get(_ url: String, _ validators: Validators, _ client: HTTPClient) async -> Result<Hop, RuleError> {
        var request = HTTPClientRequest(url: url)
        request.headers.add(name: "Accept", value: "application/samlmetadata+xml, application/xml, text/xml")
        request.headers.add(name: "User-Agent", value: "identity-ledger")
        if let tag = validators.entityTag { request.headers.add(name: "If-None-Match", value: tag) }
        if let instant = validators.lastModified { request.headers.add(name: "If-Modified-Since", value: instant) }
        do {
            let response = try await client.execute(request, timeout: .seconds(Self.seconds))
            if response.status == .notModified, validators != Validators() { return .success(.fetched(.unchanged)) }
            if (300...399).contains(response.status.code), let location = response.headers.first(name: "Location") {
                return .success(.redirect(location))
            }
            guard response.status == .ok else {
                return .failure(unreachable("The metadata's server answers with status \(response.status.code)."))
            }
            let buffer = try await response.body.collect(upTo: RequestLimits.metadataBytes)
            // Kept until the next request: what is too long for a header of ours is not sent back.
            func validator(_ name: String) -> String? {
                response.headers.first(name: name).flatMap { $0.utf8.count <= 512 ? $0 : nil }
            }
            let next = Validators(entityTag: validator("ETag"), lastModified: validator("Last-Modified"))
            return .success(.fetched(.document(Array(buffer.readableBytesView), next)))
        } catch is NIOTooManyBytesError {
            return .failure(unreachable("The metadata is larger than 2 MiB."))
        } catch {
            return .failure(unreachable("The metadata's server can't be reached, or not over a trusted connection."))
        }
    }

    private static func address(of host: String, port: Int) async -> SocketAddress? {
        // getaddrinfo blocks, so it gets a thread of its own.
        try? await Threads.lookups.runIfActive { try SocketAddress.makeAddressResolvingHost(host, port: port) }
    }

    private static func resolve(_ location: String, from url: String) throws(RuleError) -> String {
        if Origin(of: location) != nil { return location }
        guard let origin = Origin(of: url), location.hasPrefix("/"), !location.hasPrefix("//") else {
            throw forbidden("The metadata's address redirects to an address that is not allowed.")
        }
        return origin.description + location
    }

    private static func unreachable(_ detail: String) -> RuleError {
        RuleError(.metadataUnreachable, detail, remedy: "Check the metadata URL, or save the metadata as a file.")
    }

    // The real reason: most such addresses do begin with https.
    private static func notAnAddress(_ url: String) -> RuleError {
        let isAddress = url.lowercased().hasPrefix("https://") || url.lowercased().hasPrefix("http://")
        guard isAddress else {
            return RuleError(
                .metadataAddressForbidden, "The metadata's address must begin with https://; it does not.",
                remedy: "Write the whole address, such as https://idp.example.com/metadata, or save the metadata as a file instead.")
        }
        guard url.utf8.allSatisfy({ $0 < 0x80 }) else {
            return RuleError(
                .metadataAddressForbidden, "The metadata's address must be ASCII; it has other letters.",
                remedy: "Write the host's name in its xn-- form, and other letters percent-encoded, or save the metadata as a file instead."
            )
        }
        guard !url.dropFirst(8).prefix(while: { $0 != "/" && $0 != "?" && $0 != "#" }).contains("@") else {
            return forbidden("The metadata's address has a user's name or a password in it; none is sent.")
        }
        return RuleError(
            .metadataAddressForbidden, "The metadata's address is not written as an address must be.",
            remedy: "Copy it anew, without spaces, quotation marks and backslashes, or save the metadata as a file instead.")
    }

    private static func forbidden(_ detail: String) -> RuleError {
        RuleError(.metadataAddressForbidden, detail, remedy: "Save the metadata as a file instead.")
    }
}

import Events
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import IdentityLedger
import NIOCore
import Synchronization
import TestSupport
import Testing

@testable import HTTPFront

@Suite struct `Metadata that is fetched again` {
    @Test func `is taken where keys are added, and waits for a person where it is another's`() async throws {
        let document = Mutex(TestIdentityProvider.shared.metadata)
        let router = Router()
        router.get("metadata") { _, _ in ByteBuffer(bytes: document.withLock { $0 }) }
        try await Application(router: router).test(.live) { provider in
            try await TestServer.run { server in
                let id = try await server.organization(configured: false)
                let path = "/v1/organizations/\(id)/identity-provider"
                #expect(try await server.api(.post, path + "/refresh").status == 409)
                let url = "http://127.0.0.1:\(provider.port ?? 0)/metadata"
                #expect(try await server.api(.put, path, ["metadataURL": .string(url)]).status == 200)
                let same = try await server.api(.post, path + "/refresh")
                #expect(same.json["changes"]?.arrayValue?.isEmpty == true)
                #expect(same.json["held"] == false)

                let other = TestIdentityProvider(entityID: "https://elsewhere.example", signer: TestIdentityProvider.stranger)
                document.withLock { $0 = other.metadata }
                let held = try await server.api(.post, path + "/refresh")
                #expect(held.status == 409)
                #expect(held.code == "metadata_change_held")
                #expect(held.json["detail"]?.stringValue?.contains("https://elsewhere.example") == true)
                let event = try #require(try await server.api(.get, "/v1/organizations/\(id)").json["heldRefresh"]?.integerValue)
                let shown = try server.ledger.heldRefresh(try #require(Identifier(id)), by: .commandLine())
                #expect(shown?.heldEvent == UInt64(event))
                let former = try await server.api(.post, path + "/approve?event=\(event - 1)")
                #expect(former.status == 409)
                #expect(former.code == "conflict")
                #expect(try await server.api(.post, path + "/approve?event=nonsense").status == 400)
                let approved = try await server.api(.post, path + "/approve?event=\(event)")
                #expect(approved.json["entityID"] == "https://elsewhere.example")
                #expect(try await server.api(.post, path + "/approve").status == 404)
            }
        }
    }

    @Test func `isn't sent again while its server says that it is the same`() async throws {
        let requests = Mutex<[String?]>([])
        let router = Router()
        router.get("metadata") { request, _ -> Response in
            let tag = request.headers[.ifNoneMatch]
            requests.withLock { $0.append(tag) }
            if tag == "\"one\"" { return Response(status: .notModified) }
            return Response(
                status: .ok, headers: [.eTag: "\"one\""], body: .init(byteBuffer: ByteBuffer(string: "<metadata/>")))
        }
        try await Application(router: router).test(.live) { client in
            let url = "http://127.0.0.1:\(client.port ?? 0)/metadata"
            let fetcher = MetadataFetcher(allowPrivate: true)
            guard case .document(let bytes, let validators) = try await fetcher.fetch(url, unless: .init()) else {
                Issue.record("The first request gives the document.")
                return
            }
            #expect(bytes == Array("<metadata/>".utf8))
            guard case .unchanged = try await fetcher.fetch(url, unless: validators) else {
                Issue.record("The second request finds nothing new.")
                return
            }
            #expect(requests.withLock { $0 } == [nil, "\"one\""])
        }
    }

    @Test func `is asked for as often as the policy and the document say, and less and less often where it fails`() throws {
        let start = Instant(seconds: 1_000_000_000)
        let source = RefreshableMetadata(
            organization: try #require(Identifier(String(repeating: "0a", count: 16))), metadataURL: "https://idp.example/metadata",
            entityID: "https://idp.example", hours: 24, cacheSeconds: 0)
        var plan = RefreshPlan(source, after: start)
        let (now0, later) = (plan.isDue(source, at: start), plan.isDue(source, at: start.adding(seconds: 3600)))
        #expect(!now0 && later)
        plan.succeeded(source, nil, at: start)
        #expect(plan.due == start.adding(seconds: 86400))
        var minutes: [Int64] = []
        var recorded: [Bool] = []
        var now = start
        for _ in 0..<9 {
            recorded.append(plan.failed(source, reason: "unreachable", at: now))
            minutes.append(Int64(plan.due.nanoseconds - now.nanoseconds) / 60_000_000_000)
            now = plan.due
        }
        #expect(minutes == [15, 30, 60, 120, 240, 480, 960, 1440, 1440])
        #expect(recorded.first == true)
        #expect(recorded.count { $0 } == 3)  // once, and once a day
        let isRecorded = plan.failed(source, reason: "another reason", at: now)
        #expect(isRecorded)
        let short = RefreshableMetadata(
            organization: source.organization, metadataURL: source.metadataURL, entityID: source.entityID, hours: 24, cacheSeconds: 7200)
        plan.succeeded(short, nil, at: start)
        #expect(plan.due == start.adding(seconds: 7200))
    }
}

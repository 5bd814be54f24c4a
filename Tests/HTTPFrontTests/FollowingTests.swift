import AsyncHTTPClient
import Events
import Foundation
import HTTPTypes
import HummingbirdTesting
import IdentityLedger
import NIOCore
import NIOHTTP1
import Testing

@testable import HTTPFront

@Suite struct `Events that are followed` {
    @Test func `come once each, in order, and go on after the last one that was seen`() async throws {
        try await TestServer.run { server in
            _ = try await server.organization()
            let first = try await Self.follow(server, "/v1/events?follow", until: 5)
            #expect(first.prefix(5) == [1, 2, 3, 4, 5])
            let head = try UInt64(server.ledger.eventCount())
            // One is appended while the stream waits for it.
            async let later = Self.follow(server, "/v1/events?follow", lastEventID: head - 1, until: 2)
            try await Task.sleep(for: .milliseconds(300))
            _ = try await server.api(.post, "/v1/organizations", ["name": "Later"])
            #expect(try await later.prefix(2) == [head, head + 1])
            #expect(try await server.api(.get, "/v1/events?follow", token: "none").status == 401)
            #expect(try await server.api(.get, "/v1/events?follow&type=None").status == 400)
        }
    }

    @Test func `begin where a consumer said that it is`() async throws {
        try await TestServer.run { server in
            _ = try await server.organization()
            #expect(try await server.api(.get, "/v1/consumers/billing").json["sequence"] == 0)
            #expect(try await server.api(.put, "/v1/consumers/billing", ["sequence": 3]).status == 200)
            #expect(try await Self.follow(server, "/v1/events?follow&consumer=billing", until: 1).first == 4)
            #expect(try await server.api(.get, "/v1/consumers").json["items"]?.arrayValue?.count == 1)
            #expect(try await server.api(.put, "/v1/consumers/billing", ["sequence": 9_999]).code == "invalid_request")
            #expect(try await server.api(.put, "/v1/consumers/no%20name", ["sequence": 1]).code == "invalid_request")
            #expect(try await server.api(.delete, "/v1/consumers/billing").status == 204)
            #expect(try await server.api(.get, "/v1/consumers/billing").json["sequence"] == 0)
        }
    }

    @Test func `end when the token is revoked, and take no place where only the head was asked for`() async throws {
        try await TestServer.run { server in
            _ = try await server.organization()
            let issued = try await server.ledger.issueToken(role: "operator", organization: nil, expiresAt: nil, by: .commandLine())
            for _ in 0..<300 {
                let answer = try await server.send(.head, "/v1/events?follow", headers: [.authorization: "Bearer \(issued.token)"])
                guard answer.status == 200 else {
                    Issue.record("HEAD answered \(answer.status)")
                    break
                }
            }
            var later = server
            later.token = issued.token
            let follower = later
            async let ended = Self.follow(follower, "/v1/events?follow", until: .max)
            try await Task.sleep(for: .milliseconds(300))
            try await server.ledger.revokeToken(issued.id, by: .commandLine())
            #expect(try await ended.isEmpty, "the stream came to its end")
        }
    }

    @Test func `of one type come once each, also between others`() async throws {
        try await TestServer.run { server in
            _ = try await server.organization()
            async let made = Self.follow(server, "/v1/events?follow&type=OrganizationCreated", until: 2)
            try await Task.sleep(for: .milliseconds(500))
            _ = try await server.api(.post, "/v1/organizations", ["name": "Later"])
            let found = try await made
            #expect(found.count == 2)
            #expect(Set(found).count == 2)
        }
    }

    @Test func `lie in a log that is signed on demand, and goes on from each earlier checkpoint`() async throws {
        try await TestServer.run { server in
            _ = try await server.organization()
            let old = try await server.api(.post, "/v1/checkpoints")
            _ = try await server.organization("Later", configured: false)
            let new = try await server.api(.post, "/v1/checkpoints")
            let (from, to) = (try #require(old.json["size"]?.integerValue), try #require(new.json["size"]?.integerValue))
            #expect(from < to)
            // The server itself signs too: page by page, all are there, ascending.
            var (sizes, cursor): ([Int64], String?) = ([], "")
            while let next = cursor {
                let page = try await server.api(.get, "/v1/checkpoints?limit=1&cursor=\(next)").json
                let items = try #require(page["items"]?.arrayValue)
                #expect(items.count == 1)
                sizes += items.compactMap { $0["size"]?.integerValue }
                cursor = page["next"]?.stringValue
            }
            #expect(sizes.suffix(1) == [to])
            #expect(sizes.contains(from))
            #expect(sizes == Set(sizes).sorted())
            let proof = try await server.api(.get, "/v1/consistency?from=\(from)&to=\(to)").json
            #expect(proof["oldSize"]?.integerValue == from)
            #expect(proof["hashes"]?.arrayValue?.isEmpty == false)
            #expect(try await server.api(.get, "/v1/consistency").code == "invalid_request")
            #expect(try await server.api(.get, "/v1/consistency?from=\(to)&to=\(from)").code == "invalid_request")
            #expect(try await server.api(.post, "/v1/checkpoints", token: "none").status == 401)
        }
    }

    // The IDs of a stream's events, until there are so many.
    private static func follow(
        _ server: TestServer, _ path: String, lastEventID: UInt64? = nil, until count: Int
    ) async throws -> [UInt64] {
        let port = try #require(server.client.port)
        var request = HTTPClientRequest(url: "http://127.0.0.1:\(port)\(path)")
        request.headers.add(name: "authorization", value: "Bearer \(server.token)")
        if let lastEventID { request.headers.add(name: "last-event-id", value: "\(lastEventID)") }
        let answer = try await HTTPClient.shared.execute(request, timeout: .seconds(10))
        #expect(answer.headers.first(name: "content-type") == "text/event-stream")
        var text = ""
        for try await piece in answer.body {
            text += String(buffer: piece)
            let found = text.split(separator: "\n").filter { $0.hasPrefix("id: ") }.compactMap { UInt64($0.dropFirst(4)) }
            if found.count >= count { return found }
        }
        return []
    }
}

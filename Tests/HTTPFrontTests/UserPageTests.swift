import Events
import Foundation
import HTTPTypes
import Identity
import IdentityLedger
import TestSupport
import Testing

@testable import HTTPFront

@Suite struct `The users page` {
    static func people(_ server: TestServer, _ org: String, _ count: Int) async throws {
        let users = (0..<count).map { JSON.object([.init("email", .string("user\(1000 + $0)@acme.example")), .init("name", "=1+1")]) }
        #expect(try await server.api(.post, "/v1/organizations/\(org)/users", .array(users)).status == 201)
    }

    @Test func `is searched, filtered and paged by its address, and stays small`() async throws {
        try await TestServer.run { server in
            let org = try await server.organization()
            try await Self.people(server, org, 60)
            let cookies = HTTPFields.cookies(try await server.administrator(org))
            let path = "/organizations/\(org)/users"
            let first = try await server.send(.get, path, headers: cookies)
            #expect(first.text.contains("1 to 25 of 60.") && first.text.contains(">user1000@acme.example<"))
            #expect(first.body.count < 50 << 10, "\(first.body.count)")
            #expect(first.text.contains("users?page=2\" rel=\"next\"") && !first.text.contains("Previous page"))
            let third = try await server.send(.get, path + "?page=3", headers: cookies)
            #expect(third.text.contains("51 to 60 of 60.") && third.text.contains("users?page=2\" rel=\"prev\""))
            let found = try await server.send(.get, path + "?email=USER101", headers: cookies)
            #expect(found.text.contains("1 to 10 of 10 found among 60.") && found.text.contains("value=\"USER101\""))
            let none = try await server.send(.get, path + "?method=sso&active=yes&role=none", headers: cookies)
            #expect(none.text.contains("Nobody found.") && none.text.contains("<option value=\"sso\" selected>"))
            for query in ["method=nonsense", "page=abc", "page=0", "page=-1", "page=1.5", "page=99999999999999999999"] {
                #expect(try await server.send(.get, path + "?" + query, headers: cookies).status == 400, "\(query)")
            }
            #expect(try await server.send(.get, path + "?page=99", headers: cookies).text.contains("51 to 60 of 60."))
            _ = try await server.api(.post, "/v1/organizations/\(org)/accounts", ["name": .string(String(repeating: "n", count: 40))])
            let two = try await server.send(.get, path, headers: cookies)
            #expect(two.body.count < 50 << 10 && !two.text.contains("Set role"), "\(two.body.count)")
            #expect(try await server.send(.get, path + "?email=%3Cscript%3E", headers: cookies).text.contains("value=\"&lt;script&gt;\""))
        }
    }

    @Test func `gives the found ones as a spreadsheet that computes nothing`() async throws {
        try await TestServer.run { server in
            let org = try await server.organization()
            try await Self.people(server, org, 12)
            let cookies = HTTPFields.cookies(try await server.administrator(org))
            let sheet = try await server.send(.get, "/organizations/\(org)/users.csv?email=user100", headers: cookies)
            #expect(sheet.headers[.contentType] == "text/csv; charset=utf-8; header=present")
            let lines = sheet.text.split(separator: "\r\n")
            #expect(lines.count == 11 && lines[0] == "user,email,name,signInMethod,active,roles,cameBy,lastLoginAt")
            #expect(lines[1].contains(",user1000@acme.example,'=1+1,password,yes,"))
            #expect(try await server.send(.get, "/organizations/\(org)/users.csv").status == 401)
        }
    }

    @Test func `has a page for each person, which says what they may do, and what a role means before it is given`() async throws {
        try await TestServer.run { server in
            let org = try await server.organization("Acme")
            try await Self.people(server, org, 1)
            let list = try await server.api(.get, "/v1/organizations/\(org)/users")
            let user = try #require(list.json["items"]?.arrayValue?.first?["id"]?.stringValue)
            let account = try #require(
                try await server.api(.get, "/v1/organizations/\(org)/accounts").json["items"]?.arrayValue?.first?["id"]?.stringValue)
            let cookies = HTTPFields.cookies(try await server.administrator(org))
            let path = "/organizations/\(org)/users/\(user)"
            let page = try await server.send(.get, path, headers: cookies)
            for words in [
                "Signs in with a password, which the application checks.", "In “Acme”: no role.",
                "administrator</strong>: also sees the people",
                "Only owners and operators give or take it.", "is for the operator of this service",
            ] { #expect(page.text.contains(words), "\(words)") }
            let form = try #require(page.field("form"))
            let then = try server.ledger.eventCount()
            let fields = [("form", form), ("back", "user"), ("account", account), ("role", "administrator")]
            let done = try await server.post(path + "/role", fields, headers: cookies)
            #expect(done.location == "\(TestServer.base)\(path)?done=\(then + 1)")
            let after = try await server.send(.get, "\(path)?done=\(then + 1)", headers: cookies)
            #expect(
                after.text.contains(
                    "<p class=\"notice\" role=\"status\"><a href=\"\(TestServer.base)/organizations/\(org)/history/\(then + 1)\">Event \(then + 1)</a>: user1000@acme.example: <span lang=\"en\">From none to administrator in “Acme”.</span></p>"
                ), "\(after.text)")
            #expect(after.text.contains("Administers every account"))
            let same = try await server.post(path + "/role", fields, headers: cookies)
            #expect(same.location?.hasSuffix("?done=0") == true)
            let past = try await server.send(.get, "\(path)?at=\(then)", headers: cookies)
            #expect(past.text.contains("As it was after event \(then).") && past.text.contains("In “Acme”: no role."))
            #expect(!past.text.contains("Set role"))
            let owner = [("form", form), ("back", "user"), ("account", account), ("role", "owner")]
            let refused = try await server.post(path + "/role", owner, headers: cookies)
            #expect(refused.status == 403 && refused.text.contains("Only owners and operators"))
        }
    }

    @Test func `says nothing of other organizations' people and events, and erases nobody for who may not`() async throws {
        try await TestServer.run { server in
            let (org, other) = (try await server.organization(), try await server.organization("Other"))
            for name in [org, other] { try await Self.people(server, name, 1) }
            let theirs = try #require(
                try await server.api(.get, "/v1/organizations/\(other)/users").json["items"]?.arrayValue?.first?["id"]?.stringValue)
            let event = try server.ledger.eventCount()
            let cookies = HTTPFields.cookies(try await server.administrator(org))
            let path = "/organizations/\(org)/users"
            #expect(try await server.send(.get, "\(path)/\(theirs)", headers: cookies).status == 404)
            #expect(try await server.send(.get, "/organizations/\(org)/history/\(event)", headers: cookies).status == 404)
            let page = try await server.send(.get, "\(path)?done=\(event)", headers: cookies)
            #expect(page.status == 200 && !page.text.contains("class=\"notice\""))
            for done in ["x", "1-", "-", "9-2", "99999999999999999999"] {
                #expect(try await server.send(.get, "\(path)?done=\(done)", headers: cookies).status == 200, "\(done)")
            }
            let mine = try #require(
                try await server.api(.get, "/v1/organizations/\(org)/users").json["items"]?.arrayValue?.first?["id"]?.stringValue)
            let form = try #require(try await server.send(.get, path, headers: cookies).field("form"))
            let erase = [("form", form), ("confirm", "user1000@acme.example")]
            #expect(try await server.post("\(path)/\(mine)/erase", erase, headers: cookies).status == 403)
            #expect(try await server.api(.get, "/v1/organizations/\(org)/users/\(mine)").status == 200)
        }
    }
}

@Suite struct `A change on a person's page` {
    @Test(arguments: [[], [("active", "")], [("active", "no")], [("active", "True")]] as [[(String, String)]])
    func `of being active changes nothing where the field is missing or garbled`(_ fields: [(String, String)]) async throws {
        try await TestServer.run { server in
            let org = try await server.organization()
            try await `The users page`.people(server, org, 1)
            let user = try await `The home page`.ids(server, org, "user1000@acme.example").user
            let cookies = HTTPFields.cookies(try await server.administrator(org))
            let path = "/organizations/\(org)/users/\(user)"
            let form = try #require(try await server.send(.get, path, headers: cookies).field("form"))
            let last = try server.ledger.eventCount()
            let answer = try await server.post(path + "/active", [("form", form)] + fields, headers: cookies)
            #expect(answer.status == 422 && answer.text.contains("neither true nor false"), "\(answer.text)")
            #expect(try server.ledger.eventCount() == last)
        }
    }

    @Test func `that takes one's own rights is asked about once, and leads home`() async throws {
        try await TestServer.run { server in
            let org = try await server.organization("Acme")
            let cookies = HTTPFields.cookies(try await `The home page`.signedIn(server, org, "ann@acme.example", as: "administrator"))
            let (user, account) = try await `The home page`.ids(server, org, "ann@acme.example")
            let path = "/organizations/\(org)/users/\(user)"
            let form = try #require(try await server.send(.get, path, headers: cookies).field("form"))
            let last = try server.ledger.eventCount()
            let lower = [("form", form), ("account", account), ("role", "member")]
            let asked = try await server.post(path + "/role", lower, headers: cookies)
            #expect(asked.status == 200 && asked.text.contains("Lower your own role?"), "\(asked.text)")
            #expect(asked.text.contains("name=\"role\" value=\"member\"") && asked.text.contains("name=\"sure\" value=\"yes\""))
            let out = try await server.post(path + "/active", [("form", form), ("active", "false")], headers: cookies)
            #expect(out.text.contains("Deactivate yourself?"), "\(out.text)")
            #expect(try server.ledger.eventCount() == last)

            let same = try await server.post(
                path + "/role", [("form", form), ("account", account), ("role", "administrator")], headers: cookies)
            #expect(same.location?.hasSuffix("?done=0") == true)
            let done = try await server.post(path + "/role", lower + [("sure", "yes")], headers: cookies)
            #expect(done.status == 303 && done.location == "\(TestServer.base)/")
            #expect(try await server.send(.get, path, headers: cookies).status == 403)
        }
    }

    @Test func `is offered as far as the visitor may make it, and each control names whom it is about`() async throws {
        try await TestServer.run { server in
            let org = try await server.organization("Acme")
            _ = try await `The home page`.signedIn(server, org, "owner@acme.example", as: "owner")
            _ = try await server.signIn(org, "ann@acme.example")
            let path = "/organizations/\(org)/users"
            let administrator = try await server.send(.get, path, headers: .cookies(try await server.administrator(org)))
            #expect(administrator.text.contains("aria-label=\"Acme: role of ann@acme.example\""))
            #expect(administrator.text.contains("owner in Acme") && !administrator.text.contains("Acme: role of owner@acme.example"))
            let operate = try await server.send(.get, path, headers: .cookies(try await `The operator's console`.signIn(server)))
            #expect(operate.text.contains("Acme: role of owner@acme.example"))
        }
    }
}

@Suite struct `Erasing a person on their page` {
    @Test func `wants the address typed, says which event it is, and leaves no page that shows the person`() async throws {
        try await TestServer.run { server in
            let org = try await server.organization()
            #expect(try await server.signIn(org, "ann@acme.example").status == 303)
            let found = try await server.api(.get, "/v1/organizations/\(org)/users")
            let user = try #require(found.json["items"]?.arrayValue?.first?["id"]?.stringValue)
            let logins = try await server.api(.get, "/v1/organizations/\(org)/logins")
            let login = try #require(logins.json["items"]?.arrayValue?.first?["sequence"]?.integerValue)
            let cookies = HTTPFields.cookies(try await `The operator's console`.signIn(server))
            let (pages, path) = ("/organizations/\(org)", "/organizations/\(org)/users/\(user)")
            let page = try await server.send(.get, path, headers: cookies)
            #expect(page.text.contains("To erase, enter ann@acme.example"))
            let form = try #require(page.field("form"))
            for confirm in ["", "bob@acme.example", user] {
                let refused = try await server.post(path + "/erase", [("form", form), ("confirm", confirm)], headers: cookies)
                #expect(refused.status == 422 && refused.text.contains("Nobody was erased"), "\(confirm)")
            }
            #expect(try await server.post(path + "/erase", [("confirm", "ann@acme.example")], headers: cookies).status == 403)
            #expect(try await server.send(.get, path, headers: cookies).status == 200)

            let last = try server.ledger.eventCount()
            let done = try await server.post(path + "/erase", [("form", form), ("confirm", "Ann@ACME.example")], headers: cookies)
            #expect(done.location == "\(TestServer.base)\(pages)/users?done=\(last + 1)-\(last + 2)", "\(done.text)")
            let after = try await server.send(.get, "\(pages)/users?done=\(last + 1)-\(last + 2)", headers: cookies)
            #expect(after.text.contains("history/\(last + 1)\">Events \(last + 1) to \(last + 2)</a>"), "\(after.text)")
            #expect(after.text.contains("No users.") && !after.text.contains("Nobody found."))
            let event = try await server.send(.get, "\(pages)/history/\(last + 2)", headers: cookies)
            #expect(event.text.contains("UserErased") && event.text.contains("User \(user.prefix(8))…"), "\(event.text)")
            for place in [
                "users", "users?email=ann", "users.csv", "conversion", "logins", "logins/\(login)", "logins.csv", "logins?user=\(user)",
                "history", "history.csv", "history?at=\(last)", "report",
            ] {
                let shown = try await server.send(.get, "\(pages)/\(place)", headers: cookies)
                #expect(shown.status == 200 && !shown.text.contains("ann@acme.example"), "\(place): \(shown.text)")
            }
            #expect(try await server.send(.get, path, headers: cookies).status == 404)
            #expect(try await !server.send(.get, "\(path)?at=\(last)", headers: cookies).text.contains("ann@acme.example"))
            #expect(try await server.post(path + "/erase", [("form", form), ("confirm", user)], headers: cookies).status == 404)
        }
    }
}

@Suite struct `The conversion page` {
    @Test func `says once that there is nobody, or that nobody was found`() async throws {
        try await TestServer.run { server in
            let org = try await server.organization()
            let cookies = HTTPFields.cookies(try await server.administrator(org))
            let path = "/organizations/\(org)/conversion"
            let empty = try await server.send(.get, path, headers: cookies)
            #expect(empty.text.contains(">No users.<") && !empty.text.contains("Nobody found."))
            try await `The users page`.people(server, org, 1)
            let none = try await server.send(.get, path + "?find=xyz", headers: cookies)
            #expect(none.text.components(separatedBy: "Nobody found.").count == 2 && !none.text.contains("No users."))
        }
    }

    @Test func `leads through the stages, shows the login that tested it, asks once, and can be undone`() async throws {
        try await TestServer.run { server in
            let org = try await server.organization()
            try await `The users page`.people(server, org, 3)
            let cookies = HTTPFields.cookies(try await server.administrator(org))
            let path = "/organizations/\(org)/conversion"
            let start = try await server.send(.get, path, headers: cookies)
            for words in ["3 people are on a password.", "Not yet: choose somebody", "Comes after stage 3", "role=\"img\""] {
                #expect(start.text.contains(words), "\(words): \(start.text)")
            }
            let form = try #require(start.field("form"))
            let one = try await server.post(
                path, [("form", form), ("do", "one"), ("email", "user1000@acme.example")], headers: cookies)
            let next = String(try #require(one.location).dropFirst(TestServer.base.count))
            let converted = try await server.send(.get, next, headers: cookies)
            #expect(converted.text.contains("user1000@acme.example: <span lang=\"en\">Converted to single sign-on."))
            #expect(converted.text.contains("Waiting for the first login of a converted user."))
            let early = try await server.post(path, [("form", form), ("do", "all")], headers: cookies)
            #expect(early.status == 409 && early.text.contains("conversion_untested"))
            #expect(try await server.signIn(org, "user1000@acme.example").status == 303)
            let tested = try await server.send(.get, path, headers: cookies)
            #expect(tested.text.contains("Ready: 2 people are left to convert.") && tested.text.contains(">The login "))
            let asked = try await server.send(.get, path + "?ask=all", headers: cookies)
            #expect(asked.text.contains("Convert 2 people to single sign-on?") && asked.text.contains("Yes, convert 2 people"))
            let all = try await server.post(path, [("form", form), ("do", "all")], headers: cookies)
            #expect(all.status == 303)
            let done = try await server.send(.get, path, headers: cookies)
            #expect(done.text.contains("Done: nobody is left to convert.") && done.text.contains("100 %"))
            for email in ["", "nobody@acme.example"] {
                let refused = try await server.post(path, [("form", form), ("do", "revert"), ("email", email)], headers: cookies)
                #expect(refused.status == (email.isEmpty ? 422 : 404))
            }
            #expect(try await server.post(path, [("form", form), ("do", "revert")], headers: cookies).status == 422)
            #expect(try await server.send(.get, path, headers: cookies).text.contains("Done: nobody is left to convert."))
            let undo = try await server.send(.get, path + "?ask=revert", headers: cookies)
            #expect(undo.text.contains("Put 3 people back to the password?") && undo.field("do") == "revert-all")
            #expect(try await server.post(path, [("form", form), ("do", "revert-all")], headers: cookies).status == 303)
            #expect(try await server.send(.get, path, headers: cookies).text.contains("There is nothing to undo."))
        }
    }
}

import Events
import Identity
import Projections
import Testing

@Suite struct `A file of users` {
    private func read(_ text: String, _ given: Given? = nil) throws -> [NewUser] {
        try ImportFile.read(Array(text.utf8), in: (given ?? Given()).organization)
    }

    @Test func `is RFC 4180, in any order of columns`() throws {
        let users = try read(
            "\u{FEFF}name,email,signInMethod,role\r\n\"Smith, \"\"Jo\"\"\",Jo@Example.com,password,\r\nB,b@example.com,sso,administrator\r\n"
        )
        #expect(users.map(\.email.text) == ["Jo@Example.com", "b@example.com"])
        #expect(users.map(\.signInMethod) == [.password, .sso])
        #expect(users[1].roles.map(\.role) == [.administrator])
        #expect(users[0].name == "Smith, \"Jo\"")
        #expect(users[0].roles.isEmpty)
    }

    @Test func `reports every bad line and imports nothing`() throws {
        let error = #expect(throws: ImportFileError.self) {
            try read(
                """
                email,name,signInMethod,role
                a@example.com,A,password,member
                nobody,B,password,
                c@example.com,C,saml,
                d@example.com,D,sso,king
                e@example.com,E
                A@EXAMPLE.com,A,password,member

                f@example.com,"F\u{7}",sso,
                """)
        }
        #expect(error?.lines.map(\.number) == [3, 4, 5, 6, 7, 9])
    }

    @Test(arguments: [
        "", "name,signInMethod\n", "email,name,signInMethod,password\n", "email,name,signInMethod,email\n",
        "email,name,signInMethod\n\"a@example.com,x,sso\n", "email,name,signInMethod\na\"b@example.com,x,sso\n",
        "email,name,signInMethod\n\"a@example.com\"x,x,sso\n",
    ])
    func `is refused as a whole where it can't be read`(_ text: String) {
        #expect(throws: ImportFileError.self) { try read(text) }
    }

    @Test func `names accounts by ID or name, and a person may have a line for each`() throws {
        var given = try Given()
        try given.happened(try decideAccount(name: "Second", id: .numbered(3), in: given.organization))
        let users = try read(
            """
            email,name,signInMethod,role,account
            a@example.com,A,password,owner,\(Given.account)
            a@example.com,A,password,,Second
            """, given)
        #expect(users.count == 1)
        #expect(users[0].roles.map(\.role) == [.owner, .member])
        #expect(throws: ImportFileError.self) {
            try read("email,name,signInMethod,role,account\na@example.com,A,password,owner,\n", given)
        }
        #expect(throws: ImportFileError.self) {
            try read("email,name,signInMethod,role,account\na@example.com,A,password,owner,Third\n", given)
        }
    }
}

@Suite struct `A file of many organizations' users` {
    @Test func `reports bad lines beside those that can be taken, and knows people by organization and address`() throws {
        let organization = try Given().organization
        var other = organization
        other.id = Identifier.numbered(77).data
        let text = """
            organization,email,name,signInMethod
            One,a@example.com,A,sso
            Two,A@example.com,A,password
            One,A@example.com,A,sso
            None,b@example.com,B,sso
            One,c@example.com

            Two,d@example.com,D,sso
            """
        let (entries, refused) = try ImportFile.read(Array(text.utf8)) { name throws(RuleError) in
            switch name {
            case "One": return organization
            case "Two": return other
            default: throw RuleError(.organizationUnknown, "There is no organization “\(name)”.")
            }
        }
        #expect(entries.map(\.line) == [2, 3, 8])
        #expect(entries.map(\.organization) == [Given.organization, .numbered(77), .numbered(77)])
        #expect(refused.lines.map(\.number) == [4, 5, 6])
    }
}

@Suite struct `A list of metadata files` {
    @Test func `names each file's organization once`() throws {
        let entries = try MetadataNameFile.read(Array("name,file,entityID\n\"Brown, Co\",a.xml,\nC,c.xml,https://idp.example\n".utf8))
        #expect(entries.map(\.name) == ["Brown, Co", "C"])
        #expect(entries.map(\.entityID) == [nil, "https://idp.example"])
        let error = #expect(throws: ImportFileError.self) {
            try MetadataNameFile.read(Array("file,name\na.xml,A\na.xml,B\n../b.xml,B\n,C\nd.xml,\n".utf8))
        }
        #expect(error?.lines.map(\.number) == [3, 4, 5, 6])
    }

    @Test func `keeps the first thousand bad lines, and how many more there are`() throws {
        for file in ["file,name\n", "email,name,signInMethod\n"] {
            let bytes = Array((file + String(repeating: "x\n", count: 2500)).utf8)
            let error = #expect(throws: ImportFileError.self) {
                if file.hasPrefix("file") {
                    _ = try MetadataNameFile.read(bytes)
                } else {
                    _ = try ImportFile.read(bytes, in: Given().organization)
                }
            }
            #expect(error?.lines.map(\.number) == Array(2...1001))
            #expect(error?.count == 2500 && error?.further == "and 1500 more lines")
            #expect(error?.description.hasSuffix("\nand 1500 more lines") == true)
        }
    }
}

@Suite struct `A new user` {
    @Test func `is read from JSON, and unknown members are refused by name`() throws {
        let organization = try Given().organization
        let json = try JSON(
            parsing: #"{"email":"A@example.com","name":"A","signInMethod":"sso","roles":{"\#(Given.account)":"owner"}}"#
        )
        let user = try NewUser(json, in: organization)
        #expect(user.signInMethod == .sso)
        #expect(user.roles.map(\.role) == [.owner])
        let refused = [
            #"{"email":"a@example.com","nick":"x"}"#, #"{"email":"a"}"#, #"{"name":"x"}"#, #"[]"#,
            #"{"email":"a@example.com","signInMethod":"saml"}"#, #"{"email":"a@example.com","roles":{"x":"member"}}"#,
            #"{"email":"a@example.com","roles":{"\#(Given.account)":"king"}}"#,
            #"{"email":"a@example.com","name":"\u0007"}"#,
        ]
        for text in refused {
            #expect(throws: RuleError.self) { try NewUser(JSON(parsing: text), in: organization) }
        }
    }

    @Test func `whose address is taken is a conflict`() throws {
        var given = try Given()
        try given.imported(10)
        let existing = try #require(try given.state.user(Given.organization, addressHash: Given.addressHash(10)))
        let user = NewUser(
            email: try #require(EmailAddress("user10@example.com")), name: "", signInMethod: .password, roles: [])
        let refusal = #expect(throws: RuleError.self) {
            try decideImport(
                user, existing: existing, id: .numbered(11), addressHash: Given.addressHash(10),
                personal: Given.sealed(11))
        }
        #expect(refusal?.code == .conflict)
    }
}

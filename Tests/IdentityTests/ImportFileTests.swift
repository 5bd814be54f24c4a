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

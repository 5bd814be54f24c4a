import Events

/// Every request of the administration API.
enum APIOperations {
    static let all: [APIOperation] = organizations + identityProvider + policy + users + conversion + events + log + applications

    static let organizations: [APIOperation] = [
        APIOperation(
            id: "createOrganization", method: "post", path: "/v1/organizations", subject: .organizations,
            summary: "Makes an organization and its first account, of the same name.",
            body: .json(Schema.body([("name", Schema.reference("Name"))]), example: ["name": "Example Inc."]),
            answer: .json(
                Schema.reference("CreatedOrganization"), "The organization, with the setup link for its administrator.", status: 201)),
        APIOperation(
            id: "listOrganizations", method: "get", path: "/v1/organizations", subject: .organizations,
            summary: "Organizations by name, now or as of then.",
            query: [APIParameters.at, APIParameters.cursor, APIParameters.limit],
            answer: .json(Schema.page(of: Schema.reference("Organization")), "A page of organizations."),
            refusals: [(422, ["invalid_request"])]),
        APIOperation(
            id: "getOrganization", method: "get", path: "/v1/organizations/{org}", subject: .organizations,
            summary: "One organization, now or as of then.", query: [APIParameters.at],
            answer: .json(Schema.reference("Organization"), "The organization."), refusals: [(422, ["invalid_request"])]),
        APIOperation(
            id: "renameOrganization", method: "patch", path: "/v1/organizations/{org}", subject: .organizations,
            summary: "Gives the organization another name.",
            body: .json(Schema.body([("name", Schema.reference("Name"))]), example: ["name": "Example Inc."]),
            answer: .json(Schema.reference("Organization"), "The organization with its new name.")),
        APIOperation(
            id: "createSetupLink", method: "post", path: "/v1/organizations/{org}/setup-links", subject: .organizations,
            summary: "A new one-time setup link for the customer's administrator, good for seven days.",
            answer: .json(Schema.reference("SetupLink"), "The link, which is told here alone.", status: 201)),
        APIOperation(
            id: "revokeSetupLink", method: "delete", path: "/v1/organizations/{org}/setup-links/{link}", subject: .organizations,
            summary: "Revokes a setup link, and ends the session that it opened.", answer: .done("It opens nothing any more.")),
        APIOperation(
            id: "addAccount", method: "post", path: "/v1/organizations/{org}/accounts", subject: .organizations,
            summary: "Adds an account under the organization.",
            body: .json(Schema.body([("name", Schema.reference("Name"))]), example: ["name": "Research"]),
            answer: .json(Schema.reference("Account"), "The account.", status: 201), refusals: [(409, ["conflict"])]),
        APIOperation(
            id: "listAccounts", method: "get", path: "/v1/organizations/{org}/accounts", subject: .organizations,
            summary: "The accounts under the organization, by name.", query: [APIParameters.cursor, APIParameters.limit],
            answer: .json(Schema.page(of: Schema.reference("Account")), "A page of accounts."), refusals: [(422, ["invalid_request"])]),
        APIOperation(
            id: "listDomains", method: "get", path: "/v1/organizations/{org}/domains", subject: .organizations,
            summary: "The e-mail domains that were proved, by name.", query: [APIParameters.domainCursor, APIParameters.limit],
            answer: .json(Schema.page(of: Schema.reference("Domain")), "A page of domains.")),
        APIOperation(
            id: "nameDomain", method: "post", path: "/v1/organizations/{org}/domains", subject: .organizations,
            summary: "The DNS record that proves a domain. Nothing is recorded before it is found.",
            body: .json(Schema.body([("domain", Schema.reference("DomainName"))]), example: ["domain": "example.com"]),
            answer: .json(Schema.reference("Domain"), "The record to set."), refusals: [(409, ["conflict"])]),
        APIOperation(
            id: "verifyDomain", method: "post", path: "/v1/organizations/{org}/domains/{domain}/verify", subject: .organizations,
            summary: "Asks DNS for the record; where it is there, the domain is the organization's.",
            answer: .json(Schema.reference("Domain"), "The domain is proved."),
            refusals: [(409, ["conflict", "domain_not_proved"]), (422, ["invalid_request"])]),
        APIOperation(
            id: "removeDomain", method: "delete", path: "/v1/organizations/{org}/domains/{domain}", subject: .organizations,
            summary: "Gives the domain up.", answer: .done("The domain is not the organization's."),
            refusals: [(422, ["invalid_request"])]),
        APIOperation(
            id: "restore", method: "post", path: "/v1/organizations/{org}/restore", subject: .organizations,
            summary: "Shows how configuration, policy or roles differ from a moment; with “apply” brings them back by appending events.",
            body: .json(
                Schema.body(
                    [("at", Schema.reference("Moment"))],
                    optional: [
                        (
                            "what",
                            ["type": "array", "minItems": 1, "items": Schema.one(of: ["identity-provider", "policy", "roles"])]
                        ), ("apply", Schema.flag),
                    ]), example: ["at": "2026-11-25T00:00:00Z", "what": ["policy"]]),
            answer: .json(Schema.reference("Restoration"), "What differs, and what was brought back."),
            refusals: [(409, ["conflict", "last_owner", "organization_not_configured"])]),
    ]
}

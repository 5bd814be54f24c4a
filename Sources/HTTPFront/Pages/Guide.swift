import SAML

/// How an identity provider's product is set up, in the words of that product's own pages: what to do there, and what to paste where.
struct Guide: Sendable {
    /// The query's value: `?provider=okta`.
    let id: String
    let name: any Said
    /// nil: no product that is told apart.
    let preset: IdentityProviderPreset?
    let steps: [Step]

    struct Step: Sendable {
        let text: GuidePhrase
        var fields: [Field] = []
    }

    /// A field of the product's page, in that page's own words, and what goes into it.
    struct Field: Sendable {
        let name: any Said
        let value: Value
    }

    enum Value: Sendable {
        case acsURL, audienceURI, loginURL, metadataURL
        /// The Assertion Consumer Service URL as a regular expression.
        case acsPattern
        /// An entry of SimpleSAMLphp's metadata.
        case phpEntry
    }

    /// What an organization's addresses are here.
    struct Addresses: Sendable {
        let acsURL: String
        let audienceURI: String
        let loginURL: String
        let metadataURL: String
    }

    static func step(_ text: GuidePhrase, _ fields: (any Said, Value)...) -> Step {
        Step(text: text, fields: fields.map { Field(name: $0.0, value: $0.1) })
    }

    static func of(_ preset: IdentityProviderPreset?) -> Guide? { preset.flatMap { preset in all.first { $0.preset == preset } } }
    static func named(_ id: String?) -> Guide? { all.first { $0.id == id } }

    /// As the page shows it; `id`s are unique on a page that shows one guide.
    func facts(_ addresses: Addresses) -> [String: Any] {
        var number = 0
        return [
            "name": name,
            "steps": steps.map { step -> [String: Any] in
                let fields = step.fields.map { field -> [String: Any] in
                    number += 1
                    let value = field.value.text(addresses)
                    return [
                        "id": "paste-\(number)", "label": field.name, "value": value, "isLong": value.contains("\n"),
                        "isTheirs": field.name is String,
                    ]
                }
                return ["text": step.text, "fields": fields] as [String: Any]
            },
        ]
    }
}

extension Guide.Value {
    func text(_ addresses: Guide.Addresses) -> String {
        switch self {
        case .acsURL: addresses.acsURL
        case .audienceURI: addresses.audienceURI
        case .loginURL: addresses.loginURL
        case .metadataURL: addresses.metadataURL
        case .acsPattern: "^" + addresses.acsURL.map { #".?+*()[]{}|^$\/"#.contains($0) ? "\\\($0)" : String($0) }.joined() + "$"
        case .phpEntry:
            """
            $metadata['\(addresses.audienceURI)'] = [
                'AssertionConsumerService' => '\(addresses.acsURL)',
                'NameIDFormat' => 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress',
                'authproc' => [3 => [
                    'class' => 'saml:AttributeNameID', 'attribute' => 'mail', 'identifyingAttribute' => 'mail',
                    'Format' => 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress',
                ]],
            ];
            """
        }
    }
}

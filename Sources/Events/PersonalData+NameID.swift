extension PersonalData {
    /// The NameID's value. Where it is the e-mail address it is not stored twice.
    public var nameIDValue: String {
        get { nameID.valueIsEmail ? email : nameID.value }
        set {
            // Byte by byte: Swift's strings are equal also where they are written otherwise.
            nameID.valueIsEmail = newValue.utf8.elementsEqual(email.utf8)
            nameID.value = nameID.valueIsEmail ? "" : newValue
        }
    }
}

extension NameID {
    /// How the name is to be understood: a URI; empty: not said. Those of SAML core §8.3 are stored as their number there.
    public var formatURI: String {
        get {
            guard knownFormat > 0 else { return format }
            let index = Int(knownFormat) - 1
            return Self.formats.indices.contains(index) ? Self.formats[index] : ""
        }
        set {
            let index = Self.formats.firstIndex(of: newValue)
            knownFormat = index.map { UInt32($0 + 1) } ?? 0
            format = index == nil ? newValue : ""
        }
    }

    // In the order of core §8.3.1 to §8.3.8: numbers are for ever.
    private static let formats = [
        "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified", "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress",
        "urn:oasis:names:tc:SAML:1.1:nameid-format:X509SubjectName",
        "urn:oasis:names:tc:SAML:1.1:nameid-format:WindowsDomainQualifiedName",
        "urn:oasis:names:tc:SAML:2.0:nameid-format:kerberos", "urn:oasis:names:tc:SAML:2.0:nameid-format:entity",
        "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent", "urn:oasis:names:tc:SAML:2.0:nameid-format:transient",
    ]
}

/// A sample identity provider's metadata. Its key is thrown away, so nobody can sign for it.
enum SampleMetadata {
    static let entityID = "https://idp.example/entity"

    static func document(entityID: String = SampleMetadata.entityID) -> String {
        """
        <md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="\(entityID)">
        <md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
        <md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data>
        <ds:X509Certificate>\(certificate)</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>
        <md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://idp.example/sso"/>
        </md:IDPSSODescriptor></md:EntityDescriptor>
        """
    }

    static let certificate = """
        MIIDDTCCAfWgAwIBAgIUYhWBLeIj/W3L16QnZu0lURh1lwcwDQYJKoZIhvcNAQELBQAwFjEUMBIGA1UEAwwLaWRwLmV4YW1wbGUw\
        HhcNMjYxMTI1MDQyNzU2WhcNMzYxMTIyMDQyNzU2WjAWMRQwEgYDVQQDDAtpZHAuZXhhbXBsZTCCASIwDQYJKoZIhvcNAQEBBQAD\
        ggEPADCCAQoCggEBAI9EGzFmGK56UwqyRlbpfjx80wELvv1FYaWQHhb5Llyco1Kdr1KQBDj1UGkJ0PwVXFyCANk0XBvsqyeM7TLc\
        5y3H8bP1aDXqyGAYqdBB+oprxYl20FTwu9sAjksXhv+DHfVA6itqhRT2tw+/bXQc4iXqE3McNx8mGnNDetfp3LgamZ3ksMfYMQx4\
        gDHM8+pjAyyGuqGIViLamOeqZsKDHtblXGY+hTB8J3ACMLvz9UIKFGUaubwfiANnsd3RhOD+X6wWX3mMqREEiQqSKOpb0b9btinI\
        6wGXS+Pd406sFRE7tYdYDAhnY6BiJFLx0EzNXBDVLrLJ9NJAsXEU+h6M/PkCAwEAAaNTMFEwHQYDVR0OBBYEFIN4arD7GrfbL2BD\
        gZldCN/oR3G8MB8GA1UdIwQYMBaAFIN4arD7GrfbL2BDgZldCN/oR3G8MA8GA1UdEwEB/wQFMAMBAf8wDQYJKoZIhvcNAQELBQAD\
        ggEBAAm3QvquLitT8MtaNTczSYB2tcLsm1eba2SqjRB8S7kL538EBr8KI3UCgQrKJcLAoPX69x9WxyxXrA8V9NjJZXFcwB1zOYE2\
        G8QLiexhANftXXKfZDUFsqF1CYHJ2wf5sQsAPYdvbscQCJVV7T0SchBPXK7STi3MpRa1aBpInuUuRBNIs4ovAUQLnoZpTTZyPUhr\
        hf2GYq89ec7TuL4O68F5CaQvDuLV5spimuHD8jX3QFZKbu9CpJJzRgE5BUSfF4tS9TjHDmOAP8zoKr89X7GAz2/1oKOKONxGw6lC\
        5lIVwpgJ7XUUpzT3PbkR26fN5uRcbnG0FQxYNh7j4yQXx8c=
        """
}

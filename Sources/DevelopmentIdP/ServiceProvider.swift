public import Cryptography

/// A service that the development identity provider signs people in to.
public struct ServiceProvider: Sendable {
    /// What people read.
    public var name: String
    /// Its entity ID, which is the audience.
    public var entityID: String
    /// Its Assertion Consumer Service.
    public var acsURL: String
    /// Its key for encryption; nil: assertions go in the clear.
    public var encryptionCertificate: Certificate?

    /// A service.
    public init(name: String, entityID: String, acsURL: String, encryptionCertificate: Certificate? = nil) {
        self.name = name
        self.entityID = entityID
        self.acsURL = acsURL
        self.encryptionCertificate = encryptionCertificate
    }
}

/// What to do in each identity provider's product, in the words of its own pages; the names of its fields and of what it calls things stay as it has them.
enum GuidePhrase: String, Phrase {
    case oktaCreate = "In the Admin Console: Applications, Create App Integration, SAML 2.0."
    case oktaConfigure =
        "On the Configure SAML tab fill in the two addresses. Leave “Use this for Recipient URL and Destination URL” checked."
    case oktaNameID = "Name ID format: EmailAddress. Application username: Email."
    case oktaMetadata = "On the Sign On tab copy the Metadata URL; it goes into Metadata URL below."
    case oktaAssign = "On the Assignments tab assign the people who may sign in, yourself among them."
    case entraCreate = "In the Entra admin center: Enterprise applications, New application, Create your own application (non-gallery)."
    case entraConfigure = "Single sign-on, SAML, then edit Basic SAML Configuration."
    case entraClaims = "Attributes & Claims: user.mail as the emailaddress claim, or as the Unique User Identifier (Name ID)."
    case entraMetadata = "Under SAML Certificates copy the App Federation Metadata Url; it goes into Metadata URL below."
    case entraAssign = "Users and groups: assign the people who may sign in, yourself among them."
    case googleCreate = "In the Admin console: Apps, Web and mobile apps, Add app, Add custom SAML app."
    case googleMetadata = "DOWNLOAD METADATA; that file is the Metadata file below. Continue."
    case googleConfigure = "Service provider details. Start URL may stay empty."
    case googleNameID = "Name ID format: EMAIL. Name ID: Basic Information > Primary email."
    case googleAccess = "Turn User access on for the people who may sign in. Google takes up to a day until everybody has it."
    case oneLoginCreate = "Applications, Add App, SAML Custom Connector (Advanced)."
    case oneLoginConfigure = "On the Configuration tab:"
    case oneLoginNameID = "SAML nameID format: Email. On the Parameters tab the NameID value is Email."
    case oneLoginMetadata = "More Actions, SAML Metadata; that file is the Metadata file below."
    case oneLoginAccess = "On the Access tab choose the roles of the people who may sign in."
    case auth0Create = "Applications, your application, Addons, SAML2 Web App."
    case auth0Configure = "On the Settings tab:"
    case auth0Settings =
        "In the Settings JSON set \"audience\" to this value, \"signatureAlgorithm\" to \"rsa-sha256\" and \"digestAlgorithm\" to \"sha256\"."
    case auth0Metadata = "On the Usage tab copy the address of Identity Provider Metadata; it goes into Metadata URL below."
    case adfsCreate = "AD FS Management: Add Relying Party Trust, Claims aware, Import data about the relying party published online."
    case adfsClaims = "Edit Claim Issuance Policy: Send LDAP Attributes as Claims, E-Mail-Addresses as E-Mail Address."
    case adfsNameID = "Add a rule Transform an Incoming Claim: E-Mail Address into Name ID, format Email."
    case adfsMetadata =
        "Its own metadata, https://YOUR-SERVER/FederationMetadata/2007-06/FederationMetadata.xml, goes into Metadata URL below."
    case keycloakCreate = "Clients, Create client, Client type SAML."
    case keycloakLogin = "Login settings:"
    case keycloakSettings =
        "Settings: Name ID format: email. Force name ID format: on. Sign assertions: on. Keys: Client signature required: off."
    case keycloakMetadata =
        "Realm settings, General, SAML 2.0 Identity Provider Metadata: the address of that link goes into Metadata URL below."
    case pingOneCreate = "Applications, Applications, add one, SAML Application, Manually Enter."
    case pingOneNameID = "Attribute Mappings: map saml_subject to Email Address."
    case pingOneMetadata = "Configuration tab, Download Metadata; that file is the Metadata file below."
    case pingOneAccess = "Switch the application on, and give the people who may sign in access to it."
    case jumpCloudCreate = "SSO Applications, Add New Application, Custom Application, Manage Single Sign-On, Configure SSO with SAML."
    case jumpCloudConfigure = "On the SSO tab:"
    case jumpCloudNameID = "SAMLSubject NameID: email. Tick Sign Assertion and Declare Redirect Endpoint."
    case jumpCloudMetadata = "Export Metadata, on the SSO tab; that file is the Metadata file below."
    case jumpCloudAccess = "User Groups: choose the groups of the people who may sign in."
    case duoCreate = "Applications, Protect an Application, Generic SAML Service Provider."
    case duoConfigure = "Service Provider:"
    case duoResponse =
        "SAML Response: NameID format emailAddress, NameID attribute <Email Address>, Signature algorithm SHA256, Sign assertion ticked."
    case duoMetadata = "Copy the Metadata URL; it goes into Metadata URL below."
    case authentikCreate = "Applications, Providers, Create, SAML Provider."
    case authentikConfigure = "Service Provider Binding: Post. Choose a Signing Certificate, and tick Sign assertions."
    case authentikNameID = "NameID Property Mapping: authentik default SAML Mapping: Email. Then make an application with this provider."
    case authentikMetadata = "The provider's page, Metadata, Copy download URL; it goes into Metadata URL below."
    case simpleSAMLphpEntry = "Add this entry to metadata/saml20-sp-remote.php:"
    case simpleSAMLphpMail =
        "Your authentication source must give the attribute mail; else name there the one that holds the e-mail address."
    case simpleSAMLphpMetadata =
        "The address of its metadata goes into Metadata URL below: https://YOUR-SERVER/simplesaml/module.php/saml/idp/metadata, or in version 1 https://YOUR-SERVER/simplesaml/saml2/idp/metadata.php."
    case shibbolethMetadata = "In conf/metadata-providers.xml add a FileBackedHTTPMetadataProvider for our metadata."
    case shibbolethRelease = "In conf/attribute-filter.xml release mail to us."
    case shibbolethOurs =
        "Its own metadata, https://YOUR-SERVER/idp/shibboleth, goes into Metadata URL below, or its file is the Metadata file."
    case otherCreate = "Make a SAML 2.0 application (service provider, relying party) there."
    case otherMetadata = "Where it reads metadata, give it ours, and go on with the last of these steps."
    case otherByHand =
        "Else fill in by hand. The address to answer to is also called ACS URL, Reply URL, Single sign-on URL or Recipient; our name also Audience, Identifier, SP Entity ID or Client ID."
    case otherEmail =
        "Let it send the e-mail address as NameID (format emailAddress), or as an attribute email; sign assertions, with SHA-256."
    case otherAssign =
        "Assign the people who may sign in. Then give us its metadata: by URL, so that new certificates come by themselves, or as a file."
    case entry = "Entry"
    case other = "Other"

    static let subject = "guide"
}

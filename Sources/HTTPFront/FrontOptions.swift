public import Events
public import Ledger

/// What the server is told when it starts.
public struct FrontOptions: Sendable {
    /// Where people reach it; all addresses are built from it. May have a path.
    public var publicURL: String
    /// The address that is listened on.
    public var host: String
    /// 0: any free port.
    public var port: Int
    /// Lets metadata be fetched from loopback and private addresses, and over http from loopback (C38).
    public var allowPrivateMetadata: Bool
    /// Refused ACS posts per source and minute before 429; 0 lifts every limit per source (C50).
    public var refusalLimit: Int
    /// Connections at one time (C51); further ones wait to be accepted.
    public var connections: Int
    /// Memory for the bodies of all requests at one time (C51); over it 503.
    public var bodiesBytes: Int
    /// The DNS server that domains are looked up at; nil: those of the machine.
    public var dnsServer: DNSServer?
    /// Where checkpoints of the log are kept, outside the ledger; nil: nowhere.
    public var keptCheckpoints: KeptCheckpoint?
    /// Whose `X-Forwarded-For` is believed.
    public var trustedProxies: [AddressRange]
    /// The operator's own organization, whose owners open the console by single sign-on; nil: a token alone opens it.
    public var operatorOrganization: Identifier?
    /// How the pages look and speak.
    public var appearance: Appearance

    /// Options; what isn't given has a default that suits.
    public init(
        publicURL: String, host: String = "127.0.0.1", port: Int = 8080, allowPrivateMetadata: Bool = false,
        refusalLimit: Int = 300, connections: Int = 8192, bodiesBytes: Int = 64 << 20, dnsServer: DNSServer? = nil,
        keptCheckpoints: KeptCheckpoint? = nil,
        trustedProxies: [AddressRange] = [], operatorOrganization: Identifier? = nil, appearance: Appearance = Appearance()
    ) {
        self.publicURL = publicURL
        self.host = host
        self.port = port
        self.allowPrivateMetadata = allowPrivateMetadata
        self.refusalLimit = refusalLimit
        self.connections = connections
        self.bodiesBytes = bodiesBytes
        self.dnsServer = dnsServer
        self.keptCheckpoints = keptCheckpoints
        self.trustedProxies = trustedProxies
        self.operatorOrganization = operatorOrganization
        self.appearance = appearance
    }
}

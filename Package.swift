// swift-tools-version: 6.3
import PackageDescription

let package = Package(
    name: "identity-ledger",
    products: [
        .executable(name: "identity-ledger", targets: ["identity-ledger"]),
        .library(name: "IdentityLedger", targets: ["IdentityLedger"]),
        .library(name: "Ledger", targets: ["Events", "Ledger"]),
        .library(name: "Replay", targets: ["Replay"]),
        .library(name: "HTTPFront", targets: ["HTTPFront"]),
        .library(name: "DevelopmentIdP", targets: ["DevelopmentIdP"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-protobuf.git", exact: "1.39.0"),
        .package(url: "https://github.com/apple/swift-crypto.git", exact: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log.git", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-argument-parser.git", exact: "1.8.2"),
        .package(url: "https://github.com/hummingbird-project/hummingbird.git", exact: "2.28.1"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache.git", exact: "2.1.1"),
        .package(url: "https://github.com/swift-server/async-http-client.git", exact: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", exact: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio.git", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-http-types.git", exact: "1.8.0", traits: []),
    ],
    targets: [
        // The C libraries, and the only modules that touch them.
        .systemLibrary(name: "CLMDB", pkgConfig: "lmdb", providers: [.apt(["liblmdb-dev"])]),
        .systemLibrary(name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
        .systemLibrary(name: "COpenSSL", pkgConfig: "openssl", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
        .systemLibrary(name: "CMalloc"),
        .target(name: "CResolv", linkerSettings: [.linkedLibrary("resolv")]),
        .target(name: "LMDB", dependencies: ["CLMDB"]),
        .target(name: "XML", dependencies: ["CLibXML2"]),
        .target(name: "Cryptography", dependencies: ["COpenSSL"]),
        .target(name: "Compression", dependencies: ["CZlib", "CZstd"]),

        // The pure core.
        .target(name: "Events", dependencies: [.product(name: "SwiftProtobuf", package: "swift-protobuf")]),
        .target(name: "SAML", dependencies: ["Events", "XML", "Cryptography", "Compression"]),
        .target(
            name: "Identity",
            dependencies: [
                "Events", "SAML", .product(name: "SwiftProtobuf", package: "swift-protobuf"),
                .product(name: "Crypto", package: "swift-crypto"),
            ]),

        // What lasts.
        .target(
            name: "Ledger",
            dependencies: ["LMDB", "Events", "Compression", .product(name: "Crypto", package: "swift-crypto")]),
        .target(
            name: "Projections",
            dependencies: [
                "Ledger", "LMDB", "Events", "Identity", .product(name: "SwiftProtobuf", package: "swift-protobuf"),
                .product(name: "Crypto", package: "swift-crypto"),
            ]),
        .target(
            name: "IdentityLedger",
            dependencies: [
                "Events", "SAML", "Identity", "Ledger", "Projections", "Cryptography", "XML", "LMDB",
                .product(name: "SwiftProtobuf", package: "swift-protobuf"), .product(name: "Crypto", package: "swift-crypto"),
            ]),
        .target(
            name: "Replay",
            dependencies: [
                "IdentityLedger", "Events", "SAML", "Identity", "Ledger", "Projections", "LMDB", "XML", "Cryptography",
                .product(name: "Crypto", package: "swift-crypto"),
            ]),

        // The edges.
        .target(
            name: "HTTPFront",
            dependencies: [
                "CResolv", "IdentityLedger", "Events", "SAML", "Identity", "Ledger",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "Mustache", package: "swift-mustache"),
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
            ]),
        .target(
            name: "DevelopmentIdP",
            dependencies: [
                "XML", "Cryptography", "Compression", .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"), .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "Logging", package: "swift-log"),
            ]),
        .executableTarget(
            name: "identity-ledger",
            dependencies: [
                "CMalloc", "HTTPFront", "DevelopmentIdP", "IdentityLedger", "Replay", "Events", "SAML", "Identity", "Ledger", "Projections",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
                .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Logging", package: "swift-log"),
            ]),

        // Tests: a target per module, files named after what they prove.
        .target(
            name: "TestSupport", dependencies: ["DevelopmentIdP", "Cryptography"],
            path: "Tests/TestSupport"),
        .executableTarget(name: "canonicalize", dependencies: ["XML"], path: "Tests/Fuzz/Canonicalize"),
        .executableTarget(
            name: "crash-images",
            dependencies: ["IdentityLedger", "Ledger", "Replay", "Events", "Identity", "Cryptography", "DevelopmentIdP", "TestSupport"],
            path: "Tests/Crash/CrashImages"),
        .executableTarget(
            name: "simulate",
            dependencies: [
                "IdentityLedger", "Ledger", "Replay", "Projections", "Events", "SAML", "Identity", "Cryptography", "DevelopmentIdP",
                "TestSupport",
            ],
            path: "Tests/Simulation/Simulate"),
        .testTarget(name: "LMDBTests", dependencies: ["LMDB"]),
        .testTarget(
            name: "LedgerTests",
            dependencies: ["Ledger", "LMDB", "Events", .product(name: "Crypto", package: "swift-crypto")]),
        .testTarget(
            name: "SAMLTests",
            dependencies: ["SAML", "XML", "Cryptography", "Compression", "Events", "DevelopmentIdP", "TestSupport"]),
        .testTarget(name: "IdentityTests", dependencies: ["Identity", "Events", "SAML", "Projections"]),
        .testTarget(
            name: "IdentityLedgerTests",
            dependencies: [
                "IdentityLedger", "Replay", "Events", "SAML", "Identity", "Ledger", "Cryptography", "DevelopmentIdP", "TestSupport",
            ]),
        .testTarget(
            name: "HTTPFrontTests",
            dependencies: [
                "Cryptography", "HTTPFront", "IdentityLedger", "Events", "SAML", "Identity", "DevelopmentIdP", "TestSupport",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdTesting", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"), .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"), .product(name: "Logging", package: "swift-log"),
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
            ]),
        .testTarget(
            name: "CommandTests",
            dependencies: [
                "identity-ledger", "DevelopmentIdP", "TestSupport", "LMDB", .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
            ]),
    ]
)

// What reads messages, by itself: the fuzzing under a sanitizer (Tests/Fuzz/run) builds everything anew, and needs no server for it.
if Context.environment["IDENTITY_LEDGER_PARSERS_ONLY"] != nil {
    let parsers: Set<String> = [
        "CLibXML2", "COpenSSL", "CZlib", "CZstd", "XML", "Cryptography", "Compression", "Events", "SAML", "DevelopmentIdP", "TestSupport",
        "canonicalize", "SAMLTests",
    ]
    package.products = []
    package.targets.removeAll { !parsers.contains($0.name) }
    for target in package.targets where target.name == "DevelopmentIdP" {
        target.exclude = ["DevelopmentIdentityProvider.swift"]
        target.dependencies = ["XML", "Cryptography", "Compression"]
    }
}

let lifetimes: Set<String> = ["LMDB"]
let generated: Set<String> = ["Events", "Identity"]  // protoc's Swift is not written for strict memory safety
for target in package.targets where target.type != .system && target.name != "CResolv" {
    var settings: [SwiftSetting] = [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
    ]
    if target.type != .test && !generated.contains(target.name) { settings.append(.strictMemorySafety()) }
    if lifetimes.contains(target.name) { settings.append(.enableExperimentalFeature("Lifetimes")) }
    target.swiftSettings = settings
}

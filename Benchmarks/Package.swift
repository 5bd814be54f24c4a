// swift-tools-version: 6.3
import PackageDescription

// A package of its own, so that what measuring needs stays out of the product.
let package = Package(
    name: "Benchmarks",
    dependencies: [
        .package(name: "identity-ledger", path: ".."),
        .package(url: "https://github.com/hummingbird-project/hummingbird.git", exact: "2.28.1"),
        .package(url: "https://github.com/apple/swift-log.git", exact: "1.16.2"),
    ],
    targets: [
        .systemLibrary(name: "FloorLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
        .systemLibrary(name: "FloorOpenSSL", pkgConfig: "openssl", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "FloorLMDB", pkgConfig: "lmdb", providers: [.apt(["liblmdb-dev"])]),
        .target(name: "CFloor", dependencies: ["FloorLibXML2", "FloorOpenSSL", "FloorLMDB"]),
        .executableTarget(
            name: "benchmarks",
            dependencies: [
                "CFloor", .product(name: "IdentityLedger", package: "identity-ledger"),
                .product(name: "Ledger", package: "identity-ledger"), .product(name: "Replay", package: "identity-ledger"),
                .product(name: "HTTPFront", package: "identity-ledger"), .product(name: "DevelopmentIdP", package: "identity-ledger"),
                .product(name: "Hummingbird", package: "hummingbird"), .product(name: "Logging", package: "swift-log"),
            ],
            resources: [
                .embedInCode("Fixtures/assertion-signed.b64"), .embedInCode("Fixtures/both-signed.b64"),
                .embedInCode("Fixtures/certificate.pem"),
            ],
            swiftSettings: [.enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("InternalImportsByDefault")]),
    ]
)

// swift-tools-version: 6.3
import PackageDescription

// A package of its own, so that what measuring needs stays out of the product.
let package = Package(
    name: "Benchmarks",
    dependencies: [.package(name: "identity-ledger", path: "..")],
    targets: [
        .systemLibrary(name: "FloorLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
        .systemLibrary(name: "FloorOpenSSL", pkgConfig: "openssl", providers: [.apt(["libssl-dev"])]),
        .target(name: "CFloor", dependencies: ["FloorLibXML2", "FloorOpenSSL"]),
        .executableTarget(
            name: "benchmarks",
            dependencies: ["CFloor", .product(name: "IdentityLedger", package: "identity-ledger")],
            resources: [
                .embedInCode("Fixtures/assertion-signed.b64"), .embedInCode("Fixtures/both-signed.b64"),
                .embedInCode("Fixtures/certificate.pem"),
            ],
            swiftSettings: [.enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("InternalImportsByDefault")]),
    ]
)

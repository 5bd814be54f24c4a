import Events
import Identity
import Ledger
import Projections

extension LedgerMigration {
    /// An organization whose ID is nobody's here.
    func decide(new state: Organization, _ id: Identifier) throws -> Step {
        let place = "organization \(id)"
        do {
            let provider = try provider(of: state)
            let keys = CarriedKeys(of: state, in: other.ledger.keyRing)
            if let keys, try !keys.fit(target.ledger.keyRing) { throw RuleError(.conflict, Self.foreignKey) }
            let carried = CarriedState(id: id, state: state, events: try CarriedOrganization(state), provider: provider, keys: keys)
            return Step(action: .organization(carried), item: MigrationItem(place, id, .created, sentences(about: carried)))
        } catch let error as ServiceError where error.status != 503 {
            return refused(place, id, "“\(state.name)”: \(error.description)")
        } catch let error as RuleError {
            return refused(place, id, "“\(state.name)”: \(error.description)")
        }
    }

    // What the document says is what counts: only it can be checked.
    private func provider(of state: Organization) throws -> (configuration: IdentityProviderConfigured, document: [UInt8])? {
        guard state.isConfigured else { return nil }
        let recorded = state.identityProvider
        guard let packed = try source.evidence(state.configurationRevision), let document = Packing.unpack(packed) else {
            throw RuleError(.metadataInvalid, "The document of its identity provider's metadata can't be read.")
        }
        let configuration = try target.readAgain(document, of: recorded)
        guard configuration.entityID == recorded.entityID,
            Set(configuration.signingCertificates) == Set(recorded.signingCertificates)
        else {
            throw RuleError(
                .metadataInvalid, "Its configuration has another entity ID or other signing certificates than the document that it names.",
                remedy: "Look at who made this export.")
        }
        return (configuration, packed)
    }

    private func sentences(about carried: CarriedState) -> String {
        let state = carried.state
        let provider = carried.provider.map { "the identity provider “\($0.configuration.entityID)”." }
        var sentences = [
            "“\(state.name)”, with \(state.accounts.count) account\(state.accounts.count == 1 ? "" : "s") and "
                + (provider ?? "no identity provider yet.")
        ]
        if carried.keys == nil {
            sentences.append("It gets new keys: let its identity provider take our metadata again.")
        }
        if changesAddresses { sentences.append("Its addresses are others here: its identity provider must learn them.") }
        if !carried.events.domains.isEmpty {
            sentences.append(
                "\(carried.events.domains.joined(separator: ", ")) must be proved here; until then no one is provisioned (provisionUsers).")
        }
        if state.heldRefresh != 0 { sentences.append("A change of its metadata waits for approval there, and is left behind.") }
        return sentences.joined(separator: " ")
    }
}

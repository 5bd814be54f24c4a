public import Events

extension ServiceState {
    /// The only place where a fact becomes the service's own state.
    public mutating func evolve(_ body: EventBody) {
        if case .serviceConfigured(let configured) = body { publicURL = configured.publicURL }
    }
}

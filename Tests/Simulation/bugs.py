"""Bugs that the simulation must find: one or more in every fold, in every rule, and in what decides.

A row is where it is, what goes wrong, and edits: (file, text, replacement). The text must stand in the file exactly once.
"""

I = "Sources/Identity/"
S = "Sources/IdentityLedger/"
ORGANIZATION, USER, SESSION, CREDENTIAL = (I + name + "+Evolve.swift" for name in ("Organization", "User", "Session", "Credential"))
FOLD = "Sources/Projections/StateFold.swift"
SIGNON = I + "SignOn.swift"
ROLES = I + "Roles.swift"
AUTHORITY = I + "Authority.swift"
CONFIGURATION = I + "Configuration.swift"
CONVERSION = I + "Conversion.swift"
POLICY = I + "PolicyReader.swift"
DECISION = S + "SigningOn/SignOnDecision.swift"
CONDITIONS = "Sources/SAML/Profile/Conditions.swift"
JUDGE = "Sources/SAML/Judge.swift"

BUGS = [
    # The folds
    ("fold: organization", "a rename is lost", [(ORGANIZATION, "name = renamed.name", "_ = renamed.name")]),
    ("fold: organization", "an account takes another's place", [(ORGANIZATION, "accounts.append(account)", "accounts = [account]")]),
    ("fold: organization", "a new configuration counts as tested", [(ORGANIZATION, "            testedSinceConfiguration = false\n", "")]),
    ("fold: organization", "a change that waits is taken", [(ORGANIZATION, "if refreshed.held {", "if refreshed.held && heldRefresh != 0 {")]),
    ("fold: organization", "a domain stays proved", [(ORGANIZATION, "verifiedDomains.removeAll { $0 == removed.domain }", "_ = removed.domain")]),
    ("fold: organization", "a converted user's login shows nothing", [(ORGANIZATION, "if received.accepted && !received.facts.test { testedSinceConfiguration = true }", "if received.accepted { testedSinceConfiguration = false }")]),
    ("fold: organization", "a certificate's end is told again and again", [(ORGANIZATION, "noticedCertificates.append(noticed.certificateSha256)", "_ = noticed")]),
    ("fold: organization", "a retired key stays in use", [(ORGANIZATION, "keys[index].retired = true", "keys[index].retired = false")]),
    ("fold: user", "who is brought in has a password", [(USER, "signInMethod = imported.signInMethod", "signInMethod = .password")]),
    ("fold: user", "who is provisioned is not known for it", [(USER, "self.provisioned = true", "self.provisioned = false")]),
    ("fold: user", "a profile doesn't change", [(USER, "personal = changed.personal\n        case .userEmailChanged", "break\n        case .userEmailChanged")]),
    ("fold: user", "a conversion can't be taken back", [(USER, "case .userConversionReverted: signInMethod = .password", "case .userConversionReverted: signInMethod = .sso")]),
    ("fold: user", "a role of one account stands for another", [(USER, "roles.firstIndex(where: { $0.account == account })", "roles.indices.first")]),
    ("fold: user", "who is deactivated stays active", [(USER, "case .userDeactivated: active = false", "case .userDeactivated: break")]),
    ("fold: user", "an erased person keeps what is sealed", [(USER, "            erased = true\n", "")]),
    ("fold: user", "the last login is the first one", [(USER, "lastLoginAt = event.recordedAt }", "lastLoginAt = lastLoginAt == 0 ? event.recordedAt : lastLoginAt }")]),
    ("fold: session", "a session lasts from its login on", [(SESSION, "expiresAt = started.expiresAt", "expiresAt = started.authenticatedAt")]),
    ("fold: session", "an ended session holds at its last instant", [(SESSION, "instant.nanoseconds < expiresAt", "instant.nanoseconds <= expiresAt")]),
    ("fold: credential", "a revoked token opens", [(CREDENTIAL, "case .tokenRevoked, .setupLinkRevoked: ended = true", "case .tokenRevoked, .setupLinkRevoked: ended = false")]),
    ("fold: credential", "a setup link is used twice", [(CREDENTIAL, "case .setupLinkUsed: ended = true", "case .setupLinkUsed: break")]),
    ("fold: service", "the public URL is lost", [(I + "Service+Evolve.swift", "publicURL = configured.publicURL", "_ = configured.publicURL")]),
    ("table: addresses", "a former address still finds the person", [(FOLD, "if !former.isEmpty { try store.deleteRow(.addresses, StateKey.join(organization, Array(former))) }", "")]),
    ("table: persistentIDs", "a persistent NameID names nobody", [(FOLD, "if !received.persistentIDHash.isEmpty {", "if received.persistentIDHash.count == 1 {")]),
    ("table: sessions", "an ended session stays", [(FOLD, "try store.deleteRow(.sessions, id)", "_ = id")]),
    ("table: nameIDs", "the identity provider can't end a session", [(FOLD, "} else if try store.row(.nameIDs, name) == nil {", "} else if try store.row(.nameIDs, name) != nil {")]),
    ("table: assertions", "an assertion is used twice", [(FOLD, "if let key = used.assertion {", "if let key = used.assertion, key.isEmpty {")]),
    ("table: requests", "a request is answered twice", [(FOLD, "if let key = used.request {", "if let key = used.request, key.isEmpty {")]),
    ("table: domains", "a domain that was given up still leads here", [(FOLD, "for domain in former.subtracting(domains).sorted() {", "for domain in former.subtracting(former).sorted() {")]),
    ("table: credentialIDs", "what was issued can't be revoked", [(FOLD, "try store.putRow(.credentialIDs, id, digest)", "_ = id")]),
    ("table: logins", "an organization's logins are not found", [(FOLD, "try store.putRow(.logins, StateKey.join(organization, sequence), Array(received.user))", "if received.accepted { try store.putRow(.logins, StateKey.join(organization, sequence), Array(received.user)) }")]),
    ("table: events", "an organization's events are not found", [(FOLD, "try store.putRow(.events, StateKey.join(organization, sequence), [])", "if body.user == nil { try store.putRow(.events, StateKey.join(organization, sequence), []) }")]),
    ("table: userEvents", "a user's sessions are not found", [(FOLD, "if let user = body.user { try store.putRow(.userEvents", "if let user = body.user, user.bytes[0] < 128 { try store.putRow(.userEvents")]),
    ("table: sessions", "a session that still holds goes with those that expired", [(FOLD, "guard session.expiresAt <= instant else { return false }", "guard session.expiresAt <= instant + 3_600_000_000_000 else { return false }")]),
    # Who may sign in
    ("rule: replay", "an assertion is good again", [(SIGNON, "case .firstUse: facts.replayOf == 0 ? nil : replayed(facts)", "case .firstUse: nil")]),
    ("rule: unsolicited", "nobody need ask", [(SIGNON, "guard !policy.allowUnsolicited else { return nil }", "guard policy.allowUnsolicited else { return nil }")]),
    ("rule: request", "a request lives for ever", [(SIGNON, "guard Instant(nanoseconds: facts.instant) <= end else {", "guard Instant(nanoseconds: facts.instant) <= end || facts.answeredBy == 0 else {")]),
    ("rule: request", "a request is answered again", [(SIGNON, "guard facts.answeredBy == 0 else {", "guard facts.answeredBy == 0 || facts.requestCookie else {")]),
    ("rule: request", "another browser may answer", [(SIGNON, "guard facts.requestCookie else {", "guard facts.requestCookie || facts.requestIsOurs else {")]),
    ("rule: domain", "an allowed domain is enough for whoever is known", [(SIGNON, "guard !policy.allowedEmailDomains.isEmpty,", "guard !policy.allowedEmailDomains.isEmpty, !facts.userKnown,")]),
    ("rule: domain", "a new person may be of any domain", [(SIGNON, "if isNew, !facts.verifiedDomains.isEmpty,", "if !isNew, !facts.verifiedDomains.isEmpty,")]),
    ("rule: move", "one person takes another's address", [(SIGNON, "guard facts.knownByPersistentID && facts.addressTaken else { return nil }", "guard facts.knownByPersistentID && facts.addressTaken && facts.test else { return nil }")]),
    ("rule: user", "who was deactivated signs in", [(SIGNON, "if facts.userKnown && !facts.userActive {", "if facts.userKnown && !facts.userActive && !facts.userConverted {")]),
    ("rule: user", "who has a password signs in without", [(SIGNON, "guard !facts.userConverted else { return nil }", "guard !facts.userConverted, facts.knownByPersistentID else { return nil }")]),
    ("rule: user", "anyone is let in", [(SIGNON, "guard !policy.provisionUsers else { return nil }", "guard !policy.provisionUsers, facts.requestCookie else { return nil }")]),
    ("rule: session", "a session outlasts the identity provider's", [(SIGNON, "return min(ours, theirs)", "return max(ours, theirs)")]),
    ("rule: provisioning", "a login makes administrators", [(I + "Provisioning.swift", "        role.role = .member\n", "        role.role = .administrator\n")]),
    ("rule: provisioning", "who was removed comes back", [(I + "Provisioning.swift", "if let entry, entry.role == .none { return nil }", "if let entry, entry.role == .owner { return nil }")]),
    ("rule: provisioning", "a mapping lowers", [(I + "Provisioning.swift", "if asserted { role = max(role, min(", "if asserted { role = min(4, min(")]),
    ("rule: request ID", "a request of another organization is ours", [(I + "RequestID.swift", "hmac.update(data: organization.bytes)\n", "")]),
    ("rule: RelayState", "a login leads anywhere", [(I + "RelayStateTarget.swift", "return allowed.contains(origin) ? target : nil", "return allowed.isEmpty ? nil : target")]),
    ("rule: login keys", "one organization's assertion is another's", [(I + "LoginKeys.swift", "Array(SHA256.hash(data: organization.bytes + Array(id.utf8)))", "Array(SHA256.hash(data: organization.bytes))")]),
    # What administrators and operators do
    ("rule: conversion", "everyone is converted untested", [(CONVERSION, "if all && !force && !organization.testedSinceConfiguration {", "if all && !force && organization.testedSinceConfiguration {")]),
    ("rule: conversion", "who is converted is so again", [(CONVERSION, "guard !user.erased, user.signInMethod != .sso else { return nil }", "guard !user.erased else { return nil }")]),
    ("rule: conversion", "erased people go back to a password", [(CONVERSION, "guard !user.erased, user.signInMethod == .sso else { return nil }", "guard user.signInMethod == .sso else { return nil }")]),
    ("rule: roles", "the last owner goes", [(ROLES, "if former == .owner && user.active && otherOwners == 0 { throw lastOwner }\n", "")]),
    ("rule: roles", "administrators make owners", [(ROLES, "        guard authority.owns(account) else {", "        guard authority.administers(account) else {")]),
    ("rule: roles", "the same role is an event", [(ROLES, "guard former != role || !user.hasEntry(in: account) && role == .none else { return [] }\n", "")]),
    ("rule: roles", "deactivation leaves sessions", [(ROLES, "return [.userDeactivated(deactivated)] + ended(sessions, because: .deactivated)", "return [.userDeactivated(deactivated)]")]),
    ("rule: roles", "erasure leaves sessions", [(ROLES, "return ended(sessions, because: .erased) + [.userErased(erased)]", "return [.userErased(erased)]")]),
    ("rule: authority", "an auditor writes", [(AUTHORITY, "case .auditor: action == .read || action == .readUsers", "case .auditor: action != .convert")]),
    ("rule: authority", "an operator of one organization reaches all", [(AUTHORITY, "case .limitedOperator(let only), .setupSession(let only), .barred(let only): only == organization", "case .limitedOperator(let only), .setupSession(let only), .barred(let only): only != organization || only == organization")]),
    ("rule: authority", "a setup session gives owner", [(AUTHORITY, "roles.contains { Identifier(bytes: $0.account) == account && $0.role == .owner }\n        case .setupSession, .auditor, .onlooker, .barred, .nobody: false", "roles.contains { Identifier(bytes: $0.account) == account && $0.role == .owner }\n        case .setupSession: true\n        case .auditor, .onlooker, .barred, .nobody: false")]),
    ("rule: configuration", "an account is there twice", [(CONFIGURATION, "guard !organization.accounts.contains(where: { $0.name == name }) else {", "guard !organization.accounts.contains(where: { $0.name != name && $0.name.isEmpty }) else {")]),
    ("rule: configuration", "the same metadata is an event", [(CONFIGURATION, "return isSame ? [] : [.identityProviderConfigured(configuration)]", "return isSame && false ? [] : [.identityProviderConfigured(configuration)]")]),
    ("rule: refresh", "another identity provider is taken unseen", [(CONFIGURATION, "if current.entityID != configuration.entityID { return true }\n", "if current.entityID != configuration.entityID { return false }\n")]),
    ("rule: refresh", "the key last used goes unseen", [(CONFIGURATION, "if let lastUsedCertificate, !remaining.contains(lastUsedCertificate) { return true }\n", "")]),
    ("rule: import", "one address is two users", [(I + "NewUser.swift", "guard existing == nil else {", "guard existing == nil || existing?.active == false else {")]),
    ("rule: domains", "two organizations prove one domain", [(I + "Domains.swift", "guard holders.allSatisfy({ $0 == organization.identifier }) else {", "guard holders.allSatisfy({ $0 == organization.identifier }) || !holders.isEmpty else {")]),
    ("rule: keys", "the only key is retired", [(I + "ServiceProviderKeys.swift", "guard organization.activeKeys(found.use).count > 1 else {", "guard organization.activeKeys(found.use).count > 0 else {")]),
    ("rule: policy", "a mapping gives owner", [(POLICY, 'guard role == "member" || role == "administrator" else {', 'guard role == "member" || role == "administrator" || role == "owner" else {')]),
    ("rule: policy", "clocks may differ by more", [(POLICY, 'policy.clockSkewSeconds, PolicyDocument.Bounds.clockSkewSeconds)', 'policy.clockSkewSeconds, 0...3000)')]),
    ("rule: policy", "a member is not read", [(POLICY, 'policy.provisionUsers = try bool("provisionUsers", policy.provisionUsers)', '_ = try bool("provisionUsers", policy.provisionUsers)')]),
    # What reads facts and appends
    ("decision", "a replay is not looked for", [(DECISION, "if let key = assertionKey { facts.replayOf = try context.assertion(key) ?? 0 }\n", "")]),
    ("decision", "an answered request is not looked for", [(DECISION, "try context.answeredRequest(LoginKeys.request(received.organization, id: request)) ?? 0", "try context.answeredRequest([0] + LoginKeys.request(received.organization, id: request)) ?? 0")]),
    ("decision", "whoever is signed in isn't asked", [(DECISION, "guard !isSame else { return nil }", "guard !isSame, user == nil else { return nil }")]),
    ("decision", "the former session goes on", [(DECISION, "        if let former {\n", "        if let former, former.user == userID.data {\n")]),
    ("decision", "a test signs in", [(DECISION, "if facts.test { return try test(facts, user, &context) }\n", "")]),
    ("decision", "an erased person's NameID names them still", [(DECISION, "named.map { !$0.erased && $0.id != addressee?.id } ?? false", "named.map { $0.id != addressee?.id } ?? false")]),
    ("decision", "a name that isn't sent is forgotten", [(DECISION, "if personal.name.isEmpty { personal.name = former.name }\n", "")]),
    ("decision", "the same profile is an event", [(DECISION, "if personal == former { return nil }\n", "")]),
    # The response
    ("response", "an assertion holds one second too long", [(CONDITIONS, "notOnOrAfter <= instant.adding(seconds: -skew)", "notOnOrAfter < instant.adding(seconds: -skew)")]),
    ("response", "any audience is good", [(CONDITIONS, "for audiences in restrictions where", "for audiences in restrictions where restrictions.count > 1 &&")]),
    ("response", "SHA-1 is good for ever", [(JUDGE, "facts.keysInstant < $0", "facts.keysInstant < $0 || facts.keysInstant > $0")]),
    ("response", "an expired certificate is good", [(JUDGE, "guard isValid || !facts.refuseExpiredCertificates else {", "guard isValid || facts.refuseExpiredCertificates || !facts.refuseExpiredCertificates else {")]),
    # The ledger
    ("ledger", "instants go backwards", [("Sources/Ledger/WriteContext.swift", "instant = Instant(nanoseconds: max(last?.recordedAt ?? 0, ledger.options.clock().nanoseconds))", "instant = ledger.options.clock()")]),
    ("ledger", "an erased person's key stays", [(S + "Administration/IdentityLedger+Erasure.swift", "                context.destroyKey(key)\n", "                _ = key\n")]),
    ("ledger", "events are appended and not folded", [("Sources/Ledger/WriteContext.swift", "try ledger.projection.fold(event, into: &transaction)", "if event.sequence % 97 != 0 { try ledger.projection.fold(event, into: &transaction) }")]),
]

package io.meseta.platform.bundles;

import io.meseta.authorization.Groups;
import io.meseta.authorization.bundle.Identities;
import io.meseta.authorization.engine.Authorizer;
import java.time.Instant;

/// A bundle that is believed, ready for use.
///
/// @param issued when the auth-service made it
/// @param expires from then on nothing may be changed by it
public record KnownBundle(
        long version,
        Instant issued,
        Instant expires,
        Identities identities,
        Groups groups,
        Authorizer authorizer) {}

/// Registries: OCI distribution and Docker's API v2, read only.
///
/// Start at [Registries], which opens a [Repository] for one pull with that pull's credentials;
/// tokens live and die with it, so that nobody pulls with what another was given. [Http] is the one
/// class that opens connections. Secrets are in no message and in no `toString`.
@NullMarked
package io.meseta.images.registry;

import org.jspecify.annotations.NullMarked;

/// Secrets: how they are made, hashed, sealed and read from files.
///
/// Start at [SecretHashes]. No secret is ever part of a text that this room makes.
@NullMarked
package io.meseta.auth.secrets;

import org.jspecify.annotations.NullMarked;

/// Policies on their way from the auth-service to those who decide by them.
///
/// Start at [SignedBundle]. A bundle is bytes, a signature over exactly these bytes, and the name
/// of a key; nothing is read of it before the signature has been checked. Versions only rise, and
/// every bundle expires.
@NullMarked
package io.meseta.authorization.bundle;

import org.jspecify.annotations.NullMarked;

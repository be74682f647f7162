/// This service's own identity: how it proves to others who it is.
///
/// Start at [OwnToken], which has a token whenever one is needed. Accounts have a secret in a file;
/// agents have a key of their own, which they exchange for a join token once. Who others are is not
/// known here.
@NullMarked
package io.meseta.platform.credentials;

import org.jspecify.annotations.NullMarked;

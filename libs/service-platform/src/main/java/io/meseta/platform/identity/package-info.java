/// Who calls: from an Authorization header to a [Caller].
///
/// Start at [Authenticator]. It asks nobody: keys, hashes and revocations are in the bundle. What a
/// caller may do is the matter of `access`.
@NullMarked
package io.meseta.platform.identity;

import org.jspecify.annotations.NullMarked;

/// Access tokens: how they are made, and the OAuth 2 door at which programs get theirs.
///
/// Start at [TokenIssuer].
@NullMarked
package io.meseta.auth.tokens;

import org.jspecify.annotations.NullMarked;

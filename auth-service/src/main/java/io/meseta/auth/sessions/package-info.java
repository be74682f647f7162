/// Users' sessions: a refresh token is good once, and its second use ends the session; a browser's
/// key is good until then.
///
/// Start at [SessionKeeper].
@NullMarked
package io.meseta.auth.sessions;

import org.jspecify.annotations.NullMarked;

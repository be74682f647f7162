/// Users' sessions: a refresh token is good once, and its second use ends the session.
///
/// Start at [SessionsDesk].
@NullMarked
package io.meseta.auth.sessions;

import org.jspecify.annotations.NullMarked;

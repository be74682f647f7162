/// Who leads: asked of every master again and again, so that a change is known before a caller
/// asks.
///
/// Start at [Masters]. Whoever finds that a master does not lead says so with [Masters#doubt].
@NullMarked
package io.meseta.gateway.masters;

import org.jspecify.annotations.NullMarked;

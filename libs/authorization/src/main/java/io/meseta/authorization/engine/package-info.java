/// From policies to verdicts.
///
/// Start at [Authorizer]. Rules are indexed by action, subject, target and path, so that a decision
/// looks at few of them; a rule that denies overrides all that allow, and what no rule allows is
/// denied. Nothing here has a clock, and nothing throws at whoever asks.
@NullMarked
package io.meseta.authorization.engine;

import org.jspecify.annotations.NullMarked;

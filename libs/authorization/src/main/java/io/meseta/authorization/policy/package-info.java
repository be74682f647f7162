/// What policies say: rules, whom and what they are about, and how they are written down.
///
/// Start at [Policy]; [PolicyReader] makes one from text and [PolicyWriter] text from one. Patterns
/// match in linear time, conditions have limits. Which rule wins is the engine's matter.
@NullMarked
package io.meseta.authorization.policy;

import org.jspecify.annotations.NullMarked;

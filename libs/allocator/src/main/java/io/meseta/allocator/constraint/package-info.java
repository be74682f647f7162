/// What frameworks ask of the agents whose resources they are offered.
///
/// Start at [OfferConstraints]. Patterns come in compiled, as [TextPattern]: no engine for regular
/// expressions is known here.
@NullMarked
package io.meseta.allocator.constraint;

import org.jspecify.annotations.NullMarked;

/// The rules of the house as tests: who may depend on whom, what may not be called, how large a
/// thing may be.
///
/// Start at [Walls]; each module's `WallsTest` calls it. A wall is a [Wall]; those on classes are
/// ArchUnit rules, those on sources read the compiler's own tree. Each has a planted breach in this
/// module's tests: a rule that never failed proves nothing.
@NullMarked
package io.meseta.testkit.walls;

import org.jspecify.annotations.NullMarked;

/// What frameworks and operators want done to agents' resources: read, checked as far as that needs
/// no state, and for operators also answered.
///
/// Start at [SpecReading]; [ResourceCalls] is where operators come in. Whether there is what an
/// operation needs is decided in the core alone.
@NullMarked
package io.meseta.master.resources;

import org.jspecify.annotations.NullMarked;

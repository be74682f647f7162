/// What every test may lean on: waiting with a limit, properties under a seed, time by hand.
///
/// Start at [Await] and [Seeds]. The walls of the house are in `walls`, PostgreSQL in `database`.
/// Nothing here knows a core: fakes of core interfaces live in `cluster-testkit`.
@NullMarked
package io.meseta.testkit;

import org.jspecify.annotations.NullMarked;

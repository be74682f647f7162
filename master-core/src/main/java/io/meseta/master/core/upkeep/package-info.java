/// What operators want of machines: agents that are deactivated, drained or gone for good, and
/// machines under maintenance.
///
/// Start at [Upkeep]. What is announced and asked of frameworks ([InverseOffers]) is the leader's
/// memory; all else is recorded.
@NullMarked
package io.meseta.master.core.upkeep;

import org.jspecify.annotations.NullMarked;

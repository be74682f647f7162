package io.meseta.master.core.preemption;

import io.meseta.allocator.Pool;
import io.meseta.master.core.offer.Offers;
import io.meseta.master.core.role.Roles;
import io.meseta.master.core.task.Tasks;
import java.time.Instant;

/// What it takes to judge who waits in vain, and who could end for it.
///
/// @param seed where there are too many agents to look at, it decides which ones are
public record PreemptionPremises(
        Roles roles, Tasks tasks, Offers offers, Pool pool, Instant now, long seed) {}

package io.meseta.simulator.nodes;

import io.meseta.model.FrameworkCapability;
import io.meseta.model.Role;
import io.meseta.simulator.world.Chance;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// What kind of framework one is: drawn once, kept for its life.
///
/// @param hoardsOneIn how often it keeps an offer rather than answer it
/// @param patience how long it may stay away
record Temper(
        SortedSet<Role> roles,
        Set<FrameworkCapability> capabilities,
        Duration patience,
        int hoardsOneIn) {

    static final List<Role> ROLES =
            List.of(new Role("dev"), new Role("ops"), new Role("ops/web"), Role.ANY);
    private static final List<Duration> PATIENCES =
            List.of(
                    Duration.ZERO,
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(3),
                    Duration.ofDays(7));

    static Temper drawn(Chance chance) {
        var capabilities = EnumSet.noneOf(FrameworkCapability.class);
        if (!chance.oneIn(3)) capabilities.add(FrameworkCapability.PARTITION_AWARE);
        if (chance.oneIn(2)) capabilities.add(FrameworkCapability.TASK_KILLING_STATE);
        var roles = new TreeSet<Role>();
        roles.add(chance.pick(ROLES));
        if (chance.oneIn(2)) {
            capabilities.add(FrameworkCapability.MULTI_ROLE);
            roles.add(chance.pick(ROLES));
        }
        return new Temper(roles, capabilities, chance.pick(PATIENCES), chance.oneIn(3) ? 3 : 20);
    }

    /// The same framework in other roles.
    Temper amongOthers(Chance chance) {
        var others = new TreeSet<Role>();
        others.add(chance.pick(ROLES));
        if (chance.oneIn(2)) others.add(chance.pick(ROLES));
        return new Temper(others, capabilities, patience, hoardsOneIn);
    }
}

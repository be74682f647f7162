package io.meseta.benchmarks.allocator;

import io.meseta.allocator.AgentTraits;
import io.meseta.allocator.FrameworkTraits;
import io.meseta.allocator.Grant;
import io.meseta.allocator.Pool;
import io.meseta.model.AgentId;
import io.meseta.model.FrameworkId;
import io.meseta.model.Resources;
import io.meseta.model.Role;
import io.meseta.model.quota.Limits;
import io.meseta.model.quota.Quantities;
import io.meseta.model.quota.Quota;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Pools of many alike agents and frameworks, as Mesos' benchmarks have them.
final class Farm {

    /// What an agent of Mesos' allocator benchmarks has.
    static final Resources LARGE =
            Resources.parse("cpus:24;mem:4096;disk:4096;ports:[31000-32000]");

    /// What an agent of its quota benchmarks has.
    static final Resources SMALL = Resources.parse("cpus:2;mem:2048;disk:2048");

    static final Instant LATER = Instant.parse("2030-01-01T00:00:00Z");

    private Farm() {}

    static Pool agents(int count, Resources each) {
        var pool = Pool.empty();
        for (int i = 0; i < count; i++)
            pool = pool.withAgent(new AgentId("agent-" + i), each, AgentTraits.LOCAL);
        return pool;
    }

    /// All in one role.
    static Pool frameworks(Pool pool, int count, Role role) {
        var next = pool;
        for (int i = 0; i < count; i++)
            next =
                    next.withFramework(
                            new FrameworkId(role + "-framework-" + i), FrameworkTraits.of(role));
        return next;
    }

    /// Everything new, nothing settled.
    static Pool fresh(int agents, int frameworks) {
        return frameworks(agents(agents, LARGE), frameworks, new Role("role"));
    }

    /// Every framework has declined everything, and all is settled.
    static Pool declined(int agents, int frameworks) {
        var role = new Role("role");
        var pool = fresh(agents, frameworks);
        for (int agent = 0; agent < agents; agent++)
            for (int framework = 0; framework < frameworks; framework++)
                pool =
                        pool.refused(
                                new Grant(
                                        new AgentId("agent-" + agent),
                                        new FrameworkId(role + "-framework-" + framework),
                                        role,
                                        LARGE),
                                LATER);
        return pool.settled();
    }

    /// Small and large guarantees, one role and one framework each, on as many agents as there are
    /// roles.
    static Pool smallAndLargeQuotas(int small, int large) {
        var pool = agents(small + large, SMALL);
        for (int i = 0; i < small; i++) pool = promised(pool, "small-" + i, 1);
        for (int i = 0; i < large; i++) pool = promised(pool, "large-" + i, 4);
        return pool;
    }

    private static Pool promised(Pool pool, String name, int units) {
        var role = new Role(name);
        return frameworks(pool.withQuota(role, quota(units)), 1, role);
    }

    private static Quota quota(int units) {
        return Quota.exactly(
                Quantities.of(Map.of("cpus", units * 1_000L, "mem", units * 1_024_000L)));
    }

    /// So many roles with two agents and two frameworks for each.
    static Pool roles(int roles, boolean haveQuota) {
        var pool = agents(2 * roles, SMALL);
        for (int i = 0; i < roles; i++) {
            var role = new Role("role-" + i);
            if (haveQuota) pool = pool.withQuota(role, generous());
            pool = frameworks(pool, 2, role);
        }
        return pool;
    }

    /// As much as a role would get without it.
    private static Quota generous() {
        var amounts = Quantities.of(Map.of("cpus", 4_000L, "mem", 4_096_000L));
        return new Quota(amounts, Limits.NONE);
    }

    /// What the owner of the pool does with grants.
    static Pool applied(Pool pool, List<Grant> grants) {
        var next = pool;
        for (var grant : grants) next = next.allocated(grant);
        return next;
    }
}

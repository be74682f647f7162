package io.meseta.allocator;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.model.AgentId;
import io.meseta.model.FrameworkId;
import io.meseta.model.Resource;
import io.meseta.model.Resources;
import io.meseta.model.Role;
import java.time.Instant;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// One machine or two, and the frameworks and roles that want something of them.
abstract class PoolScene {

    static final AgentId AGENT = new AgentId("a1");
    static final AgentId OTHER_AGENT = new AgentId("a2");
    static final FrameworkId ONE = new FrameworkId("f1");
    static final FrameworkId TWO = new FrameworkId("f2");
    static final Role ENG = new Role("eng");
    static final Role WEB = new Role("eng/web");
    static final Role OPS = new Role("ops");
    static final Resources MACHINE = Resources.parse("cpus:4;mem:4096;ports:[31000-32000]");
    static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    static Pool machine(Resources total) {
        return Pool.empty().withAgent(AGENT, total, AgentTraits.LOCAL);
    }

    /// After an allocation and the application of its grants.
    static Pool granted(Pool pool) {
        var next = pool;
        for (var grant : pool.allocate(1)) next = next.allocated(grant);
        return next.settled();
    }

    static Pool settled(Pool pool) {
        assertThat(pool.allocate(1)).isEmpty();
        return pool.settled();
    }

    /// After an allocation all of which is declined until then.
    static Pool declined(Pool pool, Instant until) {
        var next = granted(pool);
        for (var grant : pool.allocate(1)) next = next.freed(grant).refused(grant, until);
        return next;
    }

    static SortedSet<Role> roles(Role... roles) {
        return new TreeSet<>(List.of(roles));
    }

    static Resources cpus(long units) {
        return Resources.of(Resource.scalar("cpus", units * 1000));
    }
}

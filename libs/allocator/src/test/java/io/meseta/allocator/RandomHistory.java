package io.meseta.allocator;

import io.meseta.allocator.constraint.AttributeConstraint;
import io.meseta.allocator.constraint.OfferConstraints;
import io.meseta.allocator.constraint.Place;
import io.meseta.allocator.rule.Sharing;
import io.meseta.model.AgentCapability;
import io.meseta.model.AgentId;
import io.meseta.model.FrameworkCapability;
import io.meseta.model.FrameworkId;
import io.meseta.model.Opaque;
import io.meseta.model.Reservation;
import io.meseta.model.Resource;
import io.meseta.model.ResourceKind;
import io.meseta.model.Resources;
import io.meseta.model.Role;
import io.meseta.model.Scalar;
import io.meseta.model.Weight;
import io.meseta.model.quota.Limits;
import io.meseta.model.quota.Quantities;
import io.meseta.model.quota.Quota;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;

/// Things that happen to a cluster, told to a pool and to the reference alike.
final class RandomHistory {

    private static final List<Role> ROLES =
            List.of(
                    Role.ANY,
                    new Role("a"),
                    new Role("a/b"),
                    new Role("a/b/c"),
                    new Role("a/d"),
                    new Role("e"));

    final ReferencePool reference = new ReferencePool();
    Pool pool = Pool.empty();
    private final SplittableRandom random;
    private final boolean hasQuotas;
    private Instant now = Instant.EPOCH;

    RandomHistory(long seed) {
        this(seed, false);
    }

    RandomHistory(long seed, boolean hasQuotas) {
        random = new SplittableRandom(seed);
        this.hasQuotas = hasQuotas;
    }

    void step() {
        if (hasQuotas && random.nextInt(10) == 0) {
            if (random.nextInt(3) == 0) share();
            else limit();
            return;
        }
        switch (random.nextInt(14)) {
            case 0, 1 -> changeAgent();
            case 2 -> removeAgent();
            case 3 -> activateAgent();
            case 4, 5 -> changeFramework();
            case 6 -> removeFramework();
            case 7 -> activateFramework();
            case 8 -> weigh();
            case 9 -> free();
            case 10, 11 -> decline();
            case 12 -> reviveOrSuppress();
            default -> letTimePass();
        }
    }

    /// Allocates and applies, as the pool's owner does.
    List<Grant> allocate(long seed) {
        var round = pool.round(seed);
        for (var grant : round.grants()) pool = pool.allocated(grant);
        pool = pool.settled(round.withheld());
        reference.held.addAll(round.grants());
        return round.grants();
    }

    /// Applies grants as their owner does.
    void apply(List<Grant> grants) {
        for (var grant : grants) pool = pool.allocated(grant);
        pool = pool.settled();
        reference.held.addAll(grants);
    }

    private void changeAgent() {
        var agent = agent();
        var before = reference.machines.get(agent);
        var total = total();
        var traits =
                new AgentTraits(
                        random.nextInt(8) == 0,
                        random.nextInt(8) == 0
                                ? EnumSet.of(AgentCapability.MULTI_ROLE)
                                : AgentTraits.LOCAL.capabilities(),
                        new Place(
                                "h" + random.nextInt(3),
                                Optional.empty(),
                                Collections.emptySortedMap()));
        boolean isActive = before == null || before.isActive();
        reference.machines.put(agent, new ReferencePool.Machine(total, traits, isActive));
        pool = pool.withAgent(agent, total, traits);
    }

    private void removeAgent() {
        var agent = agent();
        reference.machines.remove(agent);
        reference.held.removeIf(grant -> grant.agent().equals(agent));
        reference.refusals.removeIf(refusal -> refusal.grant().agent().equals(agent));
        pool = pool.withoutAgent(agent);
    }

    private void activateAgent() {
        var agent = agent();
        boolean active = random.nextBoolean();
        reference.machines.computeIfPresent(
                agent,
                (_, machine) ->
                        new ReferencePool.Machine(machine.total(), machine.traits(), active));
        pool = pool.withAgentActive(agent, active);
    }

    private void changeFramework() {
        var framework = framework();
        var roles = roles();
        var suppressed = new TreeSet<Role>();
        for (var role : roles) if (random.nextInt(6) == 0) suppressed.add(role);
        var traits =
                new FrameworkTraits(
                        roles, suppressed, capabilities(), new TreeMap<>(), constraints(roles));
        var before = reference.members.get(framework);
        if (before != null) {
            for (var role : before.traits().roles()) {
                boolean revives =
                        before.traits().suppressed().contains(role) && !suppressed.contains(role);
                if (revives || !roles.contains(role)) forgetRefusals(framework, role);
            }
        }
        reference.members.put(
                framework, new Demand.Member(traits, before == null || before.isActive()));
        pool = pool.withFramework(framework, traits);
    }

    private void removeFramework() {
        var framework = framework();
        reference.members.remove(framework);
        reference.held.removeIf(grant -> grant.framework().equals(framework));
        reference.refusals.removeIf(refusal -> refusal.grant().framework().equals(framework));
        pool = pool.withoutFramework(framework);
    }

    private void activateFramework() {
        var framework = framework();
        boolean active = random.nextInt(3) > 0;
        reference.members.computeIfPresent(
                framework, (_, member) -> new Demand.Member(member.traits(), active));
        if (!active) {
            reference.refusals.removeIf(refusal -> refusal.grant().framework().equals(framework));
        }
        pool = pool.withFrameworkActive(framework, active);
    }

    private void weigh() {
        var role = ROLES.get(random.nextInt(ROLES.size()));
        var weight = new Weight(1 + random.nextInt(4));
        reference.weights.put(role, weight);
        pool = pool.withWeight(role, weight);
    }

    private void limit() {
        var role = ROLES.get(random.nextInt(ROLES.size()));
        var guarantees = new TreeMap<String, Long>();
        var limits = new TreeMap<String, Long>();
        for (var name : List.of("cpus", "mem", "gpus")) {
            long unit = name.equals("mem") ? 200_000 : 500;
            long guarantee = random.nextInt(3) > 0 ? 0 : unit * random.nextInt(8);
            if (guarantee > 0) guarantees.put(name, guarantee);
            if (random.nextBoolean()) limits.put(name, guarantee + unit * random.nextInt(12));
        }
        var quota = new Quota(Quantities.of(guarantees), new Limits(limits));
        if (quota.isNone()) reference.quotas.remove(role);
        else reference.quotas.put(role, quota);
        pool = pool.withQuota(role, quota);
    }

    private void share() {
        var role = ROLES.get(random.nextInt(ROLES.size()));
        if (random.nextInt(4) == 0) {
            reference.sharings.remove(role);
            pool = pool.withoutSharing(role);
            return;
        }
        var sharing = new Sharing(random.nextInt(3) > 0);
        reference.sharings.put(role, sharing);
        pool = pool.withSharing(role, sharing);
    }

    private void free() {
        if (reference.held.isEmpty()) return;
        var grant = reference.held.remove(random.nextInt(reference.held.size()));
        var freed = grant;
        if (random.nextBoolean()) {
            // Only some of it: as when a task of several ends.
            var kept = grant.resources().filter(_ -> random.nextBoolean());
            var rest = grant.resources().minus(kept);
            if (!kept.isEmpty()) reference.held.add(with(grant, kept));
            freed = with(grant, rest);
        }
        pool = pool.freed(freed);
    }

    private void decline() {
        if (reference.held.isEmpty()) return;
        var grant = reference.held.remove(random.nextInt(reference.held.size()));
        var until = now.plusSeconds(1 + random.nextInt(20));
        var member = reference.members.get(grant.framework());
        if (member != null && member.isActive() && member.traits().roles().contains(grant.role())) {
            reference.refusals.add(new ReferencePool.Refusal(grant, until));
        }
        pool = pool.freed(grant).refused(grant, until);
    }

    private void reviveOrSuppress() {
        var framework = framework();
        var roles = roles();
        boolean revives = random.nextBoolean();
        reference.members.computeIfPresent(
                framework,
                (_, member) ->
                        new Demand.Member(
                                revives
                                        ? member.traits().reviving(roles)
                                        : member.traits().suppressing(roles),
                                member.isActive()));
        if (revives) roles.forEach(role -> forgetRefusals(framework, role));
        pool = revives ? pool.revived(framework, roles) : pool.suppressed(framework, roles);
    }

    private void letTimePass() {
        now = now.plusSeconds(random.nextInt(8));
        reference.refusals.removeIf(refusal -> !refusal.until().isAfter(now));
        pool = pool.elapsed(now);
    }

    private void forgetRefusals(FrameworkId framework, Role role) {
        reference.refusals.removeIf(
                refusal -> refusal.grant().claimant().equals(new Claimant(framework, role)));
    }

    private Resources total() {
        var total = new ArrayList<Resource>();
        total.add(Resource.scalar("cpus", 1000L * random.nextInt(9)));
        total.add(Resource.scalar("mem", 1000L * random.nextInt(3000)));
        total.add(Resource.scalar("gpus", random.nextInt(5) == 0 ? 1000 : 0));
        total.add(Resource.parse("ports:[31000-%d]".formatted(31000 + random.nextInt(9))));
        var dynamic = Reservation.ofDynamic(new Role("a/b"));
        for (var kind :
                List.of(
                        ResourceKind.plain("cpus").reserved(Reservation.ofStatic(new Role("a"))),
                        ResourceKind.plain("mem")
                                .reserved(Reservation.ofStatic(new Role("a")))
                                .reserved(dynamic),
                        ResourceKind.plain("mem").reserved(Reservation.ofStatic(new Role("e"))),
                        new ResourceKind(
                                "cpus",
                                List.of(),
                                Optional.empty(),
                                true,
                                false,
                                Optional.empty()))) {
            if (random.nextInt(3) == 0) {
                total.add(new Resource(kind, Scalar.ofUnits(1 + random.nextInt(100))));
            }
        }
        return Resources.of(total);
    }

    private Set<FrameworkCapability> capabilities() {
        var capabilities = EnumSet.noneOf(FrameworkCapability.class);
        for (var capability : FrameworkCapability.values()) {
            if (random.nextBoolean()) capabilities.add(capability);
        }
        return capabilities;
    }

    /// Now and then only one host will do.
    private OfferConstraints constraints(SortedSet<Role> roles) {
        var groups = new TreeMap<Role, List<OfferConstraints.Group>>();
        for (var role : roles) {
            if (random.nextInt(4) > 0) continue;
            var isThere =
                    new AttributeConstraint(
                            new AttributeConstraint.Selector.Hostname(),
                            new AttributeConstraint.Condition.TextEquals("h" + random.nextInt(3)));
            groups.put(role, List.of(new OfferConstraints.Group(List.of(isThere))));
        }
        return new OfferConstraints(groups, Opaque.EMPTY);
    }

    private SortedSet<Role> roles() {
        var roles = new TreeSet<Role>();
        roles.add(ROLES.get(random.nextInt(ROLES.size())));
        if (random.nextBoolean()) roles.add(ROLES.get(random.nextInt(ROLES.size())));
        return roles;
    }

    private AgentId agent() {
        return new AgentId("s" + random.nextInt(6));
    }

    private FrameworkId framework() {
        return new FrameworkId("f" + random.nextInt(6));
    }

    private static Grant with(Grant grant, Resources resources) {
        return new Grant(grant.agent(), grant.framework(), grant.role(), resources);
    }
}

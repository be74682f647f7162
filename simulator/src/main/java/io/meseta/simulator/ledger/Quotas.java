package io.meseta.simulator.ledger;

import static io.meseta.simulator.world.BrokenPromise.unless;

import io.meseta.allocator.FrameworkTraits;
import io.meseta.allocator.Grant;
import io.meseta.allocator.rule.Sharing;
import io.meseta.master.core.agent.Agent;
import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.core.task.Task;
import io.meseta.model.Resource;
import io.meseta.model.Resources;
import io.meseta.model.Role;
import io.meseta.model.quota.Quota;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// Whether new offers keep to what quota says, added up from tasks, offers and reservations alone.
final class Quotas {

    private static final Resources LITTLE = Resources.parse("cpus:0.01");

    private final Cluster cluster;

    /// Of each name what roles consume, those below them included.
    private final Map<Role, Map<String, Long>> consumed = new TreeMap<>();

    /// What nobody has on agents that can be spoken to.
    private final Map<String, Long> spare = new TreeMap<>();

    private Quotas(Cluster cluster) {
        this.cluster = cluster;
        for (var agent : cluster.agents().values()) if (!agent.isUnreachable()) add(agent);
    }

    /// @param given what has been offered, or held for gangs, in the batch that led to this state.
    ///   What is held is offered later, however much its role has by then
    static void check(Cluster cluster, Collection<Grant> given) {
        var roles = cluster.roles().quotas();
        if (given.isEmpty() || roles.values().stream().allMatch(Quota::isNone)) return;
        var quotas = new Quotas(cluster);
        for (var grant : given) quotas.checkLimits(grant);
        for (var grant : given) quotas.checkHeadroom(grant);
    }

    /// Nobody could be given anything that is free: what is guaranteed, and can be had, has been
    /// offered.
    static void checkNothingIsLeft(Cluster cluster) {
        for (var framework : cluster.frameworks().values()) {
            if (!framework.isConnected()) continue;
            for (var role : framework.profile().roles()) {
                var fitting = cluster.pool().explain(framework.id(), role, LITTLE).fitting();
                // What is kept for somebody it is offered as soon as it is enough, and not before.
                fitting.removeIf(agent -> cluster.offers().keeps().on(agent).isPresent());
                unless(
                        fitting.isEmpty(),
                        "%s could have something of %s as %s, and was not offered it"
                                .formatted(framework.id(), fitting, role));
            }
        }
    }

    private void add(Agent agent) {
        var held = Resources.EMPTY;
        for (var task : cluster.tasks().on(agent.id()).filter(Task::holdsResources).toList()) {
            consume(task.spec().role(), task.spec().resources());
            held = held.plus(firm(task.spec().resources()));
        }
        for (var executor : cluster.tasks().executors().on(agent.id()).toList()) {
            consume(executor.role(), executor.spec().resources());
            held = held.plus(firm(executor.spec().resources()));
        }
        for (var offer : cluster.offers().countedOn(agent.id())) {
            consume(offer.grant().role(), offer.grant().resources());
            held = held.plus(firm(offer.grant().resources()));
        }
        for (var gathering : cluster.offers().gangs().all())
            for (var grant : gathering.held().values())
                if (grant.agent().equals(agent.id())) {
                    consume(grant.role(), grant.resources());
                    held = held.plus(firm(grant.resources()));
                }
        var total = agent.profile().resources();
        for (var each : total.stream().toList())
            each.kind().reservedRole().ifPresent(role -> count(role, Resources.of(each)));
        if (!agent.isLinked()) return;
        firm(total)
                .without(held)
                .scalarTotals()
                .forEach((name, amount) -> spare.merge(name, amount, Long::sum));
    }

    private void consume(Role role, Resources resources) {
        count(role, firm(resources));
    }

    private void count(Role role, Resources resources) {
        for (var quota : cluster.roles().quotas().keySet()) {
            if (!isIn(role, quota)) continue;
            var sums = consumed.computeIfAbsent(quota, _ -> new TreeMap<>());
            resources.scalarTotals().forEach((name, amount) -> sums.merge(name, amount, Long::sum));
        }
    }

    private void checkLimits(Grant grant) {
        for (var entry : cluster.roles().quotas().entrySet()) {
            if (!isIn(grant.role(), entry.getKey())) continue;
            var limits = entry.getValue().limits().amounts();
            for (var name : names(grant)) {
                var limit = limits.get(name);
                if (limit == null) continue;
                long has = consumed(entry.getKey(), name);
                unless(
                        has <= limit,
                        "%s was offered, and %s has %d of %s where %d is its limit"
                                .formatted(grant, entry.getKey(), has, name, limit));
            }
        }
    }

    /// Where less is free than must be, whoever was offered some of it must have been owed it.
    private void checkHeadroom(Grant grant) {
        for (var name : names(grant)) {
            long required = required(name);
            if (required == 0 || spare.getOrDefault(name, 0L) >= required) continue;
            boolean wasOwed =
                    cluster.roles().quotas().entrySet().stream()
                            .filter(each -> isIn(grant.role(), each.getKey()))
                            .anyMatch(each ->
                                    consumed(each.getKey(), name)
                                            <= each.getValue().guarantees().amount(name));
            unless(
                    wasOwed,
                    "%s was offered, and only %d of %s is free where %d is guaranteed to others"
                            .formatted(grant, spare.getOrDefault(name, 0L), name, required));
        }
    }

    /// Where a role lends, nothing is offered to others of what it wants back, and nothing that was
    /// offered before stays with them.
    static void checkNothingIsKept(Cluster cluster) {
        var roles = cluster.roles();
        if (roles.sharings().values().stream().noneMatch(Sharing::lends)) return;
        var quotas = new Quotas(cluster);
        for (var offer : cluster.offers().counted().toList()) {
            for (var name : names(offer.grant())) {
                long lacking = quotas.required(name) - quotas.spare.getOrDefault(name, 0L);
                if (lacking <= 0) continue;
                boolean mayBeOwed =
                        roles.quotas().entrySet().stream()
                                .filter(each -> isIn(offer.grant().role(), each.getKey()))
                                .anyMatch(each ->
                                        quotas.hasNoMore(each.getKey(), each.getValue(), name));
                unless(
                        mayBeOwed,
                        "%s is left, and %d of %s is wanted back by those who lent it"
                                .formatted(offer, lacking, name));
            }
        }
    }

    /// Whether all that the role has of the name is what it is guaranteed.
    private boolean hasNoMore(Role role, Quota quota, String name) {
        long guaranteed = quota.guarantees().amount(name);
        return guaranteed > 0 && consumed(role, name) <= guaranteed;
    }

    private long required(String name) {
        long required = 0;
        for (var role : cluster.roles().quotas().keySet())
            if (nearestAbove(role).isEmpty()) required += required(role, name);
        return required;
    }

    /// What is guaranteed below is part of what is guaranteed above; a role that lends keeps
    /// nothing for itself while nobody asks.
    private long required(Role role, String name) {
        long below = 0;
        for (var other : cluster.roles().quotas().keySet())
            if (nearestAbove(other).filter(role::equals).isPresent())
                below += required(other, name);
        if (lendsNow(role)) return below;
        var guarantees = cluster.roles().quota(role).orElse(Quota.NONE).guarantees();
        return Math.max(below, guarantees.amount(name) - consumed(role, name));
    }

    private Optional<Role> nearestAbove(Role role) {
        return role.ancestors().stream()
                .filter(each -> cluster.roles().quotas().containsKey(each))
                .findFirst();
    }

    private boolean lendsNow(Role role) {
        if (!cluster.roles().sharing(role).lends()) return false;
        for (var framework : cluster.frameworks().values()) {
            if (!framework.isConnected()) continue;
            var suppressed =
                    cluster.pool()
                            .traits(framework.id())
                            .map(FrameworkTraits::suppressed)
                            .orElseThrow();
            var wanted = new ArrayList<Role>();
            for (var want : cluster.pool().wants(framework.id())) wanted.add(want.role());
            // One that waits asks for nothing meanwhile.
            for (var gathering : cluster.offers().gangs().of(framework.id()))
                if (gathering.pausedUntil().isEmpty()) wanted.add(gathering.id().role());
            for (var each : framework.profile().roles()) {
                boolean isAsking = !suppressed.contains(each) || wanted.contains(each);
                if (isAsking && isIn(each, role)) return false;
            }
        }
        return true;
    }

    private long consumed(Role role, String name) {
        return consumed.getOrDefault(role, Map.of()).getOrDefault(name, 0L);
    }

    private static List<String> names(Grant grant) {
        return List.copyOf(new TreeSet<>(firm(grant.resources()).scalarTotals().keySet()));
    }

    private static boolean isIn(Role role, Role above) {
        return above.equals(role) || above.isAncestorOf(role);
    }

    private static Resources firm(Resources resources) {
        return resources.filter(Quotas::isFirm);
    }

    private static boolean isFirm(Resource resource) {
        return !resource.kind().isReserved() && !resource.kind().revocable();
    }
}

package io.meseta.master.core.cluster;

import io.meseta.master.core.agent.Agent;
import io.meseta.master.core.cluster.Event.OfRole;
import io.meseta.master.core.framework.Framework;
import io.meseta.master.core.offer.Offer;
import io.meseta.master.core.role.QuotaProblem;
import io.meseta.master.core.role.QuotaProblem.LimitPassed;
import io.meseta.master.core.role.QuotaProblem.Overcommitted;
import io.meseta.master.core.role.QuotaProblem.QuotaAbsent;
import io.meseta.master.core.role.QuotaProblem.QuotaPresent;
import io.meseta.master.core.role.QuotaTree;
import io.meseta.master.core.role.RoleEvent.QuotaRemoved;
import io.meseta.master.core.role.RoleEvent.QuotasUpdated;
import io.meseta.master.core.role.Roles;
import io.meseta.model.OfferId;
import io.meseta.model.Role;
import io.meseta.model.quota.Quantities;
import io.meseta.model.quota.Quota;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Roles get other quotas.
///
/// What is offered may be more than a new limit allows, or what a new guarantee promises; so some
/// of it is taken back. What runs stays.
final class QuotaChanges {

    private final Cluster cluster;
    private final Moment moment;

    /// Taken back so far.
    private final Map<OfferId, Offer> rescinded = new LinkedHashMap<>();

    QuotaChanges(Cluster cluster, Moment moment) {
        this.cluster = cluster;
        this.moment = moment;
    }

    Decision update(SortedMap<Role, Quota> quotas, boolean isForced) {
        var next = new TreeMap<Role, Quota>(cluster.roles().quotas());
        next.putAll(quotas);
        var usage = RoleUsage.of(cluster);
        var problem =
                Optional.<QuotaProblem>empty()
                        .or(() -> isForced ? Optional.empty() : passed(quotas, usage))
                        .or(() -> new QuotaTree(next).problem())
                        .or(() -> isForced ? Optional.empty() : overcommitted(next));
        if (problem.isPresent()) return refused(problem.get());
        if (next.size() > Roles.EACH_MAX) return tooMany();
        for (var entry : quotas.entrySet()) enforce(entry.getKey(), entry.getValue(), usage);
        return changed(quotas);
    }

    Decision set(Role role, Quantities guarantees, boolean isForced) {
        if (cluster.roles().quota(role).isPresent()) return refused(new QuotaPresent(role));
        var quota = Quota.exactly(guarantees);
        var next = new TreeMap<Role, Quota>(cluster.roles().quotas());
        next.put(role, quota);
        var problem =
                new QuotaTree(next)
                        .problem()
                        .or(() -> isForced ? Optional.empty() : overcommitted(next));
        if (problem.isPresent()) return refused(problem.get());
        if (next.size() > Roles.EACH_MAX) return tooMany();
        makeRoom(role, guarantees);
        return changed(new TreeMap<>(Map.of(role, quota)));
    }

    Decision remove(Role role) {
        if (cluster.roles().quota(role).isEmpty()) return refused(new QuotaAbsent(role));
        var problem = new QuotaTree(cluster.roles().quotas().minus(role)).problem();
        if (problem.isPresent()) return refused(problem.get());
        return Decisions.accepted(List.of(new OfRole(new QuotaRemoved(role, moment.at()))));
    }

    private Decision changed(SortedMap<Role, Quota> quotas) {
        if (quotas.isEmpty()) return Decisions.accepted(List.of());
        var events = new ArrayList<Event>();
        events.add(new OfRole(new QuotasUpdated(quotas, moment.at())));
        events.addAll(Withdrawal.rescind(List.copyOf(rescinded.values())));
        return Decisions.accepted(events);
    }

    private static Optional<QuotaProblem> passed(SortedMap<Role, Quota> quotas, RoleUsage usage) {
        for (var entry : quotas.entrySet()) {
            var consumed = usage.of(entry.getKey()).consumed();
            var limits = entry.getValue().limits();
            if (!limits.contains(consumed))
                return Optional.of(new LimitPassed(entry.getKey(), consumed, limits));
        }
        return Optional.empty();
    }

    private Optional<QuotaProblem> overcommitted(Map<Role, Quota> quotas) {
        var guarantees = new QuotaTree(quotas).guarantees();
        var capacity = cluster.pool().capacity();
        return capacity.contains(guarantees)
                ? Optional.empty()
                : Optional.of(new Overcommitted(guarantees, capacity));
    }

    /// Takes back offers of the role until its limits hold, then offers of others until the role
    /// could have what it is guaranteed. What is free anyway is not counted upon: it may be nothing
    /// that the role's frameworks can use.
    private void enforce(Role role, Quota quota, RoleUsage usage) {
        var had = usage.of(role).consumed().plus(usage.of(role).offered());
        for (var framework : cluster.frameworks().keySet()) {
            for (var offer : cluster.offers().of(framework)) {
                if (quota.limits().contains(had)) break;
                if (isOf(role, offer) && rescind(offer)) had = had.minus(amount(offer));
            }
        }
        for (var agent : cluster.agents().values()) {
            for (var offer : cluster.offers().on(agent.id())) {
                if (had.contains(quota.guarantees())) return;
                if (!isOf(role, offer) && rescind(offer)) had = had.plus(amount(offer));
            }
        }
    }

    /// Takes back whole agents, so many that each framework of the role can be offered one, and as
    /// much as is guaranteed.
    private void makeRoom(Role role, Quantities guarantees) {
        long listening =
                cluster.frameworks().values().stream()
                        .filter(Framework::isConnected)
                        .filter(framework -> framework.profile().roles().contains(role))
                        .count();
        var freed = Quantities.NONE;
        long visited = 0;
        for (var agent : linked()) {
            if (visited >= listening && freed.contains(guarantees)) return;
            var offers = cluster.offers().on(agent.id());
            if (!offers.isEmpty()) visited++;
            for (var offer : offers) if (rescind(offer)) freed = freed.plus(amount(offer));
        }
    }

    private List<Agent> linked() {
        return cluster.agents().values().stream().filter(Agent::isLinked).toList();
    }

    /// False if it was taken back already.
    private boolean rescind(Offer offer) {
        return rescinded.putIfAbsent(offer.id(), offer) == null;
    }

    private static boolean isOf(Role role, Offer offer) {
        var holder = offer.grant().role();
        return role.equals(holder) || role.isAncestorOf(holder);
    }

    private static Quantities amount(Offer offer) {
        return Quantities.counting(offer.grant().resources());
    }

    private static Decision refused(QuotaProblem problem) {
        return Decisions.refused(new Refusal.QuotaRefused(problem));
    }

    private static Decision tooMany() {
        return Decisions.refused(new Refusal.TooMuch("roles with a quota", Roles.EACH_MAX));
    }
}

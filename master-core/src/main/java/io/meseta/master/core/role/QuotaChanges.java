package io.meseta.master.core.role;

import io.meseta.master.core.agent.Agent;
import io.meseta.master.core.framework.Framework;
import io.meseta.master.core.offer.Offer;
import io.meseta.master.core.role.QuotaProblem.LimitPassed;
import io.meseta.master.core.role.QuotaProblem.Overcommitted;
import io.meseta.master.core.role.QuotaProblem.QuotaAbsent;
import io.meseta.master.core.role.QuotaProblem.QuotaPresent;
import io.meseta.master.core.role.RoleChange.Impossible;
import io.meseta.master.core.role.RoleChange.Made;
import io.meseta.master.core.role.RoleChange.TooMany;
import io.meseta.master.core.role.RoleEvent.QuotaRemoved;
import io.meseta.master.core.role.RoleEvent.QuotasUpdated;
import io.meseta.model.OfferId;
import io.meseta.model.Role;
import io.meseta.model.quota.Quantities;
import io.meseta.model.quota.Quota;
import java.time.Instant;
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
public final class QuotaChanges {

    private final RolePremises premises;
    private final Instant now;

    /// Taken back so far.
    private final Map<OfferId, Offer> rescinded = new LinkedHashMap<>();

    public QuotaChanges(RolePremises premises, Instant now) {
        this.premises = premises;
        this.now = now;
    }

    public RoleChange update(SortedMap<Role, Quota> quotas, boolean isForced) {
        var next = new TreeMap<Role, Quota>(premises.roles().quotas());
        next.putAll(quotas);
        var usage = RoleUsage.of(premises);
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

    public RoleChange set(Role role, Quantities guarantees, boolean isForced) {
        if (premises.roles().quota(role).isPresent()) return refused(new QuotaPresent(role));
        var quota = Quota.exactly(guarantees);
        var next = new TreeMap<Role, Quota>(premises.roles().quotas());
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

    public RoleChange remove(Role role) {
        if (premises.roles().quota(role).isEmpty()) return refused(new QuotaAbsent(role));
        var problem = new QuotaTree(premises.roles().quotas().minus(role)).problem();
        if (problem.isPresent()) return refused(problem.get());
        return new Made(List.of(new QuotaRemoved(role, now)), List.of());
    }

    private RoleChange changed(SortedMap<Role, Quota> quotas) {
        if (quotas.isEmpty()) return new Made(List.of(), List.of());
        return new Made(List.of(new QuotasUpdated(quotas, now)), List.copyOf(rescinded.values()));
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
        var capacity = premises.pool().capacity();
        return capacity.contains(guarantees)
                ? Optional.empty()
                : Optional.of(new Overcommitted(guarantees, capacity));
    }

    /// Takes back offers of the role until its limits hold, then offers of others until the role
    /// could have what it is guaranteed. What is free anyway is not counted upon: it may be nothing
    /// that the role's frameworks can use.
    private void enforce(Role role, Quota quota, RoleUsage usage) {
        var had = usage.of(role).consumed().plus(usage.of(role).offered());
        for (var framework : premises.frameworks().keySet()) {
            for (var offer : premises.offers().of(framework)) {
                if (quota.limits().contains(had)) break;
                if (offer.isCopy()) continue;
                if (isOf(role, offer) && rescind(offer)) had = had.minus(amount(offer));
            }
        }
        for (var agent : premises.agents().values()) {
            for (var offer : premises.offers().countedOn(agent.id())) {
                if (had.contains(quota.guarantees())) return;
                if (!isOf(role, offer) && rescind(offer)) had = had.plus(amount(offer));
            }
        }
    }

    /// Takes back whole agents, so many that each framework of the role can be offered one, and as
    /// much as is guaranteed.
    private void makeRoom(Role role, Quantities guarantees) {
        long listening =
                premises.frameworks().values().stream()
                        .filter(Framework::isConnected)
                        .filter(framework -> framework.profile().roles().contains(role))
                        .count();
        var freed = Quantities.NONE;
        long visited = 0;
        for (var agent : linked()) {
            if (visited >= listening && freed.contains(guarantees)) return;
            var offers = premises.offers().countedOn(agent.id());
            if (!offers.isEmpty()) visited++;
            for (var offer : offers) if (rescind(offer)) freed = freed.plus(amount(offer));
        }
    }

    private List<Agent> linked() {
        return premises.agents().values().stream().filter(Agent::isLinked).toList();
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

    private static RoleChange refused(QuotaProblem problem) {
        return new Impossible(problem);
    }

    private static RoleChange tooMany() {
        return new TooMany("roles with a quota", Roles.EACH_MAX);
    }
}

package io.meseta.master.core.role;

import io.meseta.allocator.rule.Sharing;
import io.meseta.model.Role;
import io.meseta.model.Weight;
import io.meseta.model.quota.Quota;
import java.util.Map;
import java.util.Optional;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/// The roles that somebody has given a weight, a quota or a way to share.
public record Roles(
        PSortedMap<Role, Weight> weights,
        PSortedMap<Role, Quota> quotas,
        PSortedMap<Role, Sharing> sharings) {

    private static final Roles NONE =
            new Roles(TreePMap.empty(), TreePMap.empty(), TreePMap.empty());

    /// No more roles than this may have any one of these: each costs the allocator time.
    public static final int EACH_MAX = 10_000;

    public static Roles none() {
        return NONE;
    }

    public static Roles of(Map<Role, Weight> weights, Map<Role, Quota> quotas) {
        return of(weights, quotas, Map.of());
    }

    public static Roles of(
            Map<Role, Weight> weights, Map<Role, Quota> quotas, Map<Role, Sharing> sharings) {
        return new Roles(TreePMap.from(weights), TreePMap.from(quotas), TreePMap.from(sharings));
    }

    public Weight weight(Role role) {
        return weights.getOrDefault(role, Weight.DEFAULT);
    }

    /// The role's own; empty if it was never given one, or if it was removed.
    public Optional<Quota> quota(Role role) {
        return Optional.ofNullable(quotas.get(role));
    }

    /// How the role shares: as was said of itself, or of the nearest role above.
    public Sharing sharing(Role role) {
        var own = sharings.get(role);
        if (own != null) return own;
        for (var above : role.ancestors()) {
            var its = sharings.get(above);
            if (its != null) return its;
        }
        return Sharing.NONE;
    }

    /// Whether tasks may have to end for any role.
    public boolean havePreemption() {
        return sharings.values().stream().anyMatch(Sharing::preempts);
    }

    /// Whether the same may be offered to several in any role.
    public boolean haveOptimism() {
        for (var each : sharings.values()) if (each.isOptimistic()) return true;
        return false;
    }

    public Roles after(RoleEvent event) {
        return switch (event) {
            case RoleEvent.WeightsUpdated(var changed, _) ->
                    new Roles(weights.plusAll(changed), quotas, sharings);
            case RoleEvent.QuotasUpdated(var changed, _) ->
                    new Roles(weights, quotas.plusAll(changed), sharings);
            case RoleEvent.QuotaRemoved(var role, _) ->
                    new Roles(weights, quotas.minus(role), sharings);
            case RoleEvent.SharingSet(var role, var sharing, _) ->
                    new Roles(weights, quotas, sharings.plus(role, sharing));
            case RoleEvent.SharingRemoved(var role, _) ->
                    new Roles(weights, quotas, sharings.minus(role));
        };
    }
}

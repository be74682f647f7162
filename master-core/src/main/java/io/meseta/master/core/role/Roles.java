package io.meseta.master.core.role;

import io.meseta.model.Role;
import io.meseta.model.Weight;
import io.meseta.model.quota.Quota;
import java.util.Map;
import java.util.Optional;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/// The roles that somebody has given a weight or a quota.
public record Roles(PSortedMap<Role, Weight> weights, PSortedMap<Role, Quota> quotas) {

    private static final Roles NONE = new Roles(TreePMap.empty(), TreePMap.empty());

    /// No more roles than this may have a weight or a quota: each costs the allocator time.
    public static final int EACH_MAX = 10_000;

    public static Roles none() {
        return NONE;
    }

    public static Roles of(Map<Role, Weight> weights, Map<Role, Quota> quotas) {
        return new Roles(TreePMap.from(weights), TreePMap.from(quotas));
    }

    public Weight weight(Role role) {
        return weights.getOrDefault(role, Weight.DEFAULT);
    }

    /// The role's own; empty if it was never given one, or if it was removed.
    public Optional<Quota> quota(Role role) {
        return Optional.ofNullable(quotas.get(role));
    }

    public Roles after(RoleEvent event) {
        return switch (event) {
            case RoleEvent.WeightsUpdated(var changed, _) ->
                    new Roles(weights.plusAll(changed), quotas);
            case RoleEvent.QuotasUpdated(var changed, _) ->
                    new Roles(weights, quotas.plusAll(changed));
            case RoleEvent.QuotaRemoved(var role, _) -> new Roles(weights, quotas.minus(role));
        };
    }
}

package io.meseta.master.records;

import io.meseta.master.core.role.RoleUsage;
import io.meseta.master.core.role.Roles;
import io.meseta.model.Role;
import io.meseta.model.quota.Quota;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;

/// A role that somebody is in, or that something was said of, and what it has with its sub-roles.
///
/// @param quota what it is guaranteed and may have at most, by resource; empty where nothing was
///   said
/// @param offered to frameworks that have not answered yet
/// @param reserved for it, in use or not
@Schema(name = "Role")
record RoleRecord(
        String name,
        double weight,
        QuotaAmounts quota,
        SharingTerms sharing,
        Map<String, Double> allocated,
        Map<String, Double> offered,
        Map<String, Double> reserved) {

    private static final double PER_UNIT = 1_000;

    /// @param consumed of the quota: what is reserved for the role, and what it uses besides
    @Schema(name = "RoleQuota")
    record QuotaAmounts(
            Map<String, Double> guarantees,
            Map<String, Double> limits,
            Map<String, Double> consumed) {}

    /// As it holds for the role, whichever role above it was said of.
    ///
    /// @param lends whether others may have what the role is guaranteed while nobody asks for it
    /// @param priority of its tasks and of its demands, from -1000 to 1000
    /// @param preempts whether tasks of others may have to end for it
    /// @param optimistic whether what it is offered is offered to others beside it
    @Schema(name = "RoleSharing")
    record SharingTerms(boolean lends, int priority, boolean preempts, boolean optimistic) {}

    static RoleRecord of(Role role, Roles roles, RoleUsage usage) {
        var quota = roles.quota(role).orElse(Quota.NONE);
        var sharing = roles.sharing(role);
        var figures = usage.of(role);
        return new RoleRecord(
                role.name(),
                roles.weight(role).value(),
                new QuotaAmounts(
                        units(quota.guarantees().byName()),
                        units(quota.limits().amounts()),
                        units(figures.consumed().byName())),
                new SharingTerms(
                        sharing.lends(),
                        sharing.priority().value(),
                        sharing.preempts(),
                        sharing.isOptimistic()),
                units(figures.allocated().byName()),
                units(figures.offered().byName()),
                units(figures.reserved().byName()));
    }

    private static Map<String, Double> units(SortedMap<String, Long> thousandths) {
        var units = new LinkedHashMap<String, Double>();
        thousandths.forEach((name, amount) -> units.put(name, amount / PER_UNIT));
        return units;
    }
}

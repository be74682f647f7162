package io.meseta.master.metrics;

import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.core.role.RoleUsage;
import io.meseta.model.Role;
import io.meseta.model.quota.Quantities;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// What the allocator has to share, how far quota goes, and who wants nothing of it.
final class AllocatorFigures {

    private static final String PREFIX = "allocator/mesos/";
    private static final double PER_UNIT = 1_000;
    private static final List<String> SCALARS = List.of("cpus", "mem", "disk");

    private AllocatorFigures() {}

    static void add(Cluster cluster, Map<String, Double> figures) {
        var pool = cluster.pool();
        var total = pool.capacity();
        var given = Quantities.NONE;
        for (var grant : pool.allocations().toList())
            given = given.plus(Quantities.of(grant.resources()));
        for (var name : SCALARS) {
            put(figures, "resources/" + name + "/total", total.amount(name));
            put(figures, "resources/" + name + "/offered_or_allocated", given.amount(name));
        }
        var usage = cluster.roleUsage();
        for (var role : usage.roles()) quota(cluster, usage, role, figures);
        var joined = new TreeSet<Role>();
        for (var framework : cluster.frameworks().values())
            joined.addAll(framework.profile().roles());
        for (var role : joined) {
            figures.put(PREFIX + "roles/" + role + "/shares/dominant", pool.share(role));
            figures.put(
                    PREFIX + "offer_filters/roles/" + role + "/active",
                    (double) pool.filters(role));
        }
    }

    private static void quota(
            Cluster cluster, RoleUsage usage, Role role, Map<String, Double> figures) {
        var prefix = "quota/roles/" + role + "/resources/";
        var has = usage.of(role);
        has.consumed()
                .byName()
                .forEach((name, amount) -> put(figures, prefix + name + "/consumed", amount));
        var quota = cluster.roles().quota(role);
        if (quota.isEmpty()) return;
        var guarantees = quota.get().guarantees().byName();
        var limits = quota.get().limits().amounts();
        guarantees.forEach((name, amount) -> put(figures, prefix + name + "/guarantee", amount));
        limits.forEach((name, amount) -> put(figures, prefix + name + "/limit", amount));
        var names = new TreeSet<>(guarantees.keySet());
        names.addAll(limits.keySet());
        for (var name : names)
            put(figures, prefix + name + "/offered_or_allocated", has.held().amount(name));
    }

    private static void put(Map<String, Double> figures, String name, long thousandths) {
        figures.put(PREFIX + name, thousandths / PER_UNIT);
    }
}

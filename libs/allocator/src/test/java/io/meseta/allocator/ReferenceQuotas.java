package io.meseta.allocator;

import io.meseta.model.Resource;
import io.meseta.model.Resources;
import io.meseta.model.Role;
import io.meseta.model.Scalar;
import io.meseta.model.quota.Quota;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/// What quota allows, as one would work it out by hand: everything is summed up for each question.
final class ReferenceQuotas {

    private final ReferencePool pool;
    private final List<Grant> grants;

    /// @param grants what was granted beside what the pool says is held
    ReferenceQuotas(ReferencePool pool, List<Grant> grants) {
        this.pool = pool;
        this.grants = grants;
    }

    boolean isOwing() {
        return !required().isEmpty();
    }

    long consumed(Role role, String name) {
        long sum = 0;
        for (var machine : pool.machines.values()) {
            sum +=
                    sum(
                            machine.total(),
                            name,
                            each ->
                                    each.kind().isReserved()
                                            && !each.kind().revocable()
                                            && isWithin(
                                                    each.kind().reservedRole().orElseThrow(),
                                                    role));
        }
        for (var grant : all()) {
            if (isWithin(grant.role(), role)) {
                sum += sum(grant.resources(), name, ReferenceQuotas::counts);
            }
        }
        return sum;
    }

    /// What must be kept free.
    SortedMap<String, Long> required() {
        var sums = new TreeMap<String, Long>();
        for (var role : pool.quotas.keySet()) {
            if (above(role).isPresent()) continue;
            required(role).forEach((name, amount) -> sums.merge(name, amount, Long::sum));
        }
        return sums;
    }

    private SortedMap<String, Long> required(Role role) {
        var quota = pool.quotas.getOrDefault(role, Quota.NONE);
        var below = new TreeMap<String, Long>();
        for (var other : pool.quotas.keySet()) {
            if (!above(other).equals(Optional.of(role))) continue;
            required(other).forEach((name, amount) -> below.merge(name, amount, Long::sum));
        }
        var required = new TreeMap<>(below);
        if (pool.lendsNow(role)) return required;
        quota.guarantees()
                .byName()
                .forEach((name, amount) -> {
                    long lacking = amount - consumed(role, name);
                    if (lacking > 0) required.merge(name, lacking, Math::max);
                });
        return required;
    }

    long spare(String name) {
        long sum = 0;
        for (var machine : pool.machines.entrySet()) {
            if (!machine.getValue().isActive()) continue;
            sum += sum(pool.free(machine.getKey(), grants), name, ReferenceQuotas::counts);
        }
        return sum;
    }

    /// What a claimant of the role may take, towards what it is owed or as anyone may.
    Resources allowed(Role role, Resources wanted, boolean forGuarantees) {
        if (pool.quotas.isEmpty()) return wanted;
        var owed = owed(role);
        if (forGuarantees) {
            boolean isHere =
                    owed.keySet().stream()
                            .anyMatch(name -> sum(wanted, name, ReferenceQuotas::counts) > 0);
            if (!isHere) return Resources.EMPTY;
        }
        return clipped(
                wanted,
                name -> {
                    boolean isOwed = forGuarantees && owed.containsKey(name);
                    long free = isOwed ? owed.getOrDefault(name, 0L) : surplus(name);
                    return Math.min(free, left(role, name));
                });
    }

    private long surplus(String name) {
        var required = required().get(name);
        return required == null ? Long.MAX_VALUE : Math.max(0, spare(name) - required);
    }

    private long left(Role role, String name) {
        long left = Long.MAX_VALUE;
        for (var quota : pool.quotas.entrySet()) {
            if (!isWithin(role, quota.getKey())) continue;
            var limit = quota.getValue().limits().amounts().get(name);
            if (limit == null) continue;
            left = Math.min(left, Math.max(0, limit - consumed(quota.getKey(), name)));
        }
        return left;
    }

    /// What the topmost role must still get, less what others below it must.
    private SortedMap<String, Long> owed(Role role) {
        var path = new ArrayList<Role>();
        for (var quota : pool.quotas.keySet()) if (isWithin(role, quota)) path.add(quota);
        var owed = new TreeMap<String, Long>();
        if (path.isEmpty()) return owed;
        owed.putAll(required(path.getFirst()));
        for (var other : pool.quotas.keySet()) {
            var above = above(other);
            if (path.contains(other) || above.isEmpty() || !path.contains(above.get())) continue;
            required(other).forEach((name, amount) -> owed.merge(name, -amount, Long::sum));
        }
        owed.values().removeIf(amount -> amount <= 0);
        return owed;
    }

    private Optional<Role> above(Role role) {
        return role.ancestors().stream().filter(each -> pool.quotas.containsKey(each)).findFirst();
    }

    private static Resources clipped(Resources wanted, ToLongFunction<String> most) {
        Map<String, Long> left = new TreeMap<>();
        var parts = new ArrayList<Resource>();
        boolean isAll =
                wanted.stream()
                        .map(each -> each.kind().name())
                        .allMatch(name ->
                                sum(wanted, name, ReferenceQuotas::counts)
                                        <= most.applyAsLong(name));
        if (isAll) return wanted;
        wanted.stream()
                .forEach(each -> {
                    if (!counts(each) || !(each.amount() instanceof Scalar(long amount))) {
                        parts.add(each);
                        return;
                    }
                    var name = each.kind().name();
                    long room = left.computeIfAbsent(name, most::applyAsLong);
                    long part = Math.min(amount, room);
                    if (name.equals("gpus")) part -= part % 1000;
                    left.put(name, room - part);
                    parts.add(new Resource(each.kind(), new Scalar(part)));
                });
        return Resources.of(parts);
    }

    private List<Grant> all() {
        var all = new ArrayList<>(pool.held);
        all.addAll(grants);
        return all;
    }

    private static boolean isWithin(Role role, Role above) {
        return above.equals(role) || above.isAncestorOf(role);
    }

    private static boolean counts(Resource resource) {
        return !resource.kind().isReserved() && !resource.kind().revocable();
    }

    private static long sum(Resources resources, String name, Predicate<Resource> counts) {
        return resources.filter(counts).scalar(name);
    }
}

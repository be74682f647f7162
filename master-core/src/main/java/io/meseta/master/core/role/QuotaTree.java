package io.meseta.master.core.role;

import io.meseta.master.core.role.QuotaProblem.GuaranteesPassed;
import io.meseta.master.core.role.QuotaProblem.LimitsPassed;
import io.meseta.model.Role;
import io.meseta.model.quota.Quantities;
import io.meseta.model.quota.Quota;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// All quotas together. What roles are promised must be within what the role above them is
/// promised, and none may be allowed more than those above it.
public final class QuotaTree {

    /// Also every role above one that has a quota.
    private final NavigableMap<Role, Quota> quotas;

    public QuotaTree(Map<Role, Quota> given) {
        var all = new TreeMap<>(given);
        for (var role : given.keySet())
            for (var above : role.ancestors()) all.putIfAbsent(above, Quota.NONE);
        quotas = Collections.unmodifiableNavigableMap(all);
    }

    /// What is wrong with it, farther down first; empty if nothing is.
    public Optional<QuotaProblem> problem() {
        var below = new TreeMap<Role, Quantities>();
        // Backwards, roles come before those above them.
        for (var entry : quotas.descendingMap().entrySet()) {
            var role = entry.getKey();
            var quota = entry.getValue();
            var problem = problem(role, quota, below.getOrDefault(role, Quantities.NONE));
            if (problem.isPresent()) return problem;
            role.parent()
                    .ifPresent(above -> below.merge(above, quota.guarantees(), Quantities::plus));
        }
        return Optional.empty();
    }

    private Optional<QuotaProblem> problem(Role role, Quota quota, Quantities below) {
        if (!quota.guarantees().contains(below))
            return Optional.of(new GuaranteesPassed(role, quota.guarantees(), below));
        for (var above : role.ancestors()) {
            var limits = quotas.getOrDefault(above, Quota.NONE).limits();
            if (!quota.limits().areWithin(limits))
                return Optional.of(new LimitsPassed(role, quota.limits(), above, limits));
        }
        return Optional.empty();
    }

    /// What all roles are promised together. What is promised below is part of it.
    public Quantities guarantees() {
        var total = Quantities.NONE;
        for (var entry : quotas.entrySet()) {
            if (entry.getKey().parent().isEmpty())
                total = total.plus(entry.getValue().guarantees());
        }
        return total;
    }
}

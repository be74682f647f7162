package io.meseta.allocator.quota;

import io.meseta.model.Resource;
import io.meseta.model.Resources;
import io.meseta.model.Role;
import io.meseta.model.Scalar;
import io.meseta.model.quota.Quantities;
import io.meseta.model.quota.Quota;
import java.util.ArrayList;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// What quota lets claimants have, during one allocation. Mutable, used by one thread.
///
/// Nothing is granted beyond a limit. What roles are guaranteed and do not have yet is kept free
/// somewhere in the cluster, the **headroom**: only they may take of it.
public final class Allowances {

    private static final long WHOLE = 1000;

    private final SortedMap<Role, Allowance> byRole = new TreeMap<>();
    private Quantities spare;

    private Quantities required = Quantities.NONE;

    private boolean isHeadroomBinding;

    public Allowances(SortedMap<Role, Quota> quotas, SortedSet<Role> lenders, Meter meter) {
        spare = meter.spare();
        // A role comes after those above it.
        for (var entry : quotas.entrySet()) {
            var role = entry.getKey();
            var above = above(byRole, role);
            byRole.put(role, new Allowance(role, entry.getValue(), above, lenders.contains(role)));
        }
        if (byRole.isEmpty()) return;
        meter.reserved().forEach(this::consume);
        meter.held().forEach(this::consume);
        for (var each : byRole.values()) {
            if (each.isTop()) required = required.plus(each.required());
        }
    }

    /// Whether nobody has a quota, so that there is nothing to heed.
    public boolean isIdle() {
        return byRole.isEmpty();
    }

    /// The headroom.
    public Quantities required() {
        return required;
    }

    /// Whether someone has less than is guaranteed.
    public boolean isOwing() {
        return !required.isEmpty();
    }

    /// The nearest role with a quota, from this one up; null if there is none.
    public @Nullable Allowance of(Role role) {
        if (byRole.isEmpty()) return null;
        var own = byRole.get(role);
        return own != null ? own : above(byRole, role);
    }

    /// What a claimant may take now towards a guarantee, with whatever comes with it; empty if
    /// nothing is owed to it that is here.
    public Resources owed(@Nullable Allowance allowance, Resources wanted) {
        if (allowance == null) return Resources.EMPTY;
        var owed = allowance.owed();
        var here = Meter.counted(wanted);
        boolean isHere = owed.byName().keySet().stream().anyMatch(name -> here.amount(name) > 0);
        if (!isHere) return Resources.EMPTY;
        return clipped(
                wanted,
                here,
                name -> {
                    long amount = here.amount(name);
                    long own = owed.amount(name);
                    long free = own > 0 ? own : withinHeadroom(name, amount);
                    return Math.min(withinLimits(allowance, name, Math.min(amount, free)), free);
                });
    }

    /// What a claimant may take now without a guarantee.
    public Resources open(@Nullable Allowance allowance, Resources wanted) {
        if (isIdle()) return wanted;
        var here = Meter.counted(wanted);
        return clipped(
                wanted,
                here,
                name -> {
                    long free = withinHeadroom(name, here.amount(name));
                    return Math.min(withinLimits(allowance, name, free), free);
                });
    }

    /// What roles are guaranteed and can't be given since others have it.
    public Quantities lacking() {
        return required.without(spare);
    }

    /// What others have of what roles are guaranteed and lend.
    public Quantities borrowed() {
        var entitled = Quantities.NONE;
        for (var each : byRole.values())
            if (each.isTop()) entitled = entitled.plus(each.entitled());
        return entitled.without(required).without(spare.without(required));
    }

    /// Whether the role has any of what lacks in this beyond what it is guaranteed itself.
    public boolean isBeyond(Role role, Resources granted, Quantities lacking) {
        var allowance = of(role);
        var here = Meter.counted(granted);
        return lacking.byName().keySet().stream()
                .filter(name -> here.amount(name) > 0)
                .anyMatch(name -> allowance == null || allowance.excess(name) > 0);
    }

    /// Whether something is owed to the role of which that lacks.
    public boolean isOwed(Role role, Quantities lacking) {
        var allowance = of(role);
        if (allowance == null) return false;
        var owed = allowance.owed();
        return lacking.byName().keySet().stream().anyMatch(name -> owed.amount(name) > 0);
    }

    /// What is left of this much, wherever it is, once the headroom is kept.
    public long surplus(String name) {
        if (required.amount(name) == 0) return Long.MAX_VALUE;
        return Math.max(0, spare.amount(name) - required.amount(name));
    }

    public void take(@Nullable Allowance allowance, Resources granted) {
        if (!isIdle()) move(allowance, Meter.counted(granted));
    }

    /// The inverse of [#take].
    public void giveBack(@Nullable Allowance allowance, Resources taken) {
        if (!isIdle()) move(allowance, Quantities.NONE.minus(Meter.counted(taken)));
    }

    private void move(@Nullable Allowance allowance, Quantities more) {
        spare = spare.minus(more);
        if (allowance == null) return;
        var top = allowance.top();
        var before = top.required();
        allowance.consume(more);
        required = required.minus(before).plus(top.required());
    }

    /// Who may have more now than when this was settled.
    public Growth since(Settlement settlement, SortedMap<Role, Quota> quotas) {
        var before = new Allowances(quotas, settlement.lenders(), settlement.meter());
        var roles = new TreeSet<Role>();
        for (var role : settlement.withheld().limited()) {
            if (before.hasLess(role, this)) roles.add(role);
        }
        var owedBefore = before.owedToEach();
        owedToEach()
                .forEach((role, owed) -> {
                    if (!owedBefore.getOrDefault(role, Quantities.NONE).contains(owed))
                        roles.add(role);
                });
        boolean isForAll =
                settlement.withheld().isForGuarantees()
                        && before.required.byName().keySet().stream()
                                .anyMatch(name -> surplus(name) > before.surplus(name));
        return new Growth(roles, isForAll);
    }

    private SortedMap<Role, Quantities> owedToEach() {
        var owed = new TreeMap<Role, Quantities>();
        for (var each : byRole.values()) if (each.isTop()) each.tellOwed(owed::put);
        return owed;
    }

    /// What was withheld, beside what was before.
    public Withheld withheld(Withheld before) {
        var limited = new TreeSet<>(before.limited());
        for (var each : byRole.values()) if (each.isBinding) limited.add(each.role);
        return before.byQuota(limited, before.isForGuarantees() || isHeadroomBinding);
    }

    private boolean hasLess(Role role, Allowances now) {
        var before = byRole.get(role);
        var after = now.byRole.get(role);
        if (before == null || after == null) return true;
        return before.quota.limits().amounts().keySet().stream()
                .anyMatch(name -> after.consumed().amount(name) < before.consumed().amount(name));
    }

    private long withinHeadroom(String name, long wanted) {
        long surplus = surplus(name);
        if (surplus < wanted) isHeadroomBinding = true;
        return Math.min(surplus, wanted);
    }

    private static long withinLimits(@Nullable Allowance allowance, String name, long wanted) {
        if (allowance == null) return wanted;
        long left = allowance.left(name);
        if (left < wanted) allowance.bind(name, left);
        return left;
    }

    /// The parts of all that quota counts, up to what may be had of each name. What is never split
    /// goes whole or not at all.
    private static Resources clipped(
            Resources wanted, Quantities here, ToLongFunction<String> most) {
        var left = new TreeMap<String, Long>();
        boolean isAll = true;
        for (var amount : here.byName().entrySet()) {
            long part = most.applyAsLong(amount.getKey());
            left.put(amount.getKey(), part);
            if (part < amount.getValue()) isAll = false;
        }
        if (isAll) return wanted;
        var parts = new ArrayList<Resource>();
        wanted.stream()
                .forEach(each -> {
                    if (Meter.counts(each) && each.amount() instanceof Scalar(long amount)) {
                        long part = part(each, amount, left);
                        if (part > 0) parts.add(new Resource(each.kind(), new Scalar(part)));
                    } else {
                        parts.add(each);
                    }
                });
        return Resources.of(parts);
    }

    private static long part(Resource resource, long amount, Map<String, Long> left) {
        var name = resource.kind().name();
        long most = left.getOrDefault(name, 0L);
        long part = amount;
        if (part > most) part = resource.kind().isIndivisible() ? 0 : most;
        // A GPU is one or none.
        if (name.equals("gpus")) part -= part % WHOLE;
        left.put(name, most - part);
        return part;
    }

    private void consume(Role role, Quantities quantities) {
        var allowance = of(role);
        if (allowance != null) allowance.consume(quantities);
    }

    private static @Nullable Allowance above(SortedMap<Role, Allowance> byRole, Role role) {
        for (var ancestor : role.ancestors()) {
            var found = byRole.get(ancestor);
            if (found != null) return found;
        }
        return null;
    }
}

package io.meseta.allocator.quota;

import io.meseta.model.Resource;
import io.meseta.model.Resources;
import io.meseta.model.Role;
import io.meseta.model.quota.Quantities;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.pcollections.TreePMap;

/// What quota is measured by. It costs something with each grant, so it is on only while there is a
/// quota.
///
/// A role consumes what is reserved for it, used or not, and what it holds of the unreserved. What
/// is revocable does not count.
///
/// @param reserved by the role that it is reserved for, on all agents
/// @param held by the role that holds it: unreserved, and not revocable
/// @param spare what nobody holds of the unreserved on active agents
public record Meter(
        boolean isOn,
        TreePMap<Role, Quantities> reserved,
        TreePMap<Role, Quantities> held,
        Quantities spare) {

    public static final Meter OFF =
            new Meter(false, TreePMap.empty(), TreePMap.empty(), Quantities.NONE);

    public static Meter of(Iterable<? extends Metered> agents) {
        var meter = new Meter(true, TreePMap.empty(), TreePMap.empty(), Quantities.NONE);
        for (var agent : agents) meter = meter.plus(agent);
        return meter;
    }

    /// What one holder had of an agent, and has.
    public record Change(Role role, Resources before, Resources after) {}

    public static boolean counts(Resource resource) {
        return !resource.kind().isReserved() && !resource.kind().revocable();
    }

    public static Quantities counted(Resources resources) {
        return Quantities.of(resources.filter(Meter::counts));
    }

    public Meter plus(Metered agent) {
        if (!isOn) return this;
        var after = reserving(agent.total(), 1).sparing(spareOf(agent), 1);
        return new Meter(isOn, after.reserved, holding(agent, 1), after.spare);
    }

    public Meter minus(Metered agent) {
        if (!isOn) return this;
        var after = reserving(agent.total(), -1).sparing(spareOf(agent), -1);
        return new Meter(isOn, after.reserved, holding(agent, -1), after.spare);
    }

    private TreePMap<Role, Quantities> holding(Metered agent, int sign) {
        var sums = new TreeMap<Role, Quantities>();
        agent.forEachHeld(
                (role, resources) -> sums.merge(role, counted(resources), Quantities::plus));
        var next = held;
        for (var sum : sums.entrySet())
            next =
                    sign > 0
                            ? changed(next, sum.getKey(), Quantities.NONE, sum.getValue())
                            : changed(next, sum.getKey(), sum.getValue(), Quantities.NONE);
        return next;
    }

    /// After a change in which the claims have stayed as they are.
    public Meter changed(@Nullable Metered before, Metered after) {
        if (!isOn) return this;
        if (before == null) return plus(after);
        var meter = this;
        if (!before.total().equals(after.total())) {
            meter = meter.reserving(before.total(), -1).reserving(after.total(), 1);
        }
        return meter.sparing(spareOf(before), -1).sparing(spareOf(after), 1);
    }

    /// After somebody in a role has more or less of an agent.
    public Meter changed(Metered before, Metered after, Change change) {
        if (!isOn) return this;
        return claimed(change.role(), change.before(), change.after())
                .sparing(spareOf(before), -1)
                .sparing(spareOf(after), 1);
    }

    private static Quantities spareOf(Metered agent) {
        return agent.isActive() ? counted(agent.free()) : Quantities.NONE;
    }

    private Meter sparing(Quantities quantities, int sign) {
        return new Meter(
                isOn, reserved, held, sign > 0 ? spare.plus(quantities) : spare.minus(quantities));
    }

    private Meter claimed(Role role, Resources before, Resources after) {
        var next = changed(held, role, counted(before), counted(after));
        return new Meter(isOn, reserved, next, spare);
    }

    private Meter reserving(Resources total, int sign) {
        var next = reserved;
        var roles = new TreeMap<Role, Resources>();
        for (var kind : total.kinds()) {
            if (kind.isReserved() && !kind.revocable()) {
                var role = kind.reservations().getLast().role();
                roles.computeIfAbsent(role, total::reservedTo);
            }
        }
        for (var entry : roles.entrySet()) {
            var quantities =
                    Quantities.of(entry.getValue().filter(each -> !each.kind().revocable()));
            next =
                    sign > 0
                            ? changed(next, entry.getKey(), Quantities.NONE, quantities)
                            : changed(next, entry.getKey(), quantities, Quantities.NONE);
        }
        return new Meter(isOn, next, held, spare);
    }

    private static TreePMap<Role, Quantities> changed(
            TreePMap<Role, Quantities> all, Role role, Quantities before, Quantities after) {
        if (before.equals(after)) return all;
        var quantities = all.getOrDefault(role, Quantities.NONE).plus(after).minus(before);
        return quantities.isEmpty() ? all.minus(role) : all.plus(role, quantities);
    }
}

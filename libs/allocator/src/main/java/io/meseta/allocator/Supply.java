package io.meseta.allocator;

import io.meseta.allocator.quota.Meter;
import io.meseta.model.AgentId;
import io.meseta.model.Resources;
import io.meseta.model.Role;
import io.meseta.model.quota.Quantities;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pcollections.TreePMap;
import org.pcollections.TreePSet;

/// The agents and what is claimed of them.
///
/// @param byNumber the agents by their seats' numbers
/// @param open the agents where something could be granted, so that nobody walks over the full ones
/// @param total all scalars of all agents, active or not: what shares are parts of
/// @param used the scalars that each claimant holds, on all agents
/// @param meter what quota is measured by
record Supply(
        TreePMap<AgentId, Seat> seats,
        TreePMap<Integer, AgentId> byNumber,
        TreePSet<AgentId> open,
        Quantities total,
        TreePMap<Claimant, Quantities> used,
        Meter meter) {

    static final Supply NONE =
            new Supply(
                    TreePMap.empty(),
                    TreePMap.empty(),
                    TreePSet.empty(),
                    Quantities.NONE,
                    TreePMap.empty(),
                    Meter.OFF);

    boolean isOpen(AgentId agent) {
        return open.contains(agent);
    }

    Supply with(AgentId agent, Resources resources, AgentTraits traits) {
        var before = seats.get(agent);
        var counted = before == null ? total : total.minus(Quantities.of(before.total()));
        var seat =
                before == null
                        ? Seat.of(nextNumber(), resources, traits)
                        : before.changed(resources, traits);
        return new Supply(
                        seats,
                        byNumber.plus(seat.number(), agent),
                        open,
                        counted.plus(Quantities.of(resources)),
                        used,
                        meter.changed(before, seat))
                .seated(agent, seat);
    }

    Supply without(AgentId agent) {
        var seat = seats.get(agent);
        if (seat == null) return this;
        var left = used;
        for (var claim : seat.claims().entrySet()) {
            left = changed(left, claim.getKey(), claim.getValue(), Resources.EMPTY);
        }
        return new Supply(
                seats.minus(agent),
                byNumber.minus(seat.number()),
                open.minus(agent),
                total.minus(Quantities.of(seat.total())),
                left,
                meter.minus(seat));
    }

    Supply activated(AgentId agent, boolean active) {
        var seat = seats.get(agent);
        if (seat == null) return this;
        var after = seat.activated(active);
        return metered(meter.changed(seat, after)).seated(agent, after);
    }

    /// With the agent kept for one claimant, or for nobody.
    Supply kept(AgentId agent, @Nullable Claimant claimant) {
        var seat = seats.get(agent);
        return seat == null ? this : seated(agent, seat.kept(claimant));
    }

    /// With what quota is measured by, or without it.
    Supply metered(boolean isOn) {
        if (meter.isOn() == isOn) return this;
        return metered(isOn ? Meter.of(seats.values()) : Meter.OFF);
    }

    private Supply metered(Meter next) {
        return new Supply(seats, byNumber, open, total, used, next);
    }

    /// The seat after an allocation or the end of one, in which the claimant's part has changed.
    Supply claimed(AgentId agent, Claimant claimant, Seat before, Seat after) {
        var changed = changed(used, claimant, before.claimed(claimant), after.claimed(claimant));
        var change =
                new Meter.Change(
                        claimant.role(), before.claimed(claimant), after.claimed(claimant));
        var metered = meter.changed(before, after, change);
        return new Supply(seats, byNumber, open, total, changed, metered).seated(agent, after);
    }

    /// All that is claimed, agent by agent.
    Stream<Grant> claims() {
        return seats.entrySet().stream()
                .flatMap(seat ->
                        seat.getValue().claims().entrySet().stream()
                                .map(claim ->
                                        new Grant(
                                                seat.getKey(),
                                                claim.getKey().framework(),
                                                claim.getKey().role(),
                                                claim.getValue())));
    }

    /// All scalars that can't be taken back.
    Quantities capacity() {
        var capacity = Quantities.NONE;
        for (var seat : seats.values()) {
            capacity =
                    capacity.plus(
                            Quantities.of(seat.total().filter(each -> !each.kind().revocable())));
        }
        return capacity;
    }

    /// What the role holds, those below it included.
    Quantities held(Role role) {
        var held = Quantities.NONE;
        for (var entry : used.entrySet()) {
            var other = entry.getKey().role();
            if (other.equals(role) || role.isAncestorOf(other)) held = held.plus(entry.getValue());
        }
        return held;
    }

    /// A number may be had again once its agent is gone, and all that was kept by it.
    private int nextNumber() {
        return byNumber.isEmpty() ? 0 : byNumber.lastKey() + 1;
    }

    private Supply seated(AgentId agent, Seat seat) {
        var nowOpen = open;
        if (seat.isOpen() != open.contains(agent)) {
            nowOpen = seat.isOpen() ? open.plus(agent) : open.minus(agent);
        }
        return new Supply(seats.plus(agent, seat), byNumber, nowOpen, total, used, meter);
    }

    private static TreePMap<Claimant, Quantities> changed(
            TreePMap<Claimant, Quantities> used,
            Claimant claimant,
            Resources before,
            Resources after) {
        var quantities =
                used.getOrDefault(claimant, Quantities.NONE)
                        .plus(Quantities.of(after))
                        .minus(Quantities.of(before));
        return quantities.isEmpty() ? used.minus(claimant) : used.plus(claimant, quantities);
    }
}

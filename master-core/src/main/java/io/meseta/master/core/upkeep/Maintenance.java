package io.meseta.master.core.upkeep;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/// The schedule, and what mode each machine is in.
///
/// @param windows in the order in which they were given
/// @param machines all that are scheduled, and of those that were, as many as are remembered
public record Maintenance(List<Window> windows, PSortedMap<MachineId, Standing> machines) {

    public static final Maintenance NONE = new Maintenance(List.of(), TreePMap.empty());

    /// More machines than any cluster has.
    public static final int MACHINES_MAX = 100_000;

    /// How many machines are remembered that are not scheduled any more.
    static final int PAST_MAX = 10_000;

    /// What is to be thought of a machine.
    public enum Mode {
        /// In use, and in no window.
        UP,
        /// In a window: its users are asked to leave.
        DRAINING,
        /// Away: no agent on it may join.
        DOWN
    }

    /// @param window empty for a machine that is in none
    public record Standing(Mode mode, Optional<Unavailability> window) {}

    public Maintenance {
        windows = List.copyOf(windows);
    }

    /// The schedule with exactly these machines down.
    public static Maintenance of(List<Window> windows, Collection<MachineId> down) {
        return NONE.scheduled(windows).takenDown(down);
    }

    public boolean isEmpty() {
        return windows.isEmpty();
    }

    public Optional<Mode> mode(MachineId machine) {
        return Optional.ofNullable(machines.get(machine)).map(Standing::mode);
    }

    public boolean isScheduled(MachineId machine) {
        return mode(machine).filter(mode -> mode != Mode.UP).isPresent();
    }

    public boolean isDown(MachineId machine) {
        return mode(machine).filter(mode -> mode == Mode.DOWN).isPresent();
    }

    /// When the machine will be away; empty for one that is in no window.
    public Optional<Unavailability> unavailability(MachineId machine) {
        return Optional.ofNullable(machines.get(machine)).flatMap(Standing::window);
    }

    /// Sorted.
    public List<MachineId> in(Mode mode) {
        return machines.entrySet().stream()
                .filter(each -> each.getValue().mode() == mode)
                .map(each -> each.getKey())
                .toList();
    }

    Maintenance scheduled(List<Window> next) {
        var standings = machines;
        for (var each : machines.entrySet())
            standings = standings.plus(each.getKey(), new Standing(Mode.UP, Optional.empty()));
        for (var window : next)
            for (var machine : window.machines()) {
                var mode = isDown(machine) ? Mode.DOWN : Mode.DRAINING;
                standings =
                        standings.plus(
                                machine, new Standing(mode, Optional.of(window.unavailability())));
            }
        return new Maintenance(next, bounded(standings));
    }

    Maintenance takenDown(Collection<MachineId> some) {
        var standings = machines;
        for (var machine : some)
            standings = standings.plus(machine, new Standing(Mode.DOWN, unavailability(machine)));
        return new Maintenance(windows, standings);
    }

    /// The machines leave the schedule.
    Maintenance broughtUp(Collection<MachineId> some) {
        var standings = machines;
        for (var machine : some)
            standings = standings.plus(machine, new Standing(Mode.UP, Optional.empty()));
        return new Maintenance(without(some::contains), bounded(standings));
    }

    /// As a new leader finds it: of machines in no window nothing is kept.
    Maintenance durable() {
        return of(windows, in(Mode.DOWN));
    }

    private List<Window> without(Predicate<MachineId> some) {
        var left = new ArrayList<Window>();
        for (var window : windows) {
            var machines = window.machines().stream().filter(some.negate()).toList();
            if (!machines.isEmpty()) left.add(new Window(machines, window.unavailability()));
        }
        return left;
    }

    private static PSortedMap<MachineId, Standing> bounded(PSortedMap<MachineId, Standing> all) {
        var past =
                all.entrySet().stream()
                        .filter(each -> each.getValue().mode() == Mode.UP)
                        .map(each -> each.getKey())
                        .toList();
        return past.size() > PAST_MAX ? all.minusAll(past) : all;
    }
}

package io.meseta.master.maintenance;

import io.meseta.master.core.upkeep.MachineId;
import io.meseta.master.core.upkeep.Maintenance;
import io.meseta.master.core.upkeep.Unavailability;
import io.meseta.master.core.upkeep.Window;
import io.meseta.master.wire.Unacceptable;
import io.meseta.mesos.v1.MachineID;
import io.meseta.mesos.v1.maintenance.Schedule;
import io.meseta.mesos.v1.master.Call;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// Reads machines and schedules, or says in Mesos' words and order what is wrong with them.
final class MachineReading {

    private static final int HOSTNAME_CHARACTERS_MAX = 255;
    private static final Duration GRACE_MAX = Duration.ofDays(100_000);
    private static final int IPV4_PARTS = 4;
    private static final int IPV4_PART_MAX = 255;

    private MachineReading() {}

    /// How long tasks may take to end when their agent is drained; empty for as long as they say.
    static Optional<Duration> grace(Call.DrainAgent drain) throws Unacceptable {
        if (!drain.hasMaxGracePeriod()) return Optional.empty();
        var wire = drain.getMaxGracePeriod();
        if (wire.getSeconds() < 0 || wire.getNanos() < 0)
            throw new Unacceptable("Expecting 'max_grace_period' to be non-negative");
        // Nobody waits longer, and some numbers of seconds and nanoseconds have no sum.
        return Optional.of(
                wire.getSeconds() >= GRACE_MAX.toSeconds()
                        ? GRACE_MAX
                        : Duration.ofSeconds(wire.getSeconds(), wire.getNanos()));
    }

    static List<Window> windows(Schedule schedule) throws Unacceptable {
        var windows = new ArrayList<Window>();
        var seen = new HashSet<MachineId>();
        for (var wire : schedule.getWindowsList()) {
            if (wire.getMachineIdsCount() == 0)
                throw new Unacceptable("List of machines in the maintenance window is empty");
            var machines = machines(wire.getMachineIdsList(), seen);
            var duration = wire.getUnavailability().getDuration().getNanoseconds();
            if (duration < 0) throw new Unacceptable("Unavailability 'duration' is negative");
            windows.add(
                    new Window(
                            machines,
                            new Unavailability(
                                    wire.getUnavailability().getStart().getNanoseconds(),
                                    wire.getUnavailability().hasDuration()
                                            ? OptionalLong.of(duration)
                                            : OptionalLong.empty())));
        }
        return windows;
    }

    static List<MachineId> machines(List<MachineID> wire) throws Unacceptable {
        if (wire.isEmpty()) throw new Unacceptable("List of machines is empty");
        return machines(wire, new HashSet<>());
    }

    private static List<MachineId> machines(List<MachineID> wire, Set<MachineId> seen)
            throws Unacceptable {
        var machines = new ArrayList<MachineId>();
        for (var each : wire) {
            var machine = machine(each);
            if (!seen.add(machine))
                throw new Unacceptable(
                        "Machine '"
                                + MachineWriting.text(machine)
                                + "' appears more than once in the schedule");
            if (seen.size() > Maintenance.MACHINES_MAX)
                throw new Unacceptable(
                        "There may be at most " + Maintenance.MACHINES_MAX + " machines");
            machines.add(machine);
        }
        return machines;
    }

    private static MachineId machine(MachineID wire) throws Unacceptable {
        if (wire.getHostname().isEmpty() && wire.getIp().isEmpty())
            throw new Unacceptable("Both 'hostname' and 'ip' for a machine are empty");
        if (wire.getHostname().length() > HOSTNAME_CHARACTERS_MAX)
            throw new Unacceptable(
                    "A 'hostname' has at most " + HOSTNAME_CHARACTERS_MAX + " characters");
        if (!wire.getIp().isEmpty() && !isIpv4(wire.getIp()))
            throw new Unacceptable("Failed to parse IPv4: " + wire.getIp());
        return new MachineId(wire.getHostname(), wire.getIp());
    }

    private static boolean isIpv4(String text) {
        var parts = text.split("\\.", -1);
        return parts.length == IPV4_PARTS
                && Arrays.stream(parts)
                        .allMatch(part ->
                                part.matches("[0-9]{1,3}")
                                        && Integer.parseInt(part) <= IPV4_PART_MAX);
    }
}

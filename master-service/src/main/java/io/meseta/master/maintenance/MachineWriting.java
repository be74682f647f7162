package io.meseta.master.maintenance;

import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.core.upkeep.InverseOffers;
import io.meseta.master.core.upkeep.MachineId;
import io.meseta.master.core.upkeep.Maintenance;
import io.meseta.master.core.upkeep.Premises;
import io.meseta.master.core.upkeep.Spot;
import io.meseta.master.wire.OfferWriting;
import io.meseta.master.wire.WireNames;
import io.meseta.mesos.json.MesosJson;
import io.meseta.mesos.v1.MachineID;
import io.meseta.mesos.v1.TimeInfo;
import io.meseta.mesos.v1.allocator.InverseOfferStatus;
import io.meseta.mesos.v1.maintenance.ClusterStatus;
import io.meseta.mesos.v1.maintenance.Schedule;
import io.meseta.mesos.v1.maintenance.Window;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/// Writes what is known of machines, as far as the reader may see them.
final class MachineWriting {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private MachineWriting() {}

    static Schedule schedule(Maintenance maintenance, Predicate<MachineId> mayBeSeen) {
        var schedule = Schedule.newBuilder();
        for (var window : maintenance.windows()) {
            var machines =
                    window.machines().stream()
                            .filter(mayBeSeen)
                            .map(MachineWriting::machine)
                            .toList();
            if (machines.isEmpty()) continue;
            schedule.addWindows(
                    Window.newBuilder()
                            .addAllMachineIds(machines)
                            .setUnavailability(
                                    OfferWriting.unavailability(window.unavailability())));
        }
        return schedule.build();
    }

    static ClusterStatus status(Cluster cluster, Predicate<MachineId> mayBeSeen) {
        var maintenance = cluster.upkeep().maintenance();
        var answers = answers(cluster);
        var status = ClusterStatus.newBuilder();
        for (var machine : maintenance.in(Maintenance.Mode.DRAINING))
            if (mayBeSeen.test(machine))
                status.addDrainingMachines(
                        ClusterStatus.DrainingMachine.newBuilder()
                                .setId(machine(machine))
                                .addAllStatuses(answers.getOrDefault(machine, List.of())));
        for (var machine : maintenance.in(Maintenance.Mode.DOWN))
            if (mayBeSeen.test(machine)) status.addDownMachines(machine(machine));
        return status.build();
    }

    /// A machine in the words of Mesos' complaints.
    static String text(MachineId machine) {
        return new String(MesosJson.write(machine(machine)), StandardCharsets.UTF_8);
    }

    private static Map<MachineId, List<InverseOfferStatus>> answers(Cluster cluster) {
        var answers = new TreeMap<MachineId, List<InverseOfferStatus>>();
        cluster.upkeep()
                .inverse()
                .answers()
                .forEach((spot, answer) ->
                        cluster.agent(spot.agent())
                                .map(Premises::machine)
                                .ifPresent(machine ->
                                        answers.computeIfAbsent(machine, _ -> new ArrayList<>())
                                                .add(status(spot, answer))));
        return answers;
    }

    private static InverseOfferStatus status(Spot spot, InverseOffers.Answer answer) {
        return InverseOfferStatus.newBuilder()
                .setStatus(
                        answer.isYes()
                                ? InverseOfferStatus.Status.ACCEPT
                                : InverseOfferStatus.Status.DECLINE)
                .setFrameworkId(WireNames.id(spot.framework()))
                .setTimestamp(TimeInfo.newBuilder().setNanoseconds(nanos(answer.at())))
                .build();
    }

    private static MachineID machine(MachineId machine) {
        var wire = MachineID.newBuilder();
        if (!machine.hostname().isEmpty()) wire.setHostname(machine.hostname());
        if (!machine.ip().isEmpty()) wire.setIp(machine.ip());
        return wire.build();
    }

    private static long nanos(Instant at) {
        return at.getEpochSecond() * NANOS_PER_SECOND + at.getNano();
    }
}

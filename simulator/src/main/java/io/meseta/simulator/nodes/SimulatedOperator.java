package io.meseta.simulator.nodes;

import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.core.cluster.Command;
import io.meseta.master.core.upkeep.MachineId;
import io.meseta.master.core.upkeep.Maintenance;
import io.meseta.master.core.upkeep.Premises;
import io.meseta.master.core.upkeep.Unavailability;
import io.meseta.master.core.upkeep.UpkeepWish;
import io.meseta.master.core.upkeep.Window;
import io.meseta.model.AgentId;
import io.meseta.simulator.world.Chance;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Whoever deactivates, drains and gives up agents and has machines maintained. It sees what the
/// leader sees, and asks the leader without a network between them: what matters is what becomes of
/// its wishes.
public final class SimulatedOperator {

    private static final long GRACE_MILLIS_MAX = 20_000;
    private static final long EARLY_MILLIS_MAX = 600_000;
    private static final long LATE_MILLIS_MAX = 4_200_000;

    private final World world;
    private final List<SimulatedMaster> masters;

    public SimulatedOperator(World world, List<SimulatedMaster> masters) {
        this.world = world;
        this.masters = List.copyOf(masters);
    }

    /// Wants something that may be in everybody's way.
    public void interfere() {
        leader().ifPresent(
                        leader -> leader.leads().ifPresent(cluster -> interfere(leader, cluster)));
    }

    private void interfere(SimulatedMaster leader, Cluster cluster) {
        var chance = world.chance();
        if (cluster.agents().isEmpty()) return;
        var agent = chance.pick(List.copyOf(cluster.agents().values()));
        var id = agent.id();
        var machine = Premises.machine(agent);
        switch (chance.below(12)) {
            case 0, 1, 2 -> ask(leader, new UpkeepWish.DrainAgent(id, grace(chance), false));
            case 3 -> ask(leader, new UpkeepWish.DrainAgent(id, grace(chance), chance.oneIn(2)));
            case 4 -> ask(leader, new UpkeepWish.CancelDrain(id));
            case 5 -> ask(leader, new UpkeepWish.DeactivateAgent(id));
            case 6, 7 -> ask(leader, new UpkeepWish.ReactivateAgent(id));
            case 8 -> {
                if (chance.oneIn(4)) ask(leader, new UpkeepWish.MarkGone(id));
            }
            case 9 ->
                    ask(
                            leader,
                            new UpkeepWish.SetSchedule(
                                    scheduling(cluster, machine, leader.node().wall())));
            case 10 -> ask(leader, new UpkeepWish.TakeDown(List.of(machine)));
            default -> ask(leader, new UpkeepWish.BringUp(List.of(machine)));
        }
    }

    private static Optional<Duration> grace(Chance chance) {
        return chance.oneIn(2)
                ? Optional.empty()
                : Optional.of(Duration.ofMillis(chance.between(0, GRACE_MILLIS_MAX)));
    }

    /// Windows that have begun, that will soon, and that will not before long.
    private List<Window> scheduling(Cluster cluster, MachineId machine, Instant now) {
        var machines = new ArrayList<>(cluster.upkeep().maintenance().in(Maintenance.Mode.DOWN));
        if (!machines.contains(machine)) machines.add(machine);
        var away =
                new Unavailability(
                        now.plusMillis(world.chance().between(-EARLY_MILLIS_MAX, LATE_MILLIS_MAX))
                                        .toEpochMilli()
                                * 1_000_000,
                        OptionalLong.of(Duration.ofHours(1).toNanos()));
        return List.of(new Window(machines, away));
    }

    /// Lifts whatever is in anybody's way. May take several turns: some of it comes to its own end
    /// first.
    public void relent() {
        leader().ifPresent(leader -> leader.leads().ifPresent(cluster -> relent(leader, cluster)));
    }

    private static void relent(SimulatedMaster leader, Cluster cluster) {
        var upkeep = cluster.upkeep();
        for (AgentId id : upkeep.deactivations().keySet())
            ask(
                    leader,
                    upkeep.isDraining(id)
                            ? new UpkeepWish.CancelDrain(id)
                            : new UpkeepWish.ReactivateAgent(id));
        var down = upkeep.maintenance().in(Maintenance.Mode.DOWN);
        if (!down.isEmpty()) ask(leader, new UpkeepWish.BringUp(down));
        else if (!upkeep.maintenance().isEmpty())
            ask(leader, new UpkeepWish.SetSchedule(List.of()));
    }

    /// Whether nothing is left to be lifted.
    public static boolean isContent(Cluster cluster) {
        return cluster.upkeep().deactivations().isEmpty()
                && cluster.upkeep().maintenance().isEmpty();
    }

    private static void ask(SimulatedMaster leader, UpkeepWish wish) {
        leader.ask(new Command.KeepUp(wish), _ -> {});
    }

    private Optional<SimulatedMaster> leader() {
        return masters.stream()
                .filter(each -> each.node().isUp() && each.leads().isPresent())
                .findFirst();
    }
}

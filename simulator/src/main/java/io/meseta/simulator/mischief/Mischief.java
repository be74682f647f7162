package io.meseta.simulator.mischief;

import io.meseta.simulator.nodes.SimulatedAgent;
import io.meseta.simulator.nodes.SimulatedMaster;
import io.meseta.simulator.nodes.World;
import io.meseta.simulator.world.Node;
import java.util.List;

/// Breaks something every now and then while there is a storm.
public final class Mischief {

    private static final long PAUSE_MILLIS_MAX = 12_000;
    private static final long JUMP_MILLIS_MAX = 90_000;

    private final World world;
    private final Population population;

    /// Everybody there is.
    ///
    /// @param frameworks whose connections and clocks suffer
    /// @param interfering what an operator does now and then
    public record Population(
            List<SimulatedMaster> masters,
            List<SimulatedAgent> agents,
            List<Node> frameworks,
            Runnable interfering) {

        public Population {
            masters = List.copyOf(masters);
            agents = List.copyOf(agents);
            frameworks = List.copyOf(frameworks);
        }
    }

    public Mischief(World world, Population population) {
        this.world = world;
        this.population = population;
        plan();
    }

    private void plan() {
        world.agenda()
                .in(
                        world.chance().between(1, PAUSE_MILLIS_MAX),
                        () -> {
                            if (world.weather().isStormy()) make();
                            plan();
                        });
    }

    private void make() {
        if (world.chance().oneIn(4)) {
            population.interfering().run();
            return;
        }
        switch (world.chance().below(10)) {
            case 0, 1 -> hurt(world.chance().pick(population.masters()));
            case 2, 3, 4, 5, 6 -> hurt(world.chance().pick(population.agents()));
            default -> disturb(world.chance().pick(population.frameworks()), 30_000);
        }
    }

    private void hurt(SimulatedMaster master) {
        if (!master.node().isUp()) return;
        switch (world.chance().below(8)) {
            case 0 -> master.crash();
            case 1 -> master.stepDown();
            default -> disturb(master.node(), 12_000);
        }
    }

    private void hurt(SimulatedAgent agent) {
        if (!agent.node().isUp()) return;
        switch (world.chance().below(40)) {
            case 0, 1, 2, 3, 4, 5 -> agent.crash();
            case 6, 7 -> agent.reboot();
            case 8 -> {
                if (world.chance().oneIn(2)) agent.burn();
            }
            default -> disturb(agent.node(), 150_000);
        }
    }

    private void disturb(Node node, long millisMax) {
        long millis = world.chance().between(1, millisMax);
        switch (world.chance().below(4)) {
            case 0 -> {
                note(node, "hangs for " + millis + " ms");
                node.hangFor(millis);
            }
            case 1 -> {
                note(node, "is cut off for " + millis + " ms");
                node.isolateFor(millis);
            }
            case 2 -> {
                long jump = world.chance().between(-JUMP_MILLIS_MAX, JUMP_MILLIS_MAX);
                note(node, "has its clock moved by " + jump + " ms");
                node.jumpClock(jump);
            }
            default -> {
                note(node, "loses its connections");
                node.isolateFor(0);
            }
        }
    }

    private void note(Node node, String what) {
        world.trace().note(node.name(), what);
    }
}

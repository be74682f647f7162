package io.meseta.simulator.mix;

import static io.meseta.simulator.world.BrokenPromise.unless;

import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.core.task.Task;
import io.meseta.model.Role;
import io.meseta.model.TaskState;
import io.meseta.simulator.habits.Lifespan;
import io.meseta.simulator.habits.Sharer;
import io.meseta.simulator.ledger.Diligence;
import io.meseta.simulator.mischief.Mischief;
import io.meseta.simulator.nodes.Hardware;
import io.meseta.simulator.nodes.PlacingFramework;
import io.meseta.simulator.nodes.SimulatedAgent;
import io.meseta.simulator.nodes.SimulatedMaster;
import io.meseta.simulator.nodes.SimulatedOperator;
import io.meseta.simulator.nodes.World;
import io.meseta.simulator.world.BrokenPromise;
import io.meseta.simulator.world.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;

/// One run of a mix: the frameworks subscribe, then the agents come, and it ends when everything
/// that is wanted runs. With storms, the first ones rage until so many events have happened, and
/// what they destroy is placed again.
final class MixedCluster {

    private static final int MASTERS = 3;
    private static final long STEP_MILLIS = 10;
    private static final long CALM_STEP_MILLIS = 1_000;
    private static final long STORM_MILLIS = 120_000;

    /// As long as agents that never come back may be waited for, and then some.
    private static final long PATIENCE_MILLIS = 7_200_000;

    private final Mix mix;
    private final World world;
    private final Watching watching = new Watching();
    private final List<SimulatedMaster> masters = new ArrayList<>();
    private final List<PlacingFramework> frameworks = new ArrayList<>();
    private final List<SimulatedAgent> agents = new ArrayList<>();

    /// @param placedMillis when all had been launched, in simulated time since the agents came
    /// @param runningMillis when all ran, and every framework knew it
    /// @param rounds how often the allocator looked until all had been launched
    /// @param offering in how many of these it offered something
    /// @param launches how many tasks were launched in all, lost ones included
    record Outcome(
            int tasks,
            long placedMillis,
            long runningMillis,
            long rounds,
            long offering,
            long offers,
            long launches,
            long hash) {}

    private record Placed(long at, long rounds, long offering, long offers) {}

    MixedCluster(long seed, Mix mix) {
        this.mix = mix;
        this.world = World.of(seed, watching, Diligence.OF_MANY);
        for (int i = 1; i <= MASTERS; i++)
            masters.add(new SimulatedMaster(world, "m" + i, Sharer.USUAL));
        join("marathon", mix.marathons(), i -> "marathon-" + i);
        join("jenkins", mix.jenkinses(), _ -> "jenkins");
        join("spark", mix.sparks(), i -> "spark-" + i);
    }

    private void join(String name, Mix.Kind kind, IntFunction<String> role) {
        for (int i = 1; i <= kind.frameworks(); i++)
            frameworks.add(
                    new PlacingFramework(
                            world,
                            name + "-" + i,
                            new Role(role.apply(i)),
                            kind.appetite(),
                            masters));
    }

    /// Runs in fair weather.
    ///
    /// @throws BrokenPromise if not all is placed
    Outcome run() {
        return run(0);
    }

    /// @param storms how many there are, each with a calm after it
    /// @throws BrokenPromise if not all is placed once they are over, or something breaks in them
    Outcome run(int storms) {
        until("all frameworks are subscribed", STEP_MILLIS, this::areSubscribed);
        long begun = world.agenda().now();
        long before = watching.rounds();
        for (int i = 1; i <= mix.agents(); i++) {
            var name = "a" + i;
            agents.add(
                    new SimulatedAgent(
                            world,
                            name,
                            Hardware.profile(name, Mix.MACHINE),
                            Lifespan.ENDLESS,
                            masters));
        }
        var operator = new SimulatedOperator(world, masters);
        if (storms > 0) rage(storms, operator);
        var placed = placed(operator);
        until("all tasks run", CALM_STEP_MILLIS, () -> isAtRest(operator));
        check();
        return new Outcome(
                running(),
                placed.at() - begun,
                world.agenda().now() - begun,
                placed.rounds() - before,
                placed.offering(),
                placed.offers(),
                watching.launches(),
                world.trace().hash());
    }

    private void rage(int storms, SimulatedOperator operator) {
        var targets = frameworks.stream().map(PlacingFramework::node).toList();
        new Mischief(world, new Mischief.Population(masters, agents, targets, operator::interfere));
        for (int i = 0; i < storms; i++) {
            world.weather().storm();
            world.agenda().runUntil(world.agenda().now() + STORM_MILLIS);
            world.weather().calm();
            heal();
            world.agenda().runUntil(world.agenda().now() + STORM_MILLIS);
        }
    }

    private void heal() {
        for (var node : nodes()) {
            node.heal();
            node.setClock();
        }
    }

    private List<Node> nodes() {
        var nodes = new ArrayList<Node>();
        masters.forEach(each -> nodes.add(each.node()));
        agents.forEach(each -> nodes.add(each.node()));
        frameworks.forEach(each -> nodes.add(each.node()));
        return nodes;
    }

    /// Waits until everything has been launched at least once.
    private Placed placed(SimulatedOperator operator) {
        until(
                "all tasks are launched",
                STEP_MILLIS,
                () -> {
                    operator.relent();
                    return watching.launches() >= mix.tasks();
                });
        return new Placed(
                world.agenda().now(), watching.rounds(), watching.offering(), watching.offers());
    }

    private boolean areSubscribed() {
        return frameworks.stream().allMatch(PlacingFramework::isSubscribed);
    }

    private boolean isAtRest(SimulatedOperator operator) {
        operator.relent();
        return frameworks.stream().allMatch(PlacingFramework::isSated)
                && leader().filter(SimulatedOperator::isContent).isPresent()
                && alive() == mix.tasks();
    }

    private void until(String what, long stepMillis, BooleanSupplier isTrue) {
        long begun = world.agenda().now();
        while (!isTrue.getAsBoolean()) {
            if (world.agenda().now() - begun > PATIENCE_MILLIS)
                throw new BrokenPromise(
                        "%s: not so after %d ms%s".formatted(what, PATIENCE_MILLIS, unrest()));
            world.agenda().runUntil(world.agenda().now() + stepMillis);
        }
    }

    private String unrest() {
        var text = new StringBuilder();
        for (var framework : frameworks)
            if (!framework.isSated()) text.append("\n  ").append(framework);
        text.append("\n  on the agents run ").append(alive());
        return text.toString();
    }

    private Optional<Cluster> leader() {
        return masters.stream().flatMap(each -> each.leads().stream()).findFirst();
    }

    private int running() {
        return frameworks.stream().mapToInt(PlacingFramework::running).sum();
    }

    private int alive() {
        return agents.stream().mapToInt(agent -> agent.running().size()).sum();
    }

    /// What frameworks, leader and agents believe is the same.
    private void check() {
        var master = masters.stream().filter(each -> each.leads().isPresent()).findFirst();
        var cluster = master.orElseThrow().leads().orElseThrow();
        var ledger = world.store().ledger();
        ledger.checkWhole(cluster, master.get().sequence());
        ledger.checkOffers(cluster);
        for (var agent : agents) {
            var known = new TreeSet<>();
            cluster.tasks()
                    .on(agent.id().orElseThrow())
                    .filter(task -> task.state() == TaskState.TASK_RUNNING)
                    .map(Task::key)
                    .forEach(known::add);
            unless(
                    known.equals(new TreeSet<>(agent.running())),
                    agent.node().name() + " runs other tasks than the leader knows of");
        }
        unless(running() == mix.tasks(), running() + " tasks run of " + mix.tasks());
    }
}

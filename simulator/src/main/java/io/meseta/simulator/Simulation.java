package io.meseta.simulator;

import static io.meseta.simulator.world.BrokenPromise.unless;

import io.meseta.master.core.cluster.Cluster;
import io.meseta.model.AgentId;
import io.meseta.model.FrameworkId;
import io.meseta.model.Resource;
import io.meseta.model.Resources;
import io.meseta.simulator.habits.Lifespan;
import io.meseta.simulator.habits.Sharer;
import io.meseta.simulator.mischief.Mischief;
import io.meseta.simulator.nodes.Hardware;
import io.meseta.simulator.nodes.SimulatedAgent;
import io.meseta.simulator.nodes.SimulatedFramework;
import io.meseta.simulator.nodes.SimulatedMaster;
import io.meseta.simulator.nodes.SimulatedOperator;
import io.meseta.simulator.nodes.SimulatedRoleOperator;
import io.meseta.simulator.nodes.SimulatedSteward;
import io.meseta.simulator.nodes.Workings;
import io.meseta.simulator.nodes.World;
import io.meseta.simulator.world.BrokenPromise;
import io.meseta.simulator.world.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// One run: storms in which everything fails that may fail, and calms in which everything that was
/// begun must come to its end.
public final class Simulation {

    private static final int STORM_EVENTS_MAX = 20_000;
    private static final long CALM_STEP_MILLIS = 30_000;

    /// Ten minutes of grace for whoever must find a new leader, ten minutes between two repetitions
    /// of an update at most, and some time to do it all in.
    private static final long CALM_MILLIS_MAX = 3_600_000;

    /// Time enough to give up every agent that does not come back.
    private static final long PATIENCE_MILLIS = 900_000;

    private final long seed;
    private final World world;
    private final List<SimulatedMaster> masters = new ArrayList<>();
    private final List<SimulatedAgent> agents = new ArrayList<>();
    private final List<SimulatedFramework> frameworks = new ArrayList<>();
    private final SimulatedOperator operator;

    /// @param hash equal for equal runs
    /// @param virtualMillis how long it took in the simulated world
    public record Outcome(
            long seed, long events, long hash, long virtualMillis, Optional<Failure> failure) {}

    /// @param tail the newest events, oldest first
    public record Failure(Throwable cause, List<String> tail) {}

    public Simulation(long seed, Workings workings) {
        this.seed = seed;
        this.world = World.of(seed, workings);
        var chance = world.chance();
        for (long i = chance.between(2, 3); i > 0; i--)
            masters.add(new SimulatedMaster(world, "m" + i, Sharer.UNEVEN));
        for (long i = chance.between(2, 8); i > 0; i--) {
            var name = "a" + i;
            var resources =
                    Resources.of(
                            Resource.scalar("cpus", chance.between(1, 16) * 1_000),
                            Resource.scalar("mem", chance.between(1, 16) * 512_000),
                            Resource.scalar("disk", chance.between(1, 8) * 1_000_000));
            agents.add(
                    new SimulatedAgent(
                            world,
                            name,
                            Hardware.profile(name, resources),
                            Lifespan.UNEVEN,
                            masters));
        }
        for (long i = chance.between(1, 5); i > 0; i--)
            frameworks.add(new SimulatedFramework(world, "f" + i, masters));
        new SimulatedRoleOperator(world, masters);
        new SimulatedSteward(world, "steward", masters);
        operator = new SimulatedOperator(world, masters);
        var targets = frameworks.stream().map(SimulatedFramework::node).toList();
        new Mischief(world, new Mischief.Population(masters, agents, targets, operator::interfere));
    }

    /// Hands over every line of the trace.
    public void listen(Consumer<String> lines) {
        world.trace().listen(lines);
    }

    /// Runs until so many events have happened, and then until the next calm is over.
    public Outcome run(long events) {
        try {
            while (world.trace().count() < events) {
                storm(world.chance().between(100, STORM_EVENTS_MAX));
                calm();
            }
            return outcome(Optional.empty());
        } catch (RuntimeException | AssertionError | StackOverflowError failure) {
            return outcome(Optional.of(new Failure(failure, world.trace().tail())));
        }
    }

    private Outcome outcome(Optional<Failure> failure) {
        var trace = world.trace();
        return new Outcome(seed, trace.count(), trace.hash(), world.agenda().now(), failure);
    }

    private void storm(long events) {
        world.weather().storm();
        world.trace().note("-", "a storm begins");
        long end = world.trace().count() + events;
        while (world.trace().count() < end) next();
    }

    private void calm() {
        world.weather().calm();
        world.trace().note("-", "calm begins");
        nodes().forEach(Simulation::heal);
        long begun = world.agenda().now();
        while (true) {
            long until = world.agenda().now() + CALM_STEP_MILLIS;
            operator.relent();
            world.agenda().runUntil(until);
            long passed = world.agenda().now() - begun;
            var leader = leader();
            if (leader.isPresent() && isAtRest(leader.get())) break;
            if (passed > PATIENCE_MILLIS) leader.ifPresent(this::giveUpTheLost);
            if (passed > CALM_MILLIS_MAX) throw new BrokenPromise(unrest(leader));
        }
        var leader = leader().orElseThrow();
        var cluster = leader.leads().orElseThrow();
        world.store().ledger().checkWhole(cluster, leader.sequence());
        var alive = new TreeSet<FrameworkId>();
        for (var framework : frameworks) framework.id().ifPresent(alive::add);
        world.store().ledger().settle(alive, lost(cluster), cluster);
        for (var agent : agents) {
            var id = agent.id().orElseThrow();
            agent.checkAgainst(cluster.agent(id).orElseThrow().profile().resources());
            unless(
                    cluster.pool().available(id).equals(cluster.pool().total(id)),
                    id + " is at rest, and only " + cluster.pool().available(id) + " is free");
        }
    }

    private void next() {
        if (!world.agenda().runNext()) throw new BrokenPromise("nothing is going on any more");
    }

    private Optional<SimulatedMaster> leader() {
        return masters.stream().filter(each -> each.leads().isPresent()).findFirst();
    }

    private boolean isAtRest(SimulatedMaster leader) {
        var cluster = leader.leads().orElseThrow();
        var lost = lost(cluster);
        return SimulatedOperator.isContent(cluster)
                && frameworks.stream().allMatch(SimulatedFramework::isIdle)
                && agents.stream().allMatch(SimulatedAgent::isIdle)
                && agents.stream().allMatch(agent -> isLinked(agent, cluster))
                && cluster.tasks().all().allMatch(task -> lost.contains(task.agent()))
                && cluster.tasks().executors().all().allMatch(each -> lost.contains(each.agent()))
                && lost.stream().noneMatch(id -> isLinked(id, cluster))
                && cluster.operations().all().allMatch(each -> lost.contains(each.key().agent()))
                && cluster.offers().keeps().all().isEmpty()
                && cluster.offers().gangs().isEmpty()
                && cluster.offers().size() == 0;
    }

    private static boolean isLinked(SimulatedAgent agent, Cluster cluster) {
        return agent.id().filter(id -> isLinked(id, cluster)).isPresent();
    }

    private static boolean isLinked(AgentId id, Cluster cluster) {
        return cluster.agent(id).filter(each -> each.isLinked()).isPresent();
    }

    /// Agents whose machines are gone.
    private Set<AgentId> lost(Cluster cluster) {
        var lost = new TreeSet<AgentId>(cluster.agents().keySet());
        for (var agent : agents) agent.id().ifPresent(lost::remove);
        return lost;
    }

    /// A framework that waits for tasks on an agent that is gone waits for ever.
    private void giveUpTheLost(SimulatedMaster leader) {
        var cluster = leader.leads().orElseThrow();
        var lost = lost(cluster);
        for (var framework : frameworks) {
            boolean waits =
                    framework.waitsFor().stream()
                            .map(cluster.tasks()::find)
                            .anyMatch(task -> task.isEmpty() || lost.contains(task.get().agent()));
            boolean waitsForOperations =
                    framework.id().stream()
                            .flatMap(id -> cluster.operations().of(id))
                            .anyMatch(each -> lost.contains(each.key().agent()));
            if (waits || waitsForOperations) framework.tearDown();
        }
    }

    private String unrest(Optional<SimulatedMaster> leader) {
        if (leader.isEmpty()) return "nobody leads after " + CALM_MILLIS_MAX + " calm ms";
        var cluster = leader.get().leads().orElseThrow();
        var text = new StringBuilder("no rest after " + CALM_MILLIS_MAX + " calm ms:");
        for (var framework : frameworks)
            if (!framework.isIdle())
                text.append(
                        "\n  %s waits for %s"
                                .formatted(framework.node().name(), framework.waitsFor()));
        for (var agent : agents)
            if (!agent.isIdle() || !isLinked(agent, cluster))
                text.append(
                        "\n  %s %s, %s, runs %s"
                                .formatted(
                                        agent.node().name(),
                                        isLinked(agent, cluster) ? "linked" : "not linked",
                                        agent,
                                        agent.running()));
        cluster.tasks().all().forEach(task -> text.append("\n  the leader has ").append(task));
        cluster.tasks()
                .executors()
                .all()
                .forEach(executor -> text.append("\n  the leader has ").append(executor));
        cluster.offers().all().forEach(offer -> text.append("\n  offered: ").append(offer));
        return text.toString();
    }

    private Stream<Node> nodes() {
        return Stream.of(
                        masters.stream().map(SimulatedMaster::node),
                        agents.stream().map(SimulatedAgent::node),
                        frameworks.stream().map(SimulatedFramework::node))
                .flatMap(Objects::requireNonNull);
    }

    private static void heal(Node node) {
        node.heal();
        node.setClock();
    }
}

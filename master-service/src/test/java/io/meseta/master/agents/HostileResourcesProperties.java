package io.meseta.master.agents;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.core.agent.Agent;
import io.meseta.master.core.agent.LinkId;
import io.meseta.master.core.cluster.Command;
import io.meseta.master.core.cluster.Decision;
import io.meseta.master.core.cluster.Operation;
import io.meseta.master.core.cluster.Refusal;
import io.meseta.master.core.framework.Framework;
import io.meseta.master.core.framework.StreamId;
import io.meseta.master.core.offer.Offer;
import io.meseta.master.core.task.Status;
import io.meseta.master.core.task.Task;
import io.meseta.master.core.task.TaskSpec;
import io.meseta.master.state.Usage;
import io.meseta.master.wire.Unacceptable;
import io.meseta.master.wire.WireNames;
import io.meseta.mesos.v1.AgentInfo;
import io.meseta.mesos.v1.Resource;
import io.meseta.mesos.v1.Value;
import io.meseta.mesos.v1.Volume;
import io.meseta.model.FrameworkCapability;
import io.meseta.model.FrameworkId;
import io.meseta.model.Opaque;
import io.meseta.model.Resources;
import io.meseta.model.Role;
import io.meseta.model.TaskId;
import io.meseta.model.TaskState;
import io.meseta.model.status.StatusReason;
import io.meseta.model.status.StatusSource;
import io.meseta.testkit.Seeds;
import io.meseta.testkit.cluster.FrameworkDraft;
import io.meseta.testkit.cluster.Stage;
import io.meseta.wire.agent.HeldTask;
import io.meseta.wire.agent.Hello;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Whatever agents say of themselves, and whatever frameworks then take: what gets past the reading
/// of a hello never breaks the allocator's sums, nor those that are shown.
final class HostileResourcesProperties {

    private static final int STEPS = 150;
    private static final double[] AMOUNTS = {0.001, 0.5, 1, 64, 1e9, 9.9e10, 1e11, 1.1e11, 1e12};

    @Test
    void neverBreakTheAllocator() {
        var launched = new AtomicInteger();

        Seeds.run(120, random -> launched.addAndGet(new World(random).run()));

        // Or nothing was put to the test.
        assertThat(launched.get()).isPositive();
    }

    private static final class World {

        private final Random random;
        private final Stage stage = Stage.empty();
        private final List<FrameworkId> frameworks = new ArrayList<>();
        private int names;

        World(Random random) {
            this.random = random;
            for (var role : List.of("dev", "dev", "ops"))
                frameworks.add(
                        stage.subscribe(
                                FrameworkDraft.aFramework()
                                        .in(role)
                                        .patientFor(Duration.ofDays(9))
                                        .ableTo(FrameworkCapability.values())));
        }

        /// How many tasks there are at the end.
        int run() {
            for (int i = 0; i < STEPS; i++) {
                switch (random.nextInt(8)) {
                    case 0, 1 -> hello();
                    case 2, 3, 4 -> accept();
                    case 5 -> report();
                    case 6 -> stage.pass(Duration.ofSeconds(random.nextInt(100)));
                    default -> {
                        if (random.nextInt(10) == 0) failOver();
                    }
                }
                Usage.of(stage.cluster());
            }
            return stage.cluster().tasks().size();
        }

        private void failOver() {
            stage.failOver();
            for (var id : frameworks) {
                var profile = stage.cluster().framework(id).orElseThrow().profile();
                stage.put(
                        new Command.Subscribe(
                                Optional.of(id),
                                profile,
                                new TreeSet<>(),
                                new StreamId("again-" + ++names)));
            }
        }

        private void hello() {
            var info = AgentInfo.newBuilder().setHostname("h").setPort(5051);
            int count = random.nextInt(6);
            for (int i = 0; i < count; i++) info.addResources(resource());
            var hello = capable(info);
            var known = List.copyOf(stage.cluster().agents().values());
            if (!known.isEmpty() && random.nextInt(4) > 0) {
                var agent = known.get(random.nextInt(known.size()));
                hello.setAgentId(WireNames.id(agent.id()));
                hello.setOrderSeen(random.nextInt((int) agent.lastOrder() + 1));
                hold(hello, agent);
            }
            try {
                stage.put(HelloReading.read(hello.build(), new LinkId("link-" + ++names), ""));
            } catch (Unacceptable _) {
                // What is refused can't break anything.
            }
        }

        private void hold(Hello.Builder hello, Agent agent) {
            stage.cluster()
                    .tasks()
                    .on(agent.id())
                    .filter(_ -> random.nextInt(4) > 0)
                    .forEach(task ->
                            hello.addTasks(
                                    HeldTask.newBuilder()
                                            .setFrameworkId(WireNames.id(task.key().framework()))
                                            .setTaskId(WireNames.id(task.key().task()))
                                            .setState(io.meseta.mesos.v1.TaskState.TASK_RUNNING)));
        }

        private Resource resource() {
            return switch (random.nextInt(5)) {
                case 0 -> volume();
                case 1 -> ports();
                default -> {
                    var names = new String[] {"cpus", "mem", "disk", "gpus"};
                    var wire = scalar(names[random.nextInt(names.length)], amount());
                    if (random.nextInt(4) == 0) wire.addReservations(reservation());
                    yield wire.build();
                }
            };
        }

        /// Few names and few sizes, so that they meet.
        private Resource volume() {
            var wire = scalar("disk", random.nextBoolean() ? 64 : 128);
            wire.addReservations(reservation());
            wire.getDiskBuilder().getPersistenceBuilder().setId("v" + random.nextInt(2));
            wire.getDiskBuilder()
                    .setVolume(Volume.newBuilder().setContainerPath("p").setMode(Volume.Mode.RW));
            wire.setShared(Resource.SharedInfo.getDefaultInstance());
            return wire.build();
        }

        private static Resource.ReservationInfo.Builder reservation() {
            return Resource.ReservationInfo.newBuilder()
                    .setType(Resource.ReservationInfo.Type.STATIC)
                    .setRole("dev");
        }

        private Resource ports() {
            long begin = random.nextInt(3) == 0 ? Long.MAX_VALUE - 10 : random.nextInt(100);
            long end = random.nextInt(3) == 0 ? Long.MAX_VALUE : begin + random.nextInt(10);
            return Resource.newBuilder()
                    .setName("ports")
                    .setType(Value.Type.RANGES)
                    .setRanges(
                            Value.Ranges.newBuilder()
                                    .addRange(Value.Range.newBuilder().setBegin(begin).setEnd(end)))
                    .build();
        }

        private static Resource.Builder scalar(String name, double value) {
            return Resource.newBuilder()
                    .setName(name)
                    .setType(Value.Type.SCALAR)
                    .setScalar(Value.Scalar.newBuilder().setValue(value));
        }

        private double amount() {
            return AMOUNTS[random.nextInt(AMOUNTS.length)];
        }

        private void accept() {
            var listening =
                    stage.cluster().frameworks().values().stream()
                            .filter(Framework::isConnected)
                            .toList();
            if (listening.isEmpty()) return;
            var framework = listening.get(random.nextInt(listening.size()));
            var offers = stage.offersOf(framework.id());
            if (offers.isEmpty()) return;
            var first = offers.get(random.nextInt(offers.size()));
            var same =
                    offers.stream()
                            .filter(offer -> offer.agent().equals(first.agent()))
                            .filter(offer -> offer.grant().role().equals(first.grant().role()))
                            .toList();
            var tasks = new ArrayList<Operation.Proposal>();
            int count = random.nextInt(4);
            for (int i = 0; i < count; i++)
                tasks.add(
                        new Operation.Proposal.Wellformed(
                                spec(first.grant().role(), part(same)), first.agent()));
            stage.put(
                    new Command.Accept(
                            stage.caller(framework.id()),
                            same.stream().map(Offer::id).toList(),
                            List.of(new Operation.Launch(tasks)),
                            Duration.ofSeconds(random.nextInt(3))));
        }

        private Resources part(List<Offer> offers) {
            var offer = offers.get(random.nextInt(offers.size()));
            var all = offer.grant().resources();
            var some = all.filter(_ -> random.nextInt(3) > 0);
            return some.isEmpty() ? all : some;
        }

        private TaskSpec spec(Role role, Resources resources) {
            var name = "t" + ++names;
            return new TaskSpec(new TaskId(name), name, role, resources, Opaque.EMPTY);
        }

        private void report() {
            var tasks = stage.cluster().tasks().all().toList();
            if (tasks.isEmpty()) return;
            Task task = tasks.get(random.nextInt(tasks.size()));
            var agent = stage.cluster().agent(task.agent()).orElseThrow();
            if (agent.link().isEmpty()) return;
            var state = random.nextBoolean() ? TaskState.TASK_RUNNING : TaskState.TASK_FINISHED;
            var origin =
                    new Status.Origin(
                            StatusSource.EXECUTOR, Optional.<StatusReason>empty(), stage.now());
            var uuid = new UUID(random.nextLong(), random.nextLong());
            var status = new Status(state, origin, "", Optional.of(uuid), Opaque.EMPTY);
            stage.put(
                    new Command.Report(agent.id(), agent.link().get(), task.key(), status, state));
        }
    }

    @Test
    void refuseAVolumeOfTwoSizes() throws Unacceptable {
        var stage = Stage.empty();
        var world = new World(new Random(1));
        var framework =
                stage.subscribe(
                        FrameworkDraft.aFramework().in("dev").ableTo(FrameworkCapability.values()));
        var first = world.volume();
        var info =
                AgentInfo.newBuilder()
                        .setHostname("h")
                        .setPort(5051)
                        .addResources(scalar("cpus", 4))
                        .addResources(scalar("mem", 1_024))
                        .addResources(first);
        stage.put(HelloReading.read(capable(info).build(), link("a"), ""));
        var offer = stage.offersOf(framework).getFirst();
        var task = world.spec(offer.grant().role(), offer.grant().resources());
        stage.put(
                new Command.Accept(
                        stage.caller(framework),
                        List.of(offer.id()),
                        List.of(
                                new Operation.Launch(
                                        List.of(
                                                new Operation.Proposal.Wellformed(
                                                        task, offer.agent())))),
                        Duration.ZERO));
        var grown = first.toBuilder();
        grown.getScalarBuilder().setValue(first.getScalar().getValue() * 2);
        info.setResources(2, grown);
        var again = capable(info).setAgentId(WireNames.id(offer.agent())).build();

        var decision = stage.put(HelloReading.read(again, link("b"), ""));

        assertThat(decision)
                .isInstanceOfSatisfying(
                        Decision.Refused.class,
                        refused ->
                                assertThat(refused.refusal())
                                        .isInstanceOf(Refusal.VolumeResized.class));
    }

    /// Of an agent that may be offered to anyone.
    private static Hello.Builder capable(AgentInfo.Builder info) {
        var hello = Hello.newBuilder().setAgentInfo(info).setVersion("1");
        for (var type : AgentInfo.Capability.Type.values())
            if (type != AgentInfo.Capability.Type.UNKNOWN)
                hello.addCapabilities(AgentInfo.Capability.newBuilder().setType(type));
        return hello;
    }

    private static Resource scalar(String name, double value) {
        return World.scalar(name, value).build();
    }

    private static LinkId link(String name) {
        return new LinkId(name);
    }
}

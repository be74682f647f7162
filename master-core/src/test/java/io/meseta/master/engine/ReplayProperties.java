package io.meseta.master.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.allocator.constraint.OfferConstraints;
import io.meseta.allocator.rule.Sharing;
import io.meseta.master.core.agent.AgentProfile;
import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.core.cluster.Command;
import io.meseta.master.core.cluster.Command.HeldTask;
import io.meseta.master.core.cluster.Operation.Proposal;
import io.meseta.master.core.executor.Executor;
import io.meseta.master.core.executor.ExecutorSpec;
import io.meseta.master.core.framework.OfferWishes;
import io.meseta.master.core.offer.Offer;
import io.meseta.master.core.task.Home;
import io.meseta.master.core.task.Task;
import io.meseta.master.core.task.TaskSpec;
import io.meseta.master.core.upkeep.MachineId;
import io.meseta.master.core.upkeep.Unavailability;
import io.meseta.master.core.upkeep.UpkeepWish;
import io.meseta.master.core.upkeep.Window;
import io.meseta.master.play.Play;
import io.meseta.model.AgentCapability;
import io.meseta.model.AgentId;
import io.meseta.model.ExecutorId;
import io.meseta.model.FrameworkCapability;
import io.meseta.model.FrameworkId;
import io.meseta.model.Opaque;
import io.meseta.model.Priority;
import io.meseta.model.Resources;
import io.meseta.model.Role;
import io.meseta.model.TaskState;
import io.meseta.model.Weight;
import io.meseta.model.quota.Limits;
import io.meseta.model.quota.Quantities;
import io.meseta.model.quota.Quota;
import io.meseta.testkit.Seeds;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Whatever has happened: the journal alone tells the same story as the leader's memory.
class ReplayProperties {

    private static final int RUNS = 60;
    private static final int MOVES = 250;
    private static final List<Role> ROLES = List.of(Play.DEV, new Role("dev/web"), new Role("ops"));
    private static final List<TaskState> STATES =
            List.of(
                    TaskState.TASK_STARTING,
                    TaskState.TASK_RUNNING,
                    TaskState.TASK_KILLING,
                    TaskState.TASK_FINISHED,
                    TaskState.TASK_FAILED,
                    TaskState.TASK_KILLED);

    @Test
    void replayingTheJournalGivesTheSameState() {
        Seeds.run(
                RUNS,
                random -> {
                    var history = new History(random);
                    for (int i = 0; i < MOVES; i++) history.move();

                    assertThat(Replay.of(history.play.journal).cluster().durable())
                            .isEqualTo(history.play.cluster().durable());
                });
    }

    @Test
    void recoversTheSameStateFromASnapshotAtAnyPoint() {
        Seeds.run(
                RUNS,
                random -> {
                    var history = new History(random);
                    int savedAfter = random.nextInt(MOVES);
                    for (int i = 0; i < MOVES; i++) {
                        history.move();
                        if (i == savedAfter) history.save();
                    }

                    assertThat(Replay.of(history.play.journal).cluster().durable())
                            .isEqualTo(history.play.cluster().durable());
                });
    }

    @Test
    void losesNothingWhenAStateIsSavedAndReadBack() {
        Seeds.run(
                RUNS,
                random -> {
                    var history = new History(random);
                    for (int i = 0; i < MOVES; i++) history.move();
                    var durable = history.play.cluster().durable();

                    assertThat(durable.toCluster().durable()).isEqualTo(durable);
                });
    }

    private static final class History {

        private static final Resources WHOLE = Resources.parse("cpus:4;mem:1024");

        private final Random random;
        private final Play play = new Play();
        private int launches;
        private int statuses;

        History(Random random) {
            this.random = random;
            play.framework();
            play.agent("cpus:4;mem:1024");
        }

        void save() {
            var snapshot = new Snapshot(play.committer.sequence(), play.now, play.cluster());
            play.journal.save(snapshot);
        }

        void move() {
            play.now = play.now.plusMillis(random.nextInt(3_000));
            switch (random.nextInt(20)) {
                case 0 ->
                        play.framework(
                                Play.profile(
                                        Duration.ofSeconds(random.nextInt(30)),
                                        random.nextBoolean()
                                                ? FrameworkCapability.PARTITION_AWARE
                                                : FrameworkCapability.MULTI_ROLE));
                case 1 -> {
                    // Not while its machine is down.
                    if (!isDown()) play.greet(Optional.empty(), drainable(), 0);
                }
                case 2 -> anyFramework().ifPresent(play::hangUp);
                case 3 -> anyFramework().ifPresent(play::resubscribe);
                case 4 -> anyAgent().ifPresent(play::unplug);
                case 5 -> anyAgent().ifPresent(this::greet);
                case 6 -> {
                    if (random.nextInt(6) == 0) play.failOver();
                }
                case 7 -> play.pass(Duration.ofSeconds(random.nextInt(100)));
                case 8 -> anyTask().ifPresent(task -> play.put(new Command.KillTask(task.key())));
                case 9 -> {
                    if (random.nextInt(8) == 0)
                        anyFramework().ifPresent(id -> play.put(new Command.RemoveFramework(id)));
                }
                case 10, 11 -> anyFramework().ifPresent(this::launch);
                case 12 -> anyTask().ifPresent(this::report);
                case 13 ->
                        any(cluster().tasks().executors().all().toList())
                                .ifPresent(this::endAnExecutor);
                case 14 -> anyTask().ifPresent(this::acknowledge);
                case 15 -> changeQuota();
                case 16 -> {
                    if (random.nextBoolean()) changeWeight();
                    else comeFirst();
                }
                case 17, 18 -> anyAgent().ifPresent(this::upkeep);
                default -> anyFramework().ifPresent(this::suppressOrRevive);
            }
        }

        private void changeQuota() {
            var role = ROLES.get(random.nextInt(ROLES.size()));
            long promised = random.nextInt(4_000);
            var limits =
                    new Limits(new TreeMap<>(Map.of("cpus", promised + random.nextInt(4_000))));
            var guarantees = Quantities.of(Map.of("cpus", promised));
            var quota = random.nextBoolean() ? new Quota(guarantees, limits) : Quota.NONE;
            switch (random.nextInt(3)) {
                case 0 -> play.put(new Command.SetQuota(role, guarantees, random.nextBoolean()));
                case 1 -> play.put(new Command.RemoveQuota(role));
                default ->
                        play.put(
                                new Command.UpdateQuotas(
                                        new TreeMap<>(Map.of(role, quota)), random.nextBoolean()));
            }
        }

        private void changeWeight() {
            var role = ROLES.get(random.nextInt(ROLES.size()));
            var weight = new Weight(1 + random.nextInt(3));
            play.put(new Command.UpdateWeights(new TreeMap<>(Map.of(role, weight))));
        }

        /// Somebody says which role comes first, and somebody needs a whole agent.
        private void comeFirst() {
            var priority = new Priority(random.nextInt(3));
            var sharing = new Sharing(false, priority, true, random.nextBoolean());
            play.put(new Command.ShareAs(Play.DEV, Optional.of(sharing)));
            var wish = new Command.Wish(Optional.empty(), Optional.empty(), WHOLE);
            anyFramework()
                    .ifPresent(id ->
                            play.put(new Command.RequestResources(play.caller(id), List.of(wish))));
        }

        private static AgentProfile drainable() {
            return new AgentProfile(
                    "host",
                    5051,
                    Resources.parse("cpus:2;mem:512"),
                    Set.of(AgentCapability.AGENT_DRAINING),
                    "1.11.0",
                    Opaque.EMPTY);
        }

        private void upkeep(AgentId agent) {
            var machine = new MachineId("host", "");
            var away = new Unavailability(random.nextLong(), OptionalLong.empty());
            var wish =
                    switch (random.nextInt(9)) {
                        case 0 -> new UpkeepWish.DeactivateAgent(agent);
                        case 1, 2 -> new UpkeepWish.ReactivateAgent(agent);
                        case 3, 4 ->
                                new UpkeepWish.DrainAgent(
                                        agent, Optional.empty(), random.nextInt(4) == 0);
                        case 5 -> new UpkeepWish.CancelDrain(agent);
                        case 6 ->
                                new UpkeepWish.SetSchedule(
                                        List.of(new Window(List.of(machine), away)));
                        case 7 ->
                                random.nextInt(4) == 0
                                        ? new UpkeepWish.TakeDown(List.of(machine))
                                        : new UpkeepWish.BringUp(List.of(machine));
                        default -> new UpkeepWish.MarkGone(agent);
                    };
            play.put(new Command.KeepUp(wish));
        }

        private void launch(FrameworkId id) {
            var offers = play.offersOf(id);
            if (offers.isEmpty()) return;
            var offer = offers.getFirst();
            var plain = Play.spec("t" + ++launches, "cpus:0.5;mem:64");
            var spec =
                    new TaskSpec(
                            plain.id(),
                            plain.name(),
                            plain.role(),
                            plain.resources(),
                            plain.wire(),
                            plain.home(),
                            random.nextBoolean()
                                    ? Optional.empty()
                                    : Optional.of(new Priority(-random.nextInt(3))));
            if (random.nextInt(3) == 0) launchInExecutor(id, offer, spec);
            else play.accept(id, List.of(offer), new Proposal.Wellformed(spec, offer.agent()));
        }

        private void launchInExecutor(FrameworkId id, Offer offer, TaskSpec spec) {
            var executor =
                    new ExecutorSpec(
                            new ExecutorId("e" + random.nextInt(2)),
                            Resources.parse("cpus:0.1;mem:32"),
                            Opaque.EMPTY);
            var member =
                    new TaskSpec(
                            spec.id(),
                            spec.name(),
                            spec.role(),
                            spec.resources(),
                            spec.wire(),
                            new Home.In(executor.id(), false));
            play.accept(
                    id,
                    List.of(offer),
                    new Proposal.Wellformed(member, offer.agent(), "", Optional.of(executor)));
        }

        private void endAnExecutor(Executor executor) {
            var said = new Command.HeldExecutor(executor.key(), executor.order());
            var agent = executor.agent();
            long seen = executor.order() + random.nextInt(3);
            play.put(
                    new Command.ReportExecutorEnd(
                            agent, play.link(agent), said, Optional.of(0), seen));
        }

        private void report(Task task) {
            var state = STATES.get(random.nextInt(STATES.size()));
            var newest = random.nextInt(4) == 0 ? TaskState.TASK_FINISHED : state;
            int uuid = random.nextInt(4) == 0 ? statuses : ++statuses;
            play.report(task.key(), Play.status(state, uuid), newest);
        }

        private void acknowledge(Task task) {
            task.trail()
                    .pending()
                    .flatMap(status -> status.uuid())
                    .ifPresent(uuid ->
                            play.put(
                                    new Command.Acknowledge(
                                            play.caller(task.key().framework()),
                                            task.agent(),
                                            task.key().task(),
                                            uuid)));
        }

        private boolean isDown() {
            return cluster().upkeep().maintenance().isDown(new MachineId("host", ""));
        }

        private void greet(AgentId agent) {
            if (isDown()) return;
            var held =
                    cluster()
                            .tasks()
                            .on(agent)
                            .filter(_ -> random.nextInt(5) != 0)
                            .map(task -> new HeldTask(task.key(), task.state()))
                            .filter(task -> task.state() != TaskState.TASK_UNREACHABLE)
                            .toArray(HeldTask[]::new);
            long last = cluster().agent(agent).orElseThrow().lastOrder();
            play.greetAgain(agent, last - random.nextInt((int) last + 1), held);
        }

        private void suppressOrRevive(FrameworkId id) {
            if (random.nextInt(4) == 0) {
                update(id);
                return;
            }
            if (random.nextBoolean())
                play.put(new Command.Suppress(play.caller(id), new TreeSet<>()));
            else play.put(new Command.Revive(play.caller(id), new TreeSet<>()));
        }

        private void update(FrameworkId id) {
            var said = Play.profile(Duration.ofSeconds(random.nextInt(30)));
            var suppressed = new TreeSet<Role>();
            if (random.nextBoolean()) suppressed.add(Play.DEV);
            play.put(
                    new Command.UpdateFramework(
                            play.caller(id),
                            said,
                            new OfferWishes(suppressed, OfferConstraints.NONE)));
        }

        private Optional<FrameworkId> anyFramework() {
            return any(List.copyOf(cluster().frameworks().keySet()));
        }

        private Optional<AgentId> anyAgent() {
            return any(List.copyOf(cluster().agents().keySet()));
        }

        private Optional<Task> anyTask() {
            return any(cluster().tasks().all().toList());
        }

        private Cluster cluster() {
            return play.cluster();
        }

        private <T> Optional<T> any(List<T> all) {
            return all.isEmpty()
                    ? Optional.empty()
                    : Optional.of(all.get(random.nextInt(all.size())));
        }
    }
}

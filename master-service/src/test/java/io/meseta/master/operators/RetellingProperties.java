package io.meseta.master.operators;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.core.agent.AgentProfile;
import io.meseta.master.core.agent.LinkId;
import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.core.cluster.Command;
import io.meseta.master.core.cluster.Command.HeldTask;
import io.meseta.master.core.cluster.Command.Recollection;
import io.meseta.master.core.cluster.Moment;
import io.meseta.master.core.cluster.Operation;
import io.meseta.master.core.cluster.Operation.Proposal;
import io.meseta.master.core.framework.FrameworkProfile;
import io.meseta.master.core.framework.StreamId;
import io.meseta.master.core.operation.OperationSpec;
import io.meseta.master.core.reign.Epoch;
import io.meseta.master.core.reign.Terms;
import io.meseta.master.core.task.Status;
import io.meseta.master.core.task.Task;
import io.meseta.master.core.task.TaskSpec;
import io.meseta.master.core.upkeep.UpkeepWish;
import io.meseta.master.doors.Format;
import io.meseta.master.engine.Committed;
import io.meseta.master.engine.Committer;
import io.meseta.master.engine.Snapshot;
import io.meseta.master.events.Audience;
import io.meseta.master.events.EventId;
import io.meseta.master.events.Past;
import io.meseta.master.events.Position;
import io.meseta.master.events.Retelling;
import io.meseta.master.views.Visibility;
import io.meseta.master.wire.Sealed;
import io.meseta.mesos.v1.AgentID;
import io.meseta.mesos.v1.AgentInfo;
import io.meseta.mesos.v1.FrameworkInfo;
import io.meseta.mesos.v1.TaskID;
import io.meseta.mesos.v1.TaskInfo;
import io.meseta.mesos.v1.TaskStatus;
import io.meseta.model.AgentCapability;
import io.meseta.model.AgentId;
import io.meseta.model.FrameworkCapability;
import io.meseta.model.FrameworkId;
import io.meseta.model.MasterId;
import io.meseta.model.OperationId;
import io.meseta.model.Reservation;
import io.meseta.model.Resource;
import io.meseta.model.ResourceKind;
import io.meseta.model.Resources;
import io.meseta.model.Role;
import io.meseta.model.Scalar;
import io.meseta.model.TaskId;
import io.meseta.model.TaskState;
import io.meseta.model.conversion.Conversion;
import io.meseta.model.conversion.OperationType;
import io.meseta.model.quota.Quantities;
import io.meseta.model.status.StatusSource;
import io.meseta.testkit.Seeds;
import io.meseta.testkit.cluster.InMemoryJournal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// What operators are told again from the journal is what they were told when it happened: the same
/// events with the same numbers, whatever has happened, and whoever led.
final class RetellingProperties {

    private static final int RUNS = 25;
    private static final int MOVES = 150;
    private static final Role DEV = new Role("dev");
    private static final Audience OPERATOR =
            new Audience(Visibility.ALL, Format.JSON, new Audience.More(true, false, true, true));
    private static final OperatorDialect DIALECT = new OperatorDialect(Duration.ofSeconds(15));
    private static final Retelling.Bounds BOUNDS =
            new Retelling.Bounds(Long.MAX_VALUE, Long.MAX_VALUE);

    @Test
    void tellsAgainWhatWasToldAndNothingElse() {
        Seeds.run(
                RUNS,
                random -> {
                    var history = new History(random);
                    int savedAfter = random.nextInt(MOVES);
                    for (int i = 0; i < MOVES; i++) {
                        history.move();
                        if (i == savedAfter) history.save();
                    }
                    long until = history.journal.head().nextSequence() - 1;
                    long after = random.nextInt((int) until + 1);

                    var past = new Retelling(() -> history.journal, DIALECT, BOUNDS);
                    var told = ((Past.Outcome.Found) past.between(after, until)).told();

                    assertThat(told.stream().map(each -> text(each.news().frame(OPERATOR))))
                            .filteredOn(text -> !text.isEmpty())
                            .containsExactlyElementsOf(history.since(after));
                    assertThat(told)
                            .isSortedAccordingTo(
                                    (one, other) -> Long.compare(one.sequence(), other.sequence()));
                });
    }

    private static String text(byte[] frame) {
        return new String(frame, StandardCharsets.UTF_8);
    }

    private record Live(long sequence, String text) {}

    /// A cluster to which anything may happen, and what was told of it at once.
    private static final class History {

        private final Random random;
        private final InMemoryJournal journal = new InMemoryJournal();
        private final List<Live> live = new ArrayList<>();
        private Committer committer;
        private Instant now = Instant.parse("2026-01-01T00:00:00Z");
        private long seed;
        private long epoch;
        private long names;

        History(Random random) {
            this.random = random;
            this.committer = takeOver();
            subscribe(Optional.empty());
            greet(Optional.empty());
        }

        List<String> since(long after) {
            return live.stream().filter(each -> each.sequence() > after).map(Live::text).toList();
        }

        /// From where it is told again, if that is old enough.
        void save() {
            journal.save(new Snapshot(committer.sequence(), now, cluster()));
        }

        private Cluster cluster() {
            return committer.current();
        }

        private Committer takeOver() {
            epoch++;
            var lead = new Command.Lead(new Epoch(epoch), new MasterId("M" + epoch), Terms.DEFAULT);
            return Committer.takeOver(journal, lead, new Moment(now, seed++));
        }

        private void put(Command command) {
            Committed batch = committer.commit(List.of(command), new Moment(now, seed++));
            var before = journal.head().nextSequence() - 1;
            boolean isRecorded = batch.events().stream().anyMatch(event -> event.isRecorded());
            if (!isRecorded) return;
            var from = position(batch.before(), before - 1);
            var to = position(batch.after(), batch.sequence());
            DIALECT.news(from, List.of(batch), to)
                    .map(news -> text(news.frame(OPERATOR)))
                    .filter(text -> !text.isEmpty())
                    .ifPresent(text -> live.add(new Live(batch.sequence(), text)));
        }

        private Position position(Cluster cluster, long sequence) {
            return new Position(new EventId(new Epoch(epoch), 1), cluster, sequence);
        }

        void move() {
            now = now.plusMillis(random.nextInt(5_000));
            switch (random.nextInt(16)) {
                case 0 -> subscribe(Optional.empty());
                case 1 ->
                        any(cluster().frameworks().keySet())
                                .ifPresent(id -> subscribe(Optional.of(id)));
                case 2 -> greet(Optional.empty());
                case 3, 4 ->
                        any(cluster().agents().keySet()).ifPresent(id -> greet(Optional.of(id)));
                case 5 -> {
                    now = now.plusSeconds(random.nextInt(120));
                    put(new Command.Tick());
                }
                case 6 -> {
                    if (random.nextInt(5) == 0) committer = takeOver();
                }
                case 7 -> {
                    if (random.nextInt(6) == 0)
                        any(cluster().frameworks().keySet())
                                .ifPresent(id -> put(new Command.RemoveFramework(id)));
                }
                case 8 -> any(cluster().agents().keySet()).ifPresent(this::upkeep);
                case 9 ->
                        put(
                                new Command.SetQuota(
                                        DEV,
                                        Quantities.of(Map.of("cpus", 1L + random.nextInt(4_000))),
                                        true));
                case 10 -> put(new Command.RemoveQuota(DEV));
                case 11, 12 -> any(cluster().frameworks().keySet()).ifPresent(this::accept);
                default -> anyTask().ifPresent(this::report);
            }
        }

        private <T> Optional<T> any(Set<T> some) {
            var all = List.copyOf(some);
            return all.isEmpty()
                    ? Optional.empty()
                    : Optional.of(all.get(random.nextInt(all.size())));
        }

        private Optional<Task> anyTask() {
            var all = cluster().tasks().all().toList();
            return all.isEmpty()
                    ? Optional.empty()
                    : Optional.of(all.get(random.nextInt(all.size())));
        }

        private void subscribe(Optional<FrameworkId> id) {
            var name = "framework " + ++names;
            var info = FrameworkInfo.newBuilder().setUser("root").setName(name).build();
            var profile =
                    new FrameworkProfile(
                            new FrameworkProfile.Identity("root", Optional.empty(), true),
                            name,
                            new TreeSet<>(Set.of(DEV)),
                            EnumSet.of(FrameworkCapability.PARTITION_AWARE),
                            Duration.ofSeconds(random.nextInt(60)),
                            Sealed.seal(info));
            put(
                    new Command.Subscribe(
                            id,
                            profile,
                            Collections.emptySortedSet(),
                            new StreamId("stream-" + names)));
        }

        private void greet(Optional<AgentId> id) {
            var info = AgentInfo.newBuilder().setHostname("host").build();
            var resources =
                    id.flatMap(cluster()::agent)
                            .map(agent -> agent.profile().resources())
                            .orElseGet(() -> Resources.parse("cpus:4;mem:1024"));
            var profile =
                    new AgentProfile(
                            "host",
                            5051,
                            resources,
                            EnumSet.allOf(AgentCapability.class),
                            "1",
                            Sealed.seal(info));
            var held =
                    id.stream()
                            .flatMap(each -> cluster().tasks().on(each))
                            .filter(_ -> random.nextInt(6) != 0)
                            .filter(task -> task.state() != TaskState.TASK_UNREACHABLE)
                            .map(task -> new HeldTask(task.key(), task.state()))
                            .toList();
            long seen = id.flatMap(cluster()::agent).map(agent -> agent.lastOrder()).orElse(0L);
            put(
                    new Command.Greet(
                            id,
                            profile,
                            new LinkId("link-" + ++names),
                            new Recollection(new Epoch(id.isPresent() ? epoch : 0), seen),
                            held));
        }

        private void upkeep(AgentId agent) {
            UpkeepWish wish =
                    switch (random.nextInt(5)) {
                        case 0 -> new UpkeepWish.DeactivateAgent(agent);
                        case 1 -> new UpkeepWish.ReactivateAgent(agent);
                        case 2 -> new UpkeepWish.DrainAgent(agent, Optional.empty(), false);
                        case 3 -> new UpkeepWish.CancelDrain(agent);
                        default -> new UpkeepWish.MarkGone(agent);
                    };
            put(new Command.KeepUp(wish));
        }

        private void accept(FrameworkId id) {
            var framework = cluster().framework(id).orElseThrow();
            var offers = cluster().offers().of(id);
            if (offers.isEmpty() || framework.stream().isEmpty()) return;
            var offer = offers.getFirst();
            var operations = new ArrayList<Operation>();
            if (random.nextInt(3) == 0) operations.add(reserve());
            operations.add(new Operation.Launch(List.of(task(offer.agent()))));
            put(
                    new Command.Accept(
                            new Command.Caller(id, framework.stream(), Optional.empty()),
                            List.of(offer.id()),
                            operations,
                            Duration.ofSeconds(1)));
        }

        private Operation reserve() {
            var kind = ResourceKind.plain("cpus").reserved(Reservation.ofDynamic(DEV));
            var conversion = Conversion.reserving(List.of(new Resource(kind, new Scalar(100))));
            return new Operation.Convert(
                    Optional.of(new OperationId("o" + ++names)),
                    new OperationSpec(
                            OperationType.RESERVE,
                            conversion,
                            Sealed.seal(
                                    io.meseta.mesos.v1.Offer.Operation.newBuilder()
                                            .setType(
                                                    io.meseta.mesos.v1.Offer.Operation.Type.RESERVE)
                                            .build())),
                    "");
        }

        private Proposal task(AgentId agent) {
            var id = "t" + ++names;
            var info =
                    TaskInfo.newBuilder()
                            .setName(id)
                            .setTaskId(TaskID.newBuilder().setValue(id))
                            .setAgentId(AgentID.newBuilder().setValue(agent.value()))
                            .build();
            var spec =
                    new TaskSpec(
                            new TaskId(id),
                            id,
                            DEV,
                            Resources.parse("cpus:0.5"),
                            Sealed.seal(info));
            return new Proposal.Wellformed(spec, agent);
        }

        private void report(Task task) {
            var link = cluster().agent(task.agent()).flatMap(agent -> agent.link());
            if (link.isEmpty()) return;
            var states =
                    List.of(
                            TaskState.TASK_RUNNING,
                            TaskState.TASK_RUNNING,
                            TaskState.TASK_FINISHED,
                            TaskState.TASK_FAILED);
            var state = states.get(random.nextInt(states.size()));
            var uuid = new UUID(7, ++names);
            var wire =
                    TaskStatus.newBuilder()
                            .setTaskId(TaskID.newBuilder().setValue(task.key().task().value()))
                            .setState(io.meseta.mesos.v1.TaskState.valueOf(state.name()))
                            .build();
            var origin = new Status.Origin(StatusSource.EXECUTOR, Optional.empty(), now);
            var status = new Status(state, origin, "", Optional.of(uuid), Sealed.seal(wire));
            put(new Command.Report(task.agent(), link.get(), task.key(), status, state));
            var stream = cluster().framework(task.key().framework()).flatMap(each -> each.stream());
            if (random.nextInt(3) == 0 || stream.isEmpty()) return;
            put(
                    new Command.Acknowledge(
                            new Command.Caller(task.key().framework(), stream, Optional.empty()),
                            task.agent(),
                            task.key().task(),
                            uuid));
        }
    }
}

package io.meseta.master.leadership;

import static io.meseta.testkit.cluster.FrameworkDraft.aFramework;
import static io.meseta.testkit.cluster.TaskDraft.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.core.cluster.Command;
import io.meseta.master.core.cluster.Decision;
import io.meseta.master.core.cluster.Event;
import io.meseta.master.core.cluster.Operation;
import io.meseta.master.core.framework.StreamId;
import io.meseta.master.core.offer.Offer;
import io.meseta.master.core.task.TaskEvent;
import io.meseta.master.engine.ClusterWriter;
import io.meseta.master.engine.Committed;
import io.meseta.master.engine.Entry;
import io.meseta.master.engine.Lane;
import io.meseta.master.engine.Unanswered;
import io.meseta.master.journal.JournalTables;
import io.meseta.master.leadership.Leadership.Role;
import io.meseta.master.leadership.StopPoint.Where;
import io.meseta.model.FrameworkId;
import io.meseta.model.TaskId;
import io.meseta.model.TaskKey;
import io.meseta.testkit.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A leader stops between each two lines of a commit, and a standby takes over: what was answered
/// is true, what is in the journal is done once, and nothing else is done.
final class StoppedLeaderIT {

    private final JournalTables tables = JournalTables.fresh();
    private final StopPoint stop = new StopPoint();
    private final StubbornAgent agent = new StubbornAgent();
    private final List<Rival> rivals = new ArrayList<>();
    private Rival leader;
    private Rival standby;
    private Offer offer;
    private Command.Caller caller;

    @BeforeEach
    void offerSomething() throws InterruptedException {
        leader = rival(1, stop);
        var writer = leader.writer();
        standby = rival(2, new StopPoint());
        standby.follows(1);
        var stream = new StreamId("the-stream");
        writer.submit(
                Lane.CLIENTS,
                new Command.Subscribe(
                        Optional.empty(),
                        aFramework().patientFor(Duration.ofHours(1)).profile(),
                        Collections.emptySortedSet(),
                        stream));
        writer.submit(Lane.AGENTS, agent.greeting());
        var framework = framework(writer);
        caller = new Command.Caller(framework, Optional.of(stream), Optional.empty());
        offer =
                Await.shortly()
                        .value(
                                "something is offered",
                                () ->
                                        writer.view().cluster().offers().of(framework).stream()
                                                .findFirst());
        Await.shortly()
                .until(
                        "the standby has followed",
                        () ->
                                standby.following()
                                        .seen()
                                        .filter(seen ->
                                                seen.view().sequence() == writer.view().sequence())
                                        .isPresent());
    }

    @AfterEach
    void closeAll() {
        stop.resume();
        rivals.forEach(Rival::close);
        tables.close();
    }

    @ParameterizedTest
    @EnumSource
    void goesOnWhereALeaderWasPaused(Where where) throws Exception {
        var answer = launchAndStopAt(where);
        leader.pauseLease();
        var next = standby.leading();

        stop.resume();
        leader.doesNotLead();
        var outcome = answer.join();
        comeBackTo(next.writer());

        assertOnceOrNever(outcome, next.writer());
        // It knows at once that it leads no more, and so nothing of it was left to refuse.
        assertThat(agent.refused()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void goesOnWhereALeaderHasDied(Where where) throws Exception {
        var answer = launchAndStopAt(where);
        leader.pauseLease();
        var next = standby.leading();
        comeBackTo(next.writer());

        stop.kill();
        // Whoever has no answer by now never gets one: the connection is broken.
        var outcome = answer.getNow(Optional.empty());

        assertOnceOrNever(outcome, next.writer());
        // What was durable is done, although the one who wrote it never did it.
        boolean isDurable = where != Where.BEFORE_THE_APPEND;
        assertThat(agent.started()).hasSize(isDurable ? 2 : 0);
    }

    /// What became of the call: a decision, or none.
    private CompletableFuture<Optional<Decision>> launchAndStopAt(Where where) {
        var proposals = List.of(aTask("one").on(offer), aTask("other").on(offer));
        var command =
                new Command.Accept(
                        caller,
                        List.of(offer.id()),
                        List.of(new Operation.Launch(List.copyOf(proposals))),
                        Duration.ZERO);
        var writer = leader.writer();
        stop.arm(where);
        var answer =
                CompletableFuture.supplyAsync(
                        () -> submit(writer, command), task -> Thread.ofVirtual().start(task));
        stop.awaitReached();
        return answer;
    }

    private static Optional<Decision> submit(ClusterWriter writer, Command command) {
        try {
            return Optional.of(writer.submit(Lane.CLIENTS, command));
        } catch (Unanswered _) {
            return Optional.empty();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    /// Agent and framework find the new leader.
    private void comeBackTo(ClusterWriter writer) throws InterruptedException {
        writer.submit(Lane.AGENTS, agent.greeting());
        writer.submit(
                Lane.CLIENTS,
                new Command.Subscribe(
                        Optional.of(caller.framework()),
                        aFramework().patientFor(Duration.ofHours(1)).profile(),
                        Collections.emptySortedSet(),
                        new StreamId(UUID.randomUUID().toString())));
    }

    private void assertOnceOrNever(Optional<Decision> outcome, ClusterWriter writer) {
        var framework = caller.framework();
        var one = new TaskKey(framework, new TaskId("one"));
        var other = new TaskKey(framework, new TaskId("other"));
        var launched = launched();
        assertThat(launched).doesNotHaveDuplicates();
        if (outcome.isPresent()) {
            assertThat(outcome.get()).isInstanceOf(Decision.Accepted.class);
            assertThat(launched).containsExactly(one, other);
        }
        Await.shortly()
                .passes(
                        "what is durable is done, once",
                        () -> assertThat(agent.started()).isEqualTo(launched));
        assertThat(writer.view().cluster().tasks().find(one).isPresent())
                .isEqualTo(launched.contains(one));
        assertThat(entries()).extracting(Entry::epoch).isSorted();
    }

    private List<TaskKey> launched() {
        return entries().stream()
                .flatMap(entry -> entry.events().stream())
                .filter(Event.OfTask.class::isInstance)
                .map(event -> ((Event.OfTask) event).event())
                .filter(TaskEvent.TaskLaunched.class::isInstance)
                .map(event -> ((TaskEvent.TaskLaunched) event).task())
                .toList();
    }

    private List<Entry> entries() {
        var entries = new ArrayList<Entry>();
        tables.journal().read(1, entries::add);
        return entries;
    }

    private static FrameworkId framework(ClusterWriter writer) {
        return writer.view().cluster().frameworks().firstKey();
    }

    private Rival rival(int port, StopPoint point) {
        var speaking = new Speaking(point);
        var rival = new Rival(tables, port, point::line, speaking::run);
        speaking.rival = Optional.of(rival);
        rivals.add(rival);
        return rival.start();
    }

    /// Says nothing once its reign is over, as a master's delivery does.
    private final class Speaking {

        private final StopPoint point;
        private volatile Optional<Rival> rival = Optional.empty();

        Speaking(StopPoint point) {
            this.point = point;
        }

        void run(Committed committed) {
            for (var effect : committed.effects()) {
                if (leads(committed)) agent.hear(committed, effect);
                point.pass(Where.AMID_THE_EFFECTS);
            }
        }

        private boolean leads(Committed committed) {
            return rival.orElseThrow().role() instanceof Role.Leading(var epoch, _, _, _)
                    && epoch.equals(committed.after().reign().epoch());
        }
    }
}

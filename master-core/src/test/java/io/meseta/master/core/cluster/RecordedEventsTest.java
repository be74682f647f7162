package io.meseta.master.core.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.allocator.Grant;
import io.meseta.master.core.agent.AgentEvent;
import io.meseta.master.core.agent.LinkId;
import io.meseta.master.core.cluster.Event.OfAgent;
import io.meseta.master.core.cluster.Event.OfExecutor;
import io.meseta.master.core.cluster.Event.OfFramework;
import io.meseta.master.core.cluster.Event.OfOffer;
import io.meseta.master.core.cluster.Event.OfTask;
import io.meseta.master.core.cluster.Event.OfUpkeep;
import io.meseta.master.core.executor.ExecutorEvent;
import io.meseta.master.core.framework.FrameworkEvent;
import io.meseta.master.core.framework.OfferWishes;
import io.meseta.master.core.framework.StreamId;
import io.meseta.master.core.offer.Offer;
import io.meseta.master.core.offer.OfferEvent;
import io.meseta.master.core.task.TaskEvent;
import io.meseta.master.core.task.WantedKill;
import io.meseta.master.core.upkeep.UpkeepEvent;
import io.meseta.master.play.Play;
import io.meseta.model.AgentId;
import io.meseta.model.ExecutorId;
import io.meseta.model.ExecutorKey;
import io.meseta.model.FrameworkId;
import io.meseta.model.OfferId;
import io.meseta.model.Opaque;
import io.meseta.model.Resources;
import io.meseta.model.TaskId;
import io.meseta.model.TaskKey;
import io.meseta.model.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What the journal holds, and what it must not: connections, offers and repetitions are of this
/// leader's memory only.
final class RecordedEventsTest {

    private static final Instant AT = Play.BEGINNING;
    private static final AgentId AGENT = new AgentId("S1");
    private static final FrameworkId FRAMEWORK = new FrameworkId("F1");
    private static final TaskKey TASK = new TaskKey(FRAMEWORK, new TaskId("t"));
    private static final ExecutorKey EXECUTOR = new ExecutorKey(FRAMEWORK, new ExecutorId("e"));

    @Test
    void passesOverConnectionsAndWishes() {
        var all =
                Stream.of(
                                new FrameworkEvent.FrameworkConnected(
                                        FRAMEWORK, new StreamId("s"), OfferWishes.ALL, AT),
                                new FrameworkEvent.WishesChanged(FRAMEWORK, OfferWishes.ALL),
                                new FrameworkEvent.RolesSuppressed(
                                        FRAMEWORK, Collections.emptySortedSet()),
                                new FrameworkEvent.RolesRevived(
                                        FRAMEWORK, Collections.emptySortedSet()),
                                new FrameworkEvent.ResourcesRequested(
                                        FRAMEWORK, List.of(), List.of()))
                        .map(OfFramework::new);
        var links =
                Stream.of(
                                new AgentEvent.AgentLinked(AGENT, new LinkId("l"), 0, AT),
                                new AgentEvent.AgentUnlinked(AGENT, AT, AT))
                        .map(OfAgent::new);

        assertThat(Stream.concat(all, links)).noneMatch(Event::isRecorded);
    }

    @Test
    void passesOverWhatIsSaidAgainOrOnlySaid() {
        var status = Play.status(TaskState.TASK_RUNNING, 1);
        var said =
                Stream.of(
                                new TaskEvent.StatusRepeated(TASK, status),
                                new TaskEvent.StatusAcknowledged(TASK, Play.uuid(1)),
                                new TaskEvent.StatusAnswered(TASK, Optional.empty(), status),
                                new TaskEvent.StrayReported(TASK, AGENT, Play.uuid(1)))
                        .map(OfTask::new);
        var sent =
                Stream.of(
                                new ExecutorEvent.GroupOrdered(AGENT, FRAMEWORK, 1),
                                new ExecutorEvent.MessageSent(AGENT, EXECUTOR, Opaque.EMPTY),
                                new ExecutorEvent.MessageReceived(AGENT, EXECUTOR, Opaque.EMPTY))
                        .map(OfExecutor::new);

        assertThat(Stream.concat(said, sent)).noneMatch(Event::isRecorded);
    }

    @Test
    void passesOverOffersAndPauses() {
        var grant = new Grant(AGENT, FRAMEWORK, Play.DEV, Resources.parse("cpus:1"));
        var offer = new Offer(new OfferId("O"), grant, AT);

        assertThat(
                        List.of(
                                new OfOffer(new OfferEvent.OfferMade(offer)),
                                new OfOffer(new OfferEvent.ResourcesRefused(grant, AT)),
                                new OfUpkeep(new UpkeepEvent.InverseOffersLooked(AT)),
                                new OfUpkeep(new UpkeepEvent.LeaversFound(new TreeSet<>())),
                                new OfUpkeep(new UpkeepEvent.LossPaced(AT))))
                .noneMatch(Event::isRecorded);
    }

    @Test
    void recordsWhatHasHappened() {
        assertThat(
                        List.of(
                                new OfFramework(new FrameworkEvent.FrameworkRemoved(FRAMEWORK, AT)),
                                new OfFramework(
                                        new FrameworkEvent.FrameworkRegistered(
                                                FRAMEWORK, Play.profile(Duration.ZERO), AT)),
                                new OfAgent(new AgentEvent.AgentLost(AGENT, AT)),
                                new OfTask(new TaskEvent.EndAcknowledged(TASK, Play.uuid(1), AT)),
                                new OfTask(
                                        new TaskEvent.KillWanted(
                                                TASK, new WantedKill(1, Opaque.EMPTY), AT)),
                                new OfExecutor(
                                        new ExecutorEvent.ShutdownWanted(AGENT, EXECUTOR, 1, AT)),
                                new OfUpkeep(new UpkeepEvent.GoneElapsed(AT))))
                .allMatch(Event::isRecorded);
    }
}

package io.meseta.master.operators;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.core.agent.LinkId;
import io.meseta.master.core.cluster.Command;
import io.meseta.master.core.cluster.Operation;
import io.meseta.master.core.reign.Epoch;
import io.meseta.master.engine.Committed;
import io.meseta.master.testing.OnlyRole;
import io.meseta.master.testing.QuietLeader;
import io.meseta.master.views.Visibility;
import io.meseta.mesos.v1.master.Event;
import io.meseta.model.FrameworkId;
import io.meseta.testkit.cluster.AgentDraft;
import io.meseta.testkit.cluster.TaskDraft;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Who is told of what: a framework's end is told to those who could see it while it was there.
final class OperatorNewsTest {

    private static final Visibility DEV = new OnlyRole("dev");
    private static final Visibility OPS = new OnlyRole("ops");

    private final QuietLeader leader = new QuietLeader();

    @Test
    void tellsAFrameworksEndToThoseWhoCouldSeeIt() {
        leader.subscribe("dev");
        var ops = leader.subscribe("ops");

        var end = leader.commit(new Command.RemoveFramework(ops));

        assertThat(told(end, Visibility.ALL)).containsExactly(Event.Type.FRAMEWORK_REMOVED);
        assertThat(told(end, OPS)).containsExactly(Event.Type.FRAMEWORK_REMOVED);
        assertThat(told(end, DEV)).isEmpty();
    }

    @Test
    void tellsTheLastWordOfItsTasksToThoseToo() {
        var ops = leader.subscribe("ops");
        launch(ops);

        var end = leader.commit(new Command.RemoveFramework(ops));

        assertThat(told(end, OPS))
                .containsExactly(Event.Type.TASK_UPDATED, Event.Type.FRAMEWORK_REMOVED);
        assertThat(told(end, DEV)).isEmpty();
    }

    @Test
    void tellsNobodyOfWhoCameAndWentInOneBatch() {
        // Ids count up, so another leader of the same name gives the same.
        var id = new QuietLeader().subscribe("dev");

        var both = leader.commit(leader.subscription("dev"), new Command.RemoveFramework(id));

        assertThat(leader.committer().current().completed().frameworks())
                .anyMatch(ended -> ended.framework().id().equals(id));
        assertThat(told(both, Visibility.ALL)).isEmpty();
    }

    private void launch(FrameworkId framework) {
        leader.commit(
                new Command.Greet(
                        Optional.empty(),
                        AgentDraft.anAgent("host").profile(),
                        new LinkId("link"),
                        new Command.Recollection(new Epoch(0), 0),
                        List.of()));
        var cluster = leader.committer().current();
        var offer = cluster.offers().of(framework).getFirst();
        var stream = cluster.framework(framework).orElseThrow().stream();
        leader.commit(
                new Command.Accept(
                        new Command.Caller(framework, stream, Optional.empty()),
                        List.of(offer.id()),
                        List.of(new Operation.Launch(List.of(TaskDraft.aTask("t").on(offer)))),
                        Duration.ZERO));
        assertThat(leader.committer().current().tasks().size()).isEqualTo(1);
    }

    /// The events of Mesos that whoever sees only so much may hear.
    private static List<Event.Type> told(Committed batch, Visibility reader) {
        return OperatorNews.of(batch)
                .filter(told -> told.mayHear().test(reader))
                .map(OperatorNews.Told::words)
                .filter(OperatorNews.Words.OfMesos.class::isInstance)
                .map(words -> ((OperatorNews.Words.OfMesos) words).event().getType())
                .toList();
    }
}

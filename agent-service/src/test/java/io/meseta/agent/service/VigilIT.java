package io.meseta.agent.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.agent.master.MasterLink;
import io.meseta.mesos.v1.TaskState;
import io.meseta.testkit.Await;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An agent hears from one master that another leads, while its own says nothing: its silence would
/// be heard as an end only after a minute.
final class VigilIT {

    @TempDir private Path work;
    private FakeMaster old;
    private FakeMaster next;
    private RunningAgent agent;

    @BeforeEach
    void start() throws IOException {
        old = new FakeMaster();
        next = new FakeMaster();
        next.leader = Optional.of(old.uri());
        next.epoch = 2;
        agent =
                RunningAgent.start(
                        work, old, "--meseta.agent.masters=" + old.uri() + "," + next.uri());
        old.awaitHello(1);
        awaitListener(old.uri());
    }

    @AfterEach
    void stop() {
        agent.close();
        old.close();
        next.close();
    }

    @Test
    void comesOverToTheNextLeaderWhileItsOwnStandsStill() {
        old.launch("t", "sleep 600");
        old.await("t", TaskState.TASK_RUNNING);
        int hellos = old.hellos().size();

        lead(2);

        awaitListener(next.uri());
        assertThat(old.hellos()).hasSize(hellos);
        assertThat(next.hellos().getLast().getTasksList()).hasSize(1);
        assertThat(next.hellos().getLast().getEpochSeen()).isEqualTo(1);
        next.succeed(old);
        next.shutdownFramework();
        agent.awaitNoTasks();
    }

    @Test
    void givesUpAHelloThatIsNotAnswered() {
        old.isMute = true;
        old.hangUp();
        // The other one sends it there.
        Await.within(FakeMaster.LIMIT).until("a hello", () -> old.hellos().size() > 1);

        lead(2);

        awaitListener(next.uri());
    }

    @Test
    void staysWhereItIsIfNoHigherEpochIsNamed() {
        next.claim = Optional.of(new FakeMaster.Claim(next.uri(), 1));
        Await.within(FakeMaster.LIMIT).until("questions", () -> next.questions().size() > 3);

        assertThat(old.hellos()).hasSize(1);
        assertThat(listener()).contains(old.uri());
    }

    @Test
    void followsAFalseClaimOnce() {
        next.claim = Optional.of(new FakeMaster.Claim(old.uri(), 9));
        old.awaitHello(2);
        awaitListener(old.uri());
        int asked = next.questions().size();
        Await.within(FakeMaster.LIMIT)
                .until("questions", () -> next.questions().size() > asked + 2);

        assertThat(old.hellos()).hasSize(2);
        assertThat(next.questions().getLast()).isEqualTo(9);
        old.launch("t", "true");
        old.await("t", TaskState.TASK_FINISHED);
    }

    private void lead(long epoch) {
        next.leader = Optional.empty();
        next.epoch = epoch;
        next.claim = Optional.of(new FakeMaster.Claim(next.uri(), epoch));
    }

    private Optional<URI> listener() {
        return agent.bean(MasterLink.class).listener().map(MasterLink.Listener::master);
    }

    private void awaitListener(URI master) {
        Await.within(FakeMaster.LIMIT)
                .until(
                        "that one listens",
                        () ->
                                listener()
                                        .map(URI::getAuthority)
                                        .equals(Optional.of(master.getAuthority())));
    }
}

package io.meseta.master.core.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.play.Play;
import io.meseta.model.AgentId;
import io.meseta.model.FrameworkId;
import io.meseta.model.Opaque;
import io.meseta.model.Priority;
import io.meseta.model.TaskId;
import io.meseta.model.TaskKey;
import io.meseta.model.TaskState;
import io.meseta.model.status.StatusReason;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TaskTest {

    private static final AgentId AGENT = new AgentId("S1");
    private static final AgentId OTHER_AGENT = new AgentId("S2");
    private static final Preemption PREEMPTION =
            new Preemption(
                    Play.DEV,
                    Optional.empty(),
                    Preemption.Cause.GUARANTEE,
                    Priority.NORMAL,
                    Priority.NORMAL,
                    Play.BEGINNING);
    private static final Task PREEMPTED =
            task("t", AGENT).toBeKilled(new WantedKill(1, Opaque.EMPTY, Optional.of(PREEMPTION)));

    @Test
    void explainsTheEndOfATaskThatTheClusterWanted() {
        var killed = PREEMPTED.explained(Play.status(TaskState.TASK_KILLED, 1));

        assertThat(killed.origin().reason()).contains(StatusReason.REASON_CONTAINER_PREEMPTED);
        assertThat(killed.message()).isEqualTo(PREEMPTION.words());
        assertThat(killed.at()).isEqualTo(Play.BEGINNING);
    }

    @Test
    void putsTheAgentsOwnWordsAfterTheReason() {
        var status = Play.status(TaskState.TASK_KILLING, 1);
        var said = new Status(status.state(), status.origin(), "Bye", status.uuid(), status.wire());

        assertThat(PREEMPTED.explained(said).message()).isEqualTo(PREEMPTION.words() + ". Bye");
    }

    @Test
    void explainsNothingElse() {
        var killed = Play.status(TaskState.TASK_KILLED, 1);
        var running = Play.status(TaskState.TASK_RUNNING, 1);

        assertThat(PREEMPTED.explained(running)).isEqualTo(running);
        assertThat(task("t", AGENT).explained(killed)).isEqualTo(killed);
    }

    @Test
    void remembersWhyItWasToEndFirst() {
        var other =
                new Preemption(
                        Play.DEV,
                        Optional.of(new FrameworkId("F2")),
                        Preemption.Cause.PRIORITY,
                        Priority.NORMAL,
                        Priority.NORMAL,
                        Play.BEGINNING);
        var wanted = new WantedKill(1, Opaque.EMPTY);
        var byCluster = new WantedKill(2, Opaque.EMPTY, Optional.of(PREEMPTION));
        var byClusterAgain = new WantedKill(3, Opaque.EMPTY, Optional.of(other));

        assertThat(byCluster.after(wanted).preemption()).contains(PREEMPTION);
        assertThat(wanted.after(byCluster).preemption()).contains(PREEMPTION);
        assertThat(byClusterAgain.after(byCluster).preemption()).contains(PREEMPTION);
        assertThat(byClusterAgain.after(byCluster).order()).isEqualTo(3);
    }

    @Test
    void isCountedOnce() {
        var one = task("a", AGENT);
        var two = task("b", AGENT);
        var three = task("a", OTHER_AGENT);

        var tasks = Tasks.none().with(one).with(two).with(one.unacknowledged());

        assertThat(tasks.size()).isEqualTo(2);
        assertThat(tasks.without(one).size()).isEqualTo(1);
        assertThat(tasks.without(one).on(AGENT)).containsExactly(two);
        assertThat(tasks.without(one).without(two).on(AGENT)).isEmpty();
        assertThat(tasks.without(task("c", AGENT))).isSameAs(tasks);
        assertThat(Tasks.none().without(three)).isSameAs(Tasks.none());
        assertThat(Tasks.none().all()).isEmpty();
    }

    private static Task task(String id, AgentId agent) {
        return Task.launched(
                new TaskKey(new FrameworkId("F1"), new TaskId(id)),
                Play.spec(id, "cpus:1"),
                new Placement(agent, 1, Play.BEGINNING));
    }
}

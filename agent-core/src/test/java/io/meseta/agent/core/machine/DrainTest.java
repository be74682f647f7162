package io.meseta.agent.core.machine;

import static io.meseta.agent.core.machine.Bench.key;
import static io.meseta.agent.core.machine.Bench.spec;
import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.agent.core.order.Order;
import io.meseta.agent.core.step.Desired;
import io.meseta.agent.core.task.Exit;
import io.meseta.agent.core.task.Stage;
import io.meseta.agent.core.update.Cause.Reason;
import io.meseta.agent.core.update.StatusUpdate;
import io.meseta.model.TaskState;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DrainTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    @Test
    void endsEveryTaskAndSaysWhy() {
        var bench = running("t");

        bench.put(drain(LONG));
        bench.acknowledgeAll();
        bench.put(new Command.NoteExit(key("t"), new Exit.Status(143)));
        bench.acknowledgeAll();

        var killing = bench.reports.get(bench.reports.size() - 2).update();
        assertThat(killing.state()).isEqualTo(TaskState.TASK_KILLING);
        assertThat(killing.cause().reason()).isEqualTo(Reason.AGENT_DRAINING);
        var killed = last(bench);
        assertThat(killed.state()).isEqualTo(TaskState.TASK_KILLED);
        assertThat(killed.cause().reason()).isEqualTo(Reason.AGENT_DRAINING);
        assertThat(killed.cause().message()).isEqualTo("Command terminated with signal Terminated");
        assertThat(bench.machine.tasks()).isEmpty();
    }

    @Test
    void givesNoTaskMoreTimeThanTheDrainDoes() {
        var bench = running("t");
        bench.put(drain(Duration.ofSeconds(1)));

        bench.pass(Duration.ofMillis(1_001));

        assertThat(bench.task("t").desired()).isEqualTo(Desired.DESTROYED);
    }

    @Test
    void hastensWhenADrainIsGivenLessTime() {
        var bench = running("t");
        bench.put(drain(LONG));

        bench.put(drain(Duration.ZERO));
        bench.pass(Duration.ofMillis(1));

        assertThat(bench.task("t").desired()).isEqualTo(Desired.DESTROYED);
    }

    @Test
    void dropsWhatComesAllTheSame() {
        var bench = Bench.joined();
        bench.put(drain(LONG));

        bench.order(1, new Order.Launch(spec("t")));

        assertThat(last(bench).state()).isEqualTo(TaskState.TASK_DROPPED);
        assertThat(last(bench).cause().reason()).isEqualTo(Reason.AGENT_DRAINING);
        assertThat(bench.task("t").stage()).isEqualTo(Stage.ENDED);
    }

    @Test
    void runsTasksAgainOnceTheDrainIsOver() {
        var bench = Bench.joined();
        bench.put(drain(LONG));
        bench.put(new Command.HearOfDrain(Optional.empty()));

        bench.order(1, new Order.Launch(spec("t")));

        assertThat(bench.task("t").stage()).isEqualTo(Stage.ORDERED);
    }

    @Test
    void endsTasksThatWereToldToEndAlsoWhenTheDrainIsCalledOff() {
        var bench = running("t");
        bench.put(drain(LONG));

        bench.put(new Command.HearOfDrain(Optional.empty()));

        assertThat(bench.task("t").stage()).isEqualTo(Stage.KILLING);
    }

    @Test
    void leavesAsItIsATaskThatHasEndedByItself() {
        var bench = running("t");
        bench.put(new Command.NoteExit(key("t"), new Exit.Status(0)));

        bench.put(drain(LONG));
        bench.acknowledgeAll();

        assertThat(last(bench).state()).isEqualTo(TaskState.TASK_FINISHED);
        assertThat(last(bench).cause().reason()).isEqualTo(Reason.NONE);
    }

    @Test
    void endsItsTasksUnheardWhenItIsSentAwayForAWhile() {
        var bench = running("t");
        var before = bench.machine;
        var decision = bench.machine.decide(new Command.EndTasks(), moment(bench));
        var events = ((Decision.Accepted) decision).events();

        assertThat(Effects.of(before, events)).contains(new Effect.HangUp());
        bench.put(new Command.EndTasks());
        assertThat(bench.task("t").isAbandoned()).isTrue();
        assertThat(bench.machine.mayJoin()).isTrue();
        assertThat(bench.machine.agent()).contains(Bench.AGENT);
    }

    private static io.meseta.agent.core.Moment moment(Bench bench) {
        return new io.meseta.agent.core.Moment(bench.now, bench.seed);
    }

    private static Bench running(String task) {
        var bench = Bench.joined();
        bench.order(1, new Order.Launch(spec(task)));
        bench.put(new Command.NotePrepared(key(task)));
        bench.put(new Command.NoteStarted(key(task)));
        bench.acknowledgeAll();
        return bench;
    }

    private static Command drain(Duration grace) {
        return new Command.HearOfDrain(
                Optional.of(
                        new Drain(
                                Optional.of(grace),
                                false,
                                java.time.Instant.parse("2026-01-01T00:00:00Z"))));
    }

    private static StatusUpdate last(Bench bench) {
        return bench.reports.getLast().update();
    }
}

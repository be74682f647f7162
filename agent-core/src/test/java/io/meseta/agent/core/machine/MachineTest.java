package io.meseta.agent.core.machine;

import static io.meseta.agent.core.machine.Bench.key;
import static io.meseta.agent.core.machine.Bench.spec;
import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.agent.core.order.Order;
import io.meseta.agent.core.step.Desired;
import io.meseta.agent.core.task.Exit;
import io.meseta.agent.core.task.Stage;
import io.meseta.agent.core.task.TaskSpec;
import io.meseta.agent.core.update.Cause;
import io.meseta.agent.core.update.Cause.Reason;
import io.meseta.model.AgentId;
import io.meseta.model.FrameworkId;
import io.meseta.model.TaskState;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class MachineTest {

    @Test
    void tellsEachStateOfATaskThatRunsAndFinishes() {
        var bench = running("t");
        bench.put(new Command.NoteExit(key("t"), new Exit.Status(0)));
        bench.acknowledgeAll();

        assertThat(states(bench))
                .containsExactly(
                        TaskState.TASK_STARTING, TaskState.TASK_RUNNING, TaskState.TASK_FINISHED);
        assertThat(bench.reports.getLast().update().cause().message())
                .isEqualTo("Command exited with status 0");
        assertThat(bench.machine.tasks()).isEmpty();
    }

    @Test
    void runsATaskOfAnIdWhoseLastReceiptGotLost() {
        var bench = running("t");
        bench.put(new Command.NoteExit(key("t"), new Exit.Status(0)));
        var earlier = bench.task("t").container();

        bench.order(9, new Order.Launch(spec("t")));

        assertThat(bench.task("t").stage()).isEqualTo(Stage.ORDERED);
        assertThat(bench.task("t").container()).isNotEqualTo(earlier);
    }

    @Test
    void endsAGivenUpTaskBeforeItRunsAnotherOfItsId() {
        var bench = running("t");
        var earlier = bench.task("t").container();
        int told = bench.reports.size();

        bench.order(9, new Order.Launch(spec("t")));
        bench.crash();
        bench.order(9, new Order.Launch(spec("t")));

        assertThat(bench.task("t").order()).isEqualTo(1);
        assertThat(bench.task("t").stage()).isEqualTo(Stage.KILLING);

        bench.put(new Command.NoteExit(key("t"), new Exit.Status(143)));

        assertThat(bench.reports).hasSize(told);
        assertThat(bench.task("t").order()).isEqualTo(9);
        assertThat(bench.task("t").stage()).isEqualTo(Stage.ORDERED);
        assertThat(bench.task("t").container()).isNotEqualTo(earlier);
    }

    @Test
    void killsTheTaskThatWaitsForItsId() {
        var bench = running("t");
        bench.order(9, new Order.Launch(spec("t")));
        bench.order(10, new Order.Kill(key("t")));

        bench.put(new Command.NoteExit(key("t"), new Exit.Status(143)));

        assertThat(bench.reports.getLast().task().order()).isEqualTo(9);
        assertThat(bench.reports.getLast().update().state()).isEqualTo(TaskState.TASK_KILLED);
        bench.acknowledgeAll();
        assertThat(bench.machine.tasks()).isEmpty();
    }

    @Test
    void forgetsTheTaskThatWaitsWhenItsFrameworkIsGone() {
        var bench = running("t");
        bench.order(9, new Order.Launch(spec("t")));
        bench.order(10, new Order.ShutdownFramework(new FrameworkId("f")));

        bench.put(new Command.NoteExit(key("t"), new Exit.Status(143)));

        assertThat(bench.machine.tasks()).isEmpty();
    }

    @Test
    void heedsNoNewsOfAnEarlierRun() {
        var bench = running("t");
        var earlier = bench.task("t").container();
        bench.order(9, new Order.Launch(spec("t")));
        bench.put(new Command.NoteExit(key("t"), new Exit.Status(143)));

        bench.put(new Command.OfRun(earlier, new Command.NotePrepared(key("t"))));

        assertThat(bench.task("t").stage()).isEqualTo(Stage.ORDERED);
        var current = bench.task("t").container();
        bench.put(new Command.OfRun(current, new Command.NotePrepared(key("t"))));
        assertThat(bench.task("t").stage()).isEqualTo(Stage.LAUNCHING);
    }

    @Test
    void callsAStatusAbove128WhatItIs() {
        var bench = running("t");
        bench.put(new Command.NoteExit(key("t"), new Exit.Status(139)));
        bench.acknowledgeAll();

        assertThat(bench.reports.getLast().update().cause().message())
                .startsWith("Command exited with status 139")
                .contains("signal 11");
    }

    @Test
    void neverGuessesAStatusThatNobodyKnows() {
        var bench = running("t");
        bench.put(new Command.NoteExit(key("t"), new Exit.Unknown("its supervisor was killed")));
        bench.acknowledgeAll();

        var last = bench.reports.getLast().update();
        assertThat(last.state()).isEqualTo(TaskState.TASK_FAILED);
        assertThat(last.cause().message())
                .isEqualTo("Exit status unknown: its supervisor was killed");
    }

    @Test
    void killsPolitelyFirstAndByForceAfterItsGrace() {
        var bench = running("t");
        bench.order(2, new Order.Kill(key("t")));

        assertThat(bench.task("t").desired()).isEqualTo(Desired.TERMINATED);
        bench.pass(Duration.ofMillis(2_999));
        assertThat(bench.task("t").desired()).isEqualTo(Desired.TERMINATED);
        bench.pass(Duration.ofMillis(1));
        assertThat(bench.task("t").desired()).isEqualTo(Desired.DESTROYED);

        bench.put(new Command.NoteExit(key("t"), new Exit.Status(137)));
        bench.acknowledgeAll();
        assertThat(states(bench)).endsWith(TaskState.TASK_KILLING, TaskState.TASK_KILLED);
        assertThat(bench.reports.getLast().update().cause().message())
                .isEqualTo("Command terminated with signal Killed");
    }

    @Test
    void lettingALaterKillHastenButNeverDelayTheEnd() {
        var bench = running("t");
        bench.order(2, new Order.KillWithin(key("t"), Duration.ofMinutes(1)));
        bench.order(3, new Order.KillWithin(key("t"), Duration.ofSeconds(5)));
        bench.order(4, new Order.KillWithin(key("t"), Duration.ofHours(1)));

        assertThat(bench.machine.deadline()).isEqualTo(bench.now.plusSeconds(5));
    }

    @Test
    void killsATaskBeforeItIsStarted() {
        var bench = Bench.joined();
        bench.order(1, new Order.Launch(spec("t")));
        bench.order(2, new Order.Kill(key("t")));

        var update = bench.reports.getLast().update();
        assertThat(update.state()).isEqualTo(TaskState.TASK_KILLED);
        assertThat(update.cause().reason()).isEqualTo(Reason.TASK_KILLED_DURING_LAUNCH);
        assertThat(bench.task("t").desired()).isEqualTo(Desired.ABSENT);
    }

    @Test
    void saysThatATaskRanThoughItEndedUnseen() {
        var bench = Bench.joined();
        bench.order(1, new Order.Launch(spec("t")));
        bench.put(new Command.NotePrepared(key("t")));
        bench.put(new Command.NoteExit(key("t"), new Exit.Status(3)));
        bench.acknowledgeAll();

        assertThat(states(bench))
                .containsExactly(
                        TaskState.TASK_STARTING, TaskState.TASK_RUNNING, TaskState.TASK_FAILED);
    }

    @Test
    void endsATaskWhoseTimeIsUpAndSaysWhy() {
        var bench = Bench.joined();
        var limited =
                new TaskSpec(
                        key("t"),
                        TaskSpec.KILL_GRACE,
                        Duration.ofSeconds(30),
                        false,
                        spec("t").framework(),
                        spec("t").wire());
        bench.order(1, new Order.Launch(limited));
        bench.put(new Command.NotePrepared(key("t")));
        bench.put(new Command.NoteStarted(key("t")));
        bench.pass(Duration.ofSeconds(30));
        bench.put(new Command.NoteExit(key("t"), new Exit.Status(143)));
        bench.acknowledgeAll();

        var last = bench.reports.getLast().update();
        assertThat(last.state()).isEqualTo(TaskState.TASK_FAILED);
        assertThat(last.cause().reason()).isEqualTo(Reason.MAX_COMPLETION_TIME_REACHED);
        assertThat(states(bench)).doesNotContain(TaskState.TASK_KILLING);
    }

    @Test
    void refusesTheOrdersOfAMasterThatNoLongerLeads() {
        var bench = Bench.joined();
        bench.put(new Command.Welcome(Bench.AGENT, Bench.MASTER, 5));

        var decision = bench.put(new Command.TakeOrder(4, 1, new Order.Launch(spec("t"))));

        assertThat(decision).isEqualTo(new Decision.Refused(new Refusal.StaleEpoch(4, 5)));
        assertThat(bench.machine.tasks()).isEmpty();
    }

    @Test
    void refusesAWelcomeForAnotherAgent() {
        var bench = Bench.joined();
        var other = new AgentId("m-S1");

        assertThat(bench.put(new Command.Welcome(other, Bench.MASTER, 2)))
                .isEqualTo(new Decision.Refused(new Refusal.OtherAgent(other, Bench.AGENT)));
    }

    @Test
    void ignoresAnOrderThatItHasSeen() {
        var bench = running("t");
        bench.put(new Command.NoteExit(key("t"), new Exit.Status(0)));
        bench.acknowledgeAll();

        assertThat(bench.order(1, new Order.Launch(spec("t"))))
                .isEqualTo(new Decision.Accepted(List.of()));
        assertThat(bench.machine.tasks()).isEmpty();
    }

    @Test
    void launchesOnceWhenACrashCameBetweenTheTaskAndItsOrderNumber() {
        var bench = Bench.joined();
        bench.order(1, new Order.Launch(spec("t")));
        var container = bench.task("t").container();
        bench.machine =
                new Machine(
                        bench.machine.standing(),
                        new io.meseta.agent.core.order.Orders(1, 0),
                        bench.machine.reports(),
                        bench.machine.holdings(),
                        bench.machine.tasks());

        bench.order(1, new Order.Launch(spec("t")));

        assertThat(bench.task("t").container()).isEqualTo(container);
        assertThat(bench.machine.orders().seen()).isEqualTo(1);
    }

    @Test
    void saysOfAnUnfitTaskThatItIsUnfit() {
        var bench = Bench.joined();
        var cause = Cause.ofAgent(Reason.TASK_INVALID, "no");
        bench.order(1, new Order.Unfit(spec("t"), TaskState.TASK_ERROR, cause));

        assertThat(bench.reports).hasSize(1);
        assertThat(bench.reports.getFirst().update().state()).isEqualTo(TaskState.TASK_ERROR);
        assertThat(bench.reports.getFirst().update().cause()).isEqualTo(cause);
    }

    @Test
    void refusesAnAcknowledgementOfWhatIsNotOutstanding() {
        var bench = running("t");
        var uuid = new UUID(0, 0);

        assertThat(bench.put(new Command.Acknowledge(key("t"), uuid)))
                .isEqualTo(new Decision.Refused(new Refusal.NotOutstanding(key("t"), uuid)));
    }

    @Test
    void endsTheTasksOfAFrameworkThatIsGoneAndTellsItOnce() {
        var bench = running("t");
        bench.order(2, new Order.ShutdownFramework(new FrameworkId("f")));
        bench.put(new Command.NoteExit(key("t"), new Exit.Status(143)));

        assertThat(bench.machine.tasks()).isEmpty();
        assertThat(bench.reports.getLast().update().state()).isEqualTo(TaskState.TASK_KILLED);
    }

    @Test
    void startsOverOnlyOnceItsTasksAreGone() {
        var bench = running("t");
        bench.put(new Command.StartOver());

        assertThat(bench.machine.agent()).isEmpty();
        assertThat(bench.machine.mayJoin()).isFalse();
        bench.put(new Command.NoteExit(key("t"), new Exit.Status(143)));
        assertThat(bench.machine.mayJoin()).isTrue();
        assertThat(bench.machine.orders().seen()).isZero();
    }

    @Test
    void staysAwayOnceItWasToldTo() {
        var bench = running("t");
        bench.put(new Command.StayAway("gone"));

        assertThat(bench.machine.mayJoin()).isFalse();
        assertThat(bench.put(new Command.Welcome(Bench.AGENT, Bench.MASTER, 9)))
                .isEqualTo(new Decision.Refused(new Refusal.Away("gone")));
    }

    @Test
    void sendsTheOutstandingUpdateAgainToANewListener() {
        var bench = running("t");
        int before = bench.reports.size();
        bench.put(new Command.Welcome(Bench.AGENT, Bench.MASTER, 2));

        assertThat(bench.reports).hasSize(before + 1);
        assertThat(bench.reports.getLast().update()).isEqualTo(bench.reports.getFirst().update());
        assertThat(bench.reports.getLast().number())
                .isGreaterThan(bench.reports.getFirst().number());
    }

    private static Bench running(String task) {
        var bench = Bench.joined();
        bench.order(1, new Order.Launch(spec(task)));
        bench.put(new Command.NotePrepared(key(task)));
        bench.put(new Command.NoteStarted(key(task)));
        assertThat(bench.task(task).stage()).isEqualTo(Stage.RUNNING);
        return bench;
    }

    private static List<TaskState> states(Bench bench) {
        return bench.reports.stream().map(report -> report.update().state()).toList();
    }

    @Test
    void saysWhichLimitATaskHasMet() {
        var bench = running("t");
        var why = "Memory limit exceeded: 32 MB";
        bench.put(
                new Command.NoteExit(
                        key("t"), new Exit.Limited(Reason.CONTAINER_LIMITATION_MEMORY, why)));
        bench.acknowledgeAll();

        var last = bench.reports.getLast().update();
        assertThat(last.state()).isEqualTo(TaskState.TASK_FAILED);
        assertThat(last.cause()).isEqualTo(Cause.ofAgent(Reason.CONTAINER_LIMITATION_MEMORY, why));
    }

    @Test
    void tellsHowFarALaunchIsAsFastAsItIsHeard() {
        var bench = Bench.joined();
        bench.order(1, new Order.Launch(spec("t")));
        bench.put(new Command.NoteProgress(key("t"), "1 of 3 layers"));
        bench.put(new Command.NoteProgress(key("t"), "2 of 3 layers"));
        bench.acknowledgeAll();
        bench.put(new Command.NoteProgress(key("t"), "3 of 3 layers"));
        bench.crash();

        assertThat(bench.task("t").stage()).isEqualTo(Stage.ORDERED);
        assertThat(bench.reports)
                .extracting(report -> report.update().cause().message())
                .containsOnlyOnce("1 of 3 layers")
                .doesNotContain("2 of 3 layers")
                .contains("3 of 3 layers");
    }

    @Test
    void tellsNoProgressOfWhatRuns() {
        var bench = running("t");
        var refused = bench.put(new Command.NoteProgress(key("t"), "late"));

        assertThat(refused).isInstanceOf(Decision.Refused.class);
    }
}

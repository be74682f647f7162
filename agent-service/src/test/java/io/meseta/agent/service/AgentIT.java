package io.meseta.agent.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meseta.agent.engine.AgentLoop;
import io.meseta.agent.launch.ProcessTable;
import io.meseta.mesos.v1.CommandInfo;
import io.meseta.mesos.v1.ContainerInfo;
import io.meseta.mesos.v1.DurationInfo;
import io.meseta.mesos.v1.Environment;
import io.meseta.mesos.v1.TaskState;
import io.meseta.mesos.v1.TaskStatus;
import io.meseta.testkit.Await;
import io.meseta.wire.agent.Goodbye;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// An agent against a master that does what the test says.
@Timeout(120)
class AgentIT {

    @TempDir private Path work;
    private FakeMaster master;
    private RunningAgent agent;

    @BeforeEach
    void start() throws IOException {
        master = new FakeMaster();
        agent = RunningAgent.start(work, master);
        master.awaitHello(1);
    }

    @AfterEach
    void stop() {
        if (agent == null) {
            master.close();
            return;
        }
        agent.end(master);
        master.close();
    }

    @Test
    void runsTasksToEachEndAndSaysSoInOrder() throws Exception {
        master.launch("good", "echo hello; echo oops >&2");
        master.launch("bad", "exit 3");

        var finished = master.await("good", TaskState.TASK_FINISHED);
        assertThat(master.states("good"))
                .containsExactly(
                        TaskState.TASK_STARTING, TaskState.TASK_RUNNING, TaskState.TASK_FINISHED);
        assertThat(finished.getMessage()).isEqualTo("Command exited with status 0");
        assertThat(finished.getSource()).isEqualTo(TaskStatus.Source.SOURCE_EXECUTOR);
        assertThat(finished.getExecutorId().getValue()).isEqualTo("good");
        assertThat(finished.getContainerStatus().hasContainerId()).isTrue();
        assertThat(master.await("bad", TaskState.TASK_FAILED).getMessage())
                .isEqualTo("Command exited with status 3");

        var sandbox = "/frameworks/m-0000/executors/good/runs/latest";
        assertThat(agent.get("/files/read?path=" + sandbox + "/stdout&offset=0").body())
                .contains("\"data\":\"hello\\n\"");
    }

    @Test
    void killsWithGraceAndThenByForce() {
        master.launch("polite", "sleep 600");
        master.launch("stubborn", "trap '' TERM; while :; do sleep 1; done");
        master.await("polite", TaskState.TASK_RUNNING);
        master.await("stubborn", TaskState.TASK_RUNNING);
        master.kill("polite", Duration.ofSeconds(30));
        master.kill("stubborn", Duration.ofMillis(300));

        assertThat(master.await("polite", TaskState.TASK_KILLED).getMessage())
                .isEqualTo("Command terminated with signal Terminated");
        assertThat(master.await("stubborn", TaskState.TASK_KILLED).getMessage())
                .isEqualTo("Command terminated with signal Killed");
        assertThat(master.states("polite")).contains(TaskState.TASK_KILLING);
    }

    @Test
    void endsATaskWhoseTimeIsUp() {
        master.launch(
                master.task("long")
                        .setCommand(CommandInfo.newBuilder().setValue("sleep 600"))
                        .setMaxCompletionTime(
                                DurationInfo.newBuilder().setNanoseconds(200_000_000)));

        assertThat(master.await("long", TaskState.TASK_FAILED).getReason())
                .isEqualTo(TaskStatus.Reason.REASON_MAX_COMPLETION_TIME_REACHED);
    }

    @Test
    void givesATaskItsEnvironmentAndNothingElse() throws Exception {
        var variables =
                Environment.newBuilder()
                        .addVariables(
                                Environment.Variable.newBuilder()
                                        .setName("GREETING")
                                        .setValue("it's \"me\"\nÁ"));
        master.launch(
                master.task("env")
                        .setCommand(
                                CommandInfo.newBuilder()
                                        .setShell(false)
                                        .setValue("env")
                                        .addArguments("env")
                                        .addArguments("-0")
                                        .setEnvironment(variables)));
        master.await("env", TaskState.TASK_FINISHED);

        var seen = Files.readString(latest("env").resolve("stdout"));
        assertThat(seen).contains("GREETING=it's \"me\"\nÁ\0");
        assertThat(seen).contains("MESOS_SANDBOX=" + latest("env").toRealPath() + "\0");
        assertThat(seen).contains("MESOS_TASK_ID=env\0").contains("MESOS_AGENT_ID=m-S0\0");
        assertThat(seen).doesNotContain("JAVA_HOME").doesNotContain("MAVEN");
    }

    @Test
    void refusesWhatItCannotDoAndSaysSo() {
        master.launch(
                master.task("docker")
                        .setCommand(CommandInfo.newBuilder().setValue("true"))
                        .setContainer(
                                ContainerInfo.newBuilder().setType(ContainerInfo.Type.DOCKER)));
        master.launch(master.task("nothing"));
        master.launch(
                master.task("uri")
                        .setCommand(
                                CommandInfo.newBuilder()
                                        .setValue("true")
                                        .addUris(
                                                CommandInfo.URI
                                                        .newBuilder()
                                                        .setValue("file:///does/not/exist"))));
        master.launch(
                master.task("user")
                        .setCommand(
                                CommandInfo.newBuilder().setValue("true").setUser("no-such-user")));

        var docker = master.await("docker", TaskState.TASK_FAILED);
        assertThat(docker.getReason()).isEqualTo(TaskStatus.Reason.REASON_CONTAINER_LAUNCH_FAILED);
        assertThat(docker.getMessage()).contains("DOCKER");
        assertThat(master.await("nothing", TaskState.TASK_ERROR).getReason())
                .isEqualTo(TaskStatus.Reason.REASON_TASK_INVALID);
        assertThat(master.await("uri", TaskState.TASK_FAILED).getMessage())
                .startsWith("Failed to launch container: Failed to fetch 'file:///does/not/exist'");
        assertThat(master.await("user", TaskState.TASK_FAILED).getMessage())
                .contains("there is no user 'no-such-user'");
    }

    @Test
    void repeatsItselfInOrderWhenTheMasterLosesReports() {
        master.reportStatus = 503;
        master.launch("t", "exit 0");
        Await.within(FakeMaster.LIMIT)
                .until("the task to end", () -> isState("t", "TASK_FINISHED"));
        master.hangUp();
        master.reportStatus = 202;

        master.await("t", TaskState.TASK_FINISHED);
        assertThat(master.states("t"))
                .containsExactly(
                        TaskState.TASK_STARTING, TaskState.TASK_RUNNING, TaskState.TASK_FINISHED);
        var numbers = master.reports().stream().map(report -> report.getNumber()).toList();
        assertThat(numbers).isSorted().doesNotHaveDuplicates();
    }

    /// One that no master ever takes, whatever made it so.
    @Test
    void tellsOfOtherTasksWhenOneReportIsRefused() {
        master.refusedTask = "bad";
        master.launch("bad", "exit 0");
        master.launch("good", "exit 0");

        master.await("good", TaskState.TASK_FINISHED);
        assertThat(master.hellos()).hasSize(1);
        assertThat(master.states("bad")).isEmpty();
        master.refusedTask = "";
        master.await("bad", TaskState.TASK_FINISHED);
    }

    @Test
    void comesBackAfterGoodbyeAndTellsWhatItHolds() {
        master.launch("t", "sleep 600");
        master.await("t", TaskState.TASK_RUNNING);
        master.goodbye(Goodbye.Then.RETURN);
        master.awaitHello(2);

        var hello = master.hellos().getLast();
        assertThat(hello.getAgentId().getValue()).isEqualTo("m-S0");
        assertThat(hello.getTasks(0).getState()).isEqualTo(TaskState.TASK_RUNNING);
        assertThat(hello.getOrderSeen()).isEqualTo(1);
        assertThat(hello.getEpochSeen()).isEqualTo(1);
        assertThat(hello.getBootId()).isEqualTo(new ProcessTable().bootId());
    }

    @Test
    void startsOverWithoutItsTasksWhenToldTo() {
        master.launch("t", "sleep 600");
        master.await("t", TaskState.TASK_RUNNING);
        master.agentId = "m-S1";
        master.goodbye(Goodbye.Then.START_OVER);
        master.awaitHello(2);

        assertThat(master.hellos().getLast().hasAgentId()).isFalse();
        assertThat(master.hellos().getLast().getTasksList()).isEmpty();
        assertThat(master.hellos().getLast().getJoining())
                .isNotEmpty()
                .isNotEqualTo(master.hellos().getFirst().getJoining());
        assertThat(isIdle()).isTrue();
    }

    @Test
    void hangsUpOnAMasterWhoseEpochIsOver() {
        master.epoch = 5;
        master.goodbye(Goodbye.Then.RETURN);
        master.awaitHello(2);
        master.epoch = 4;
        master.hangUp();
        Await.within(FakeMaster.LIMIT).until("more hellos", () -> master.hellos().size() >= 4);

        assertThat(master.hellos().getLast().getEpochSeen()).isEqualTo(5);
        master.epoch = 6;
        master.launch("t", "true");
        master.await("t", TaskState.TASK_FINISHED);
    }

    @Test
    void hearsSilenceAsAnEnd() {
        master.heartbeatMs = 50;
        master.goodbye(Goodbye.Then.RETURN);

        master.awaitHello(4);
    }

    @Test
    void restartsWithoutTouchingItsTasks() {
        master.launch("short", "sleep 1; exit 4");
        master.launch("long", "sleep 600");
        master.await("short", TaskState.TASK_RUNNING);
        var running = master.await("long", TaskState.TASK_RUNNING);
        agent.close();
        agent = RunningAgent.start(work, master);
        master.awaitHello(2);

        assertThat(master.await("short", TaskState.TASK_FAILED).getMessage())
                .isEqualTo("Command exited with status 4");
        assertThat(
                        ProcessHandle.of(running.getContainerStatus().getExecutorPid())
                                .filter(ProcessHandle::isAlive))
                .isPresent();
        master.kill("long", Duration.ofSeconds(5));
        master.await("long", TaskState.TASK_KILLED);
    }

    @Test
    void refusesToStartAsAnotherMachine() {
        Await.within(FakeMaster.LIMIT)
                .until(
                        "the agent to be admitted",
                        () -> agent.bean(AgentLoop.class).current().agent().isPresent());
        agent.close();

        assertThatThrownBy(
                        () -> RunningAgent.start(work, master, "--meseta.agent.hostname=localhost"))
                .rootCause()
                .hasMessageContaining("is not what it was when it joined");
        agent = RunningAgent.start(work, master);
        master.awaitHello(2);
    }

    @Test
    void losesNothingWhenItsProcessIsKilled() throws Exception {
        agent.close();
        var process = startProcess();
        try {
            master.awaitHello(2);
            master.launch("gone", "sleep 0.5; exit 6");
            master.launch("kept", "sleep 600");
            master.await("gone", TaskState.TASK_RUNNING);
            master.isAcknowledging = false;
            var running = master.await("kept", TaskState.TASK_RUNNING);
            process.destroyForcibly().waitFor();
            master.hangUp();

            master.isAcknowledging = true;
            agent = RunningAgent.start(work, master);
            assertThat(master.await("gone", TaskState.TASK_FAILED).getMessage())
                    .isEqualTo("Command exited with status 6");
            assertThat(master.states("gone"))
                    .containsExactly(
                            TaskState.TASK_STARTING, TaskState.TASK_RUNNING, TaskState.TASK_FAILED);
            assertThat(master.hellos().getLast().getTasksList()).isNotEmpty();
            assertThat(
                            ProcessHandle.of(running.getContainerStatus().getExecutorPid())
                                    .filter(ProcessHandle::isAlive))
                    .isPresent();
        } finally {
            process.destroyForcibly();
        }
    }

    private Process startProcess() throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-cp"));
        command.add(System.getProperty("java.class.path"));
        command.add("io.meseta.agent.AgentService");
        command.addAll(RunningAgent.arguments(work, master));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private Path latest(String task) {
        return work.resolve("slaves/m-S0/frameworks/m-0000/executors/" + task + "/runs/latest");
    }

    private boolean isIdle() {
        return agent.bean(AgentLoop.class).current().tasks().isEmpty();
    }

    private boolean isState(String task, String state) {
        return agent.bean(AgentLoop.class).current().tasks().values().stream()
                .anyMatch(held ->
                        held.key().task().value().equals(task)
                                && held.latest().name().equals(state));
    }
}

package io.meseta.agent.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.meseta.agent.checkpoint.Checkpoints;
import io.meseta.agent.core.machine.Standing;
import io.meseta.agent.engine.AgentLoop;
import io.meseta.agent.launch.ProcessTable;
import io.meseta.mesos.v1.CommandInfo;
import io.meseta.mesos.v1.TaskState;
import io.meseta.testkit.Await;
import io.meseta.wire.agent.Goodbye;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// An agent that is sent on, sent away, or whose machine restarts; and tasks of other users.
@Timeout(120)
class AgentFateIT {

    @TempDir private Path work;
    private FakeMaster master;
    private RunningAgent agent;

    @BeforeEach
    void start() throws IOException {
        master = new FakeMaster();
        // Another user's task must find the way to its sandbox.
        Files.setPosixFilePermissions(work, PosixFilePermissions.fromString("rwxr-xr-x"));
        agent = RunningAgent.start(work, master);
        master.awaitHello(1);
    }

    @AfterEach
    void stop() {
        master.shutdownFramework();
        Await.within(FakeMaster.LIMIT).until("no tasks", this::isIdle);
        agent.awaitNoTasks();
        agent.close();
        master.close();
    }

    @Test
    void runsATaskAsAnotherUser() throws Exception {
        assumeTrue(System.getProperty("user.name").equals("root"), "only root can become another");
        master.launch(
                master.task("other")
                        .setCommand(
                                CommandInfo.newBuilder()
                                        .setValue("id -un; touch mine; echo $HOME $USER")
                                        .setUser("nobody")));

        master.await("other", TaskState.TASK_FINISHED);

        var sandbox = latest("other");
        assertThat(Files.readString(sandbox.resolve("stdout"))).startsWith("nobody\n");
        assertThat(Files.getOwner(sandbox.resolve("mine")).getName()).isEqualTo("nobody");
        assertThat(Files.getOwner(sandbox.toRealPath()).getName()).isEqualTo("nobody");
    }

    @Test
    void losesItsTasksWithTheMachineAndComesBackAsTheSameAgent() throws Exception {
        master.launch("t", "sleep 600");
        master.await("t", TaskState.TASK_RUNNING);
        agent.close();
        restartMachine();

        agent = RunningAgent.start(work, master);
        master.awaitHello(2);

        var lost = master.await("t", TaskState.TASK_FAILED);
        assertThat(lost.getMessage()).contains("the machine was restarted while it ran");
        assertThat(master.hellos().getLast().getAgentId().getValue()).isEqualTo("m-S0");
    }

    /// That it ran may be lost with the machine; that it was ordered may not.
    @Test
    void startsNothingOnceMoreAfterTheMachineWasRestarted() throws Exception {
        var starts = work.resolve("starts");
        master.launch("t", "echo one >>" + starts + "; exec sleep 600");
        master.await("t", TaskState.TASK_RUNNING);
        var meta = work.resolve("meta");
        var log = Files.readAllBytes(meta.resolve("log"));
        agent.close();
        restartMachine();
        for (var directory : List.of("runs", "tasks")) {
            try (var paths = Files.walk(meta.resolve(directory))) {
                for (var path : paths.sorted(Comparator.reverseOrder()).toList())
                    Files.delete(path);
            }
        }
        Files.write(meta.resolve("log"), untilItsOrder(log));
        try (var checkpoints = Checkpoints.open(meta)) {
            checkpoints.meet(UUID.randomUUID().toString());
        }

        agent = RunningAgent.start(work, master);

        assertThat(master.await("t", TaskState.TASK_FAILED).getMessage())
                .contains("the machine was restarted");
        assertThat(starts).hasContent("one");
    }

    /// What has to be on the disk before a task is begun: up to the first entry with its name.
    private static byte[] untilItsOrder(byte[] log) {
        var text = new String(log, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("MESETALG", text.indexOf("tasks/"));
        assertThat(end).isPositive();
        return Arrays.copyOf(log, end);
    }

    /// Nothing of the task is left, and what was written down of its processes names another start
    /// of the machine; their numbers belong to others by now.
    private void restartMachine() throws Exception {
        var boot = new ProcessTable().bootId();
        var other = UUID.randomUUID().toString();
        for (var name : List.of("supervisor", "command"))
            for (var file : filesNamed(name)) {
                var words = Files.readString(file).strip().split(" ", -1);
                assertThat(words[2]).isEqualTo(boot);
                ProcessHandle.of(Long.parseLong(words[0]))
                        .ifPresent(ProcessHandle::destroyForcibly);
                long mine = ProcessHandle.current().pid();
                Files.writeString(file, mine + " " + words[1] + " " + other + "\n");
            }
    }

    private List<Path> filesNamed(String name) throws IOException {
        try (var files = Files.walk(work)) {
            return files.filter(each -> each.getFileName().toString().equals(name)).toList();
        }
    }

    @Test
    void followsAMasterThatSendsItOn() throws Exception {
        try (var leader = new FakeMaster()) {
            leader.epoch = 2;
            master.leader = Optional.of(leader.uri());
            master.hangUp();
            leader.awaitHello(1);

            leader.launch("t", "true");
            leader.await("t", TaskState.TASK_FINISHED);

            assertThat(leader.hellos().getFirst().getAgentId().getValue()).isEqualTo("m-S0");
            assertThat(master.reports()).isEmpty();
        }
    }

    @Test
    void staysAwayForGoodOnceItWasToldTo() throws Exception {
        master.launch("t", "sleep 600");
        var running = master.await("t", TaskState.TASK_RUNNING);
        master.goodbye(Goodbye.Then.STAY_AWAY);

        Await.within(FakeMaster.LIMIT).until("its task to be gone", this::isIdle);
        long pid = running.getContainerStatus().getExecutorPid();
        assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();

        assertThat(agent.bean(AgentLoop.class).current().standing())
                .isInstanceOf(Standing.Exile.class);

        agent.awaitNoTasks();
        agent.close();

        assertThatThrownBy(() -> RunningAgent.start(work, master))
                .rootCause()
                .hasMessageContaining("This agent was marked gone");
        assertThat(master.hellos()).hasSize(1);
        agent = RunningAgent.start(Files.createDirectory(work.resolve("another")), master);
    }

    @Test
    void givesAnIdThatIsUsedAgainToTheNewTaskOnlyOnceTheOldOneIsGone() {
        master.launch("t", "trap '' TERM; while :; do sleep 1; done");
        var old = master.await("t", TaskState.TASK_RUNNING);
        master.kill("other", Duration.ZERO);

        master.launch("t", "sleep 600");

        Await.within(FakeMaster.LIMIT)
                .until(
                        "the new one runs",
                        () ->
                                master.states("t").stream()
                                                .filter(TaskState.TASK_RUNNING::equals)
                                                .count()
                                        == 2);
        long pid = old.getContainerStatus().getExecutorPid();
        assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
        assertThat(master.states("t"))
                .containsExactly(
                        TaskState.TASK_STARTING,
                        TaskState.TASK_RUNNING,
                        TaskState.TASK_STARTING,
                        TaskState.TASK_RUNNING);
        assertThat(master.reports().getLast().getStatusUpdate().getLaunchOrder()).isEqualTo(3);
    }

    private Path latest(String task) {
        return work.resolve("slaves/m-S0/frameworks/m-0000/executors/" + task + "/runs/latest");
    }

    private boolean isIdle() {
        return agent.bean(AgentLoop.class).current().tasks().isEmpty();
    }
}

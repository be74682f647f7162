package io.meseta.agent.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.meseta.agent.engine.AgentLoop;
import io.meseta.mesos.v1.CommandInfo;
import io.meseta.mesos.v1.ExecutorID;
import io.meseta.mesos.v1.ExecutorInfo;
import io.meseta.mesos.v1.FrameworkID;
import io.meseta.mesos.v1.FrameworkInfo;
import io.meseta.mesos.v1.TaskGroupInfo;
import io.meseta.mesos.v1.TaskInfo;
import io.meseta.mesos.v1.TaskState;
import io.meseta.mesos.v1.TaskStatus.Reason;
import io.meseta.testkit.Await;
import io.meseta.wire.agent.ExecutorEnded;
import io.meseta.wire.agent.ExecutorMessage;
import io.meseta.wire.agent.Launch;
import io.meseta.wire.agent.LaunchGroup;
import io.meseta.wire.agent.MasterMessage;
import io.meseta.wire.agent.Order;
import io.meseta.wire.agent.Report;
import io.meseta.wire.agent.ShutdownExecutor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Executors of frameworks, and groups that the agent runs itself, against a master that does what
/// the test says. The executor is a real one: a shell script that speaks the executor API.
@Timeout(120)
class ExecutorIT {

    private static final FrameworkID FRAMEWORK =
            FrameworkID.newBuilder().setValue(FakeMaster.FRAMEWORK).build();

    @TempDir private Path work;
    private FakeMaster master;
    private RunningAgent agent;
    private int port;

    @BeforeEach
    void start() throws IOException {
        master = new FakeMaster();
        // An executor finds its agent again where it was.
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        agent = running();
        master.awaitHello(1);
    }

    private RunningAgent running() {
        return RunningAgent.start(
                work,
                master,
                "--server.port=" + port,
                "--meseta.agent.tasks.executors.registration-timeout=3s",
                "--meseta.agent.tasks.executors.shutdown-grace-period=3s");
    }

    @AfterEach
    void stop() {
        agent.end(master);
        master.close();
    }

    @Test
    void runsSeveralTasksInOneExecutor() throws Exception {
        var executor = executor("own", "exec sh " + script());
        launch("t1", executor);
        var running = master.await("t1", TaskState.TASK_RUNNING);
        launch("t2", executor);
        master.await("t2", TaskState.TASK_RUNNING);

        assertThat(master.states("t1"))
                .containsExactly(TaskState.TASK_STARTING, TaskState.TASK_RUNNING);
        assertThat(running.getMessage()).isEqualTo("by sh");
        assertThat(running.getExecutorId().getValue()).isEqualTo("own");
        assertThat(running.getContainerStatus().getExecutorPid()).isPositive();
        assertThat(machineExecutors()).isEqualTo(1);
        var shown = agent.call("{\"type\":\"GET_EXECUTORS\"}").body();
        assertThat(shown).contains("\"executor_id\":{\"value\":\"own\"}");

        say(executor, "ping");
        Await.within(FakeMaster.LIMIT)
                .until("an echo", () -> messages().contains(ByteString.copyFromUtf8("ping")));
        master.kill("t1", Duration.ofSeconds(1));
        assertThat(master.await("t1", TaskState.TASK_KILLED).getMessage()).isEqualTo("by sh");

        shutdown(executor);
        var failed = master.await("t2", TaskState.TASK_FAILED);
        assertThat(failed.getReason()).isEqualTo(Reason.REASON_EXECUTOR_TERMINATED);
        assertThat(failed.getMessage()).isEqualTo("Executor terminated");
        assertThat(ends()).hasSize(1);
        assertThat(ends().getFirst().getStatus()).isZero();
    }

    @Test
    void keepsAnExecutorWhileTheAgentIsAway() throws Exception {
        var executor = executor("own", "exec sh " + script());
        launch("t1", executor);
        master.await("t1", TaskState.TASK_RUNNING);

        agent.close();
        agent = running();
        master.awaitHello(2);
        launch("t2", executor);
        master.await("t2", TaskState.TASK_RUNNING);

        assertThat(master.hellos().getLast().getExecutorsList()).hasSize(1);
        assertThat(master.states("t1"))
                .containsExactly(TaskState.TASK_STARTING, TaskState.TASK_RUNNING);
        master.kill("t1", Duration.ofSeconds(1));
        master.await("t1", TaskState.TASK_KILLED);
    }

    @Test
    void givesUpAnExecutorThatSaysNothing() {
        launch("t", executor("silent", "sleep 600"));

        var failed = master.await("t", TaskState.TASK_FAILED);
        assertThat(failed.getReason()).isEqualTo(Reason.REASON_EXECUTOR_REGISTRATION_TIMEOUT);
    }

    @Test
    void tellsOfAnExecutorThatEndsByItself() {
        launch("t", executor("short", "exit 7"));

        var dropped = master.await("t", TaskState.TASK_DROPPED);
        assertThat(dropped.getReason()).isEqualTo(Reason.REASON_EXECUTOR_TERMINATED);
        assertThat(ends().getFirst().getStatus()).isEqualTo(7 << 8);
    }

    @Test
    void handsAGroupToAnExecutorInOnePiece() throws Exception {
        launchGroup(
                executor("own", "exec sh " + script()),
                List.of(master.task("a").build(), master.task("b").build()));

        master.await("a", TaskState.TASK_RUNNING);
        master.await("b", TaskState.TASK_RUNNING);

        var stdout = "/frameworks/m-0000/executors/own/runs/latest/stdout";
        var said = agent.get("/files/read?path=" + stdout + "&offset=0&length=65536").body();
        assertThat(said).contains("LAUNCH_GROUP");
    }

    @Test
    void endsAGroupWithTheFirstOfItsTasksThatFails() throws Exception {
        launchGroup(
                pod(), List.of(command("server", "sleep 600"), command("bad", "sleep 1; exit 3")));

        assertThat(master.await("server", TaskState.TASK_KILLED).getExecutorId().getValue())
                .isEqualTo("pod");
        assertThat(master.await("bad", TaskState.TASK_FAILED).getMessage())
                .isEqualTo("Command exited with status 3");
        Await.within(FakeMaster.LIMIT).until("the executor's end", () -> ends().size() == 1);
        assertThat(ends().getFirst().getStatus()).isZero();
    }

    @Test
    void letsTheOthersFinishWhenOneHasFinished() throws Exception {
        launchGroup(pod(), List.of(command("first", "echo one"), command("second", "sleep 1")));
        launchGroup(pod(), List.of(command("other", "sleep 600")));
        master.await("other", TaskState.TASK_RUNNING);

        master.await("first", TaskState.TASK_FINISHED);
        master.await("second", TaskState.TASK_FINISHED);
        assertThat(machineExecutors()).isEqualTo(1);
        assertThat(master.states("other")).doesNotContain(TaskState.TASK_KILLED);

        var said =
                agent.get(
                                "/files/read?path=/frameworks/m-0000/executors/pod/runs/latest"
                                        + "/tasks/first/stdout&offset=0&length=65536")
                        .body();
        assertThat(said).contains("one");
    }

    @Test
    void endsAGroupWhenOneOfItIsKilled() {
        launchGroup(pod(), List.of(command("a", "sleep 600"), command("b", "sleep 600")));
        master.await("a", TaskState.TASK_RUNNING);
        master.await("b", TaskState.TASK_RUNNING);

        master.kill("a", Duration.ofSeconds(1));

        master.await("a", TaskState.TASK_KILLED);
        master.await("b", TaskState.TASK_KILLED);
    }

    private String script() throws IOException {
        var file = work.resolve("executor.sh");
        if (Files.exists(file)) return file.toString();
        try (var in =
                Objects.requireNonNull(ExecutorIT.class.getResourceAsStream("/executor.sh"))) {
            Files.copy(in, file);
        }
        return file.toString();
    }

    private long machineExecutors() {
        return agent.bean(AgentLoop.class).current().executors().size();
    }

    private List<ExecutorEnded> ends() {
        return master.reports().stream()
                .filter(Report::hasExecutorEnded)
                .map(Report::getExecutorEnded)
                .toList();
    }

    private List<ByteString> messages() {
        return master.reports().stream()
                .filter(Report::hasExecutorMessage)
                .map(report -> report.getExecutorMessage().getData())
                .toList();
    }

    private void say(ExecutorInfo executor, String text) {
        var message =
                ExecutorMessage.newBuilder()
                        .setFrameworkId(FRAMEWORK)
                        .setExecutorId(executor.getExecutorId())
                        .setData(ByteString.copyFromUtf8(text));
        master.send(MasterMessage.newBuilder().setExecutorMessage(message).build());
    }

    private void shutdown(ExecutorInfo executor) {
        master.order(
                Order.newBuilder()
                        .setShutdownExecutor(
                                ShutdownExecutor.newBuilder()
                                        .setFrameworkId(FRAMEWORK)
                                        .setExecutorId(executor.getExecutorId())));
    }

    private void launch(String task, ExecutorInfo executor) {
        master.order(
                Order.newBuilder()
                        .setLaunch(
                                Launch.newBuilder()
                                        .setFramework(framework())
                                        .setTask(master.task(task).setExecutor(executor))));
    }

    private void launchGroup(ExecutorInfo executor, List<TaskInfo> tasks) {
        master.order(
                Order.newBuilder()
                        .setLaunchGroup(
                                LaunchGroup.newBuilder()
                                        .setFramework(framework())
                                        .setExecutor(executor)
                                        .setTaskGroup(
                                                TaskGroupInfo.newBuilder().addAllTasks(tasks))));
    }

    private static FrameworkInfo framework() {
        return FrameworkInfo.newBuilder()
                .setName("test")
                .setUser(System.getProperty("user.name"))
                .setId(FRAMEWORK)
                .build();
    }

    private static ExecutorInfo executor(String id, String command) {
        return ExecutorInfo.newBuilder()
                .setType(ExecutorInfo.Type.CUSTOM)
                .setExecutorId(ExecutorID.newBuilder().setValue(id))
                .setFrameworkId(FRAMEWORK)
                .setCommand(CommandInfo.newBuilder().setValue(command))
                .build();
    }

    private static ExecutorInfo pod() {
        return ExecutorInfo.newBuilder()
                .setType(ExecutorInfo.Type.DEFAULT)
                .setExecutorId(ExecutorID.newBuilder().setValue("pod"))
                .setFrameworkId(FRAMEWORK)
                .build();
    }

    private TaskInfo command(String task, String command) {
        return master.task(task).setCommand(CommandInfo.newBuilder().setValue(command)).build();
    }
}

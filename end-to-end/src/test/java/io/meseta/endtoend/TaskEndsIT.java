package io.meseta.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import io.meseta.endtoend.framework.TaskWish;
import io.meseta.endtoend.framework.TestFramework;
import io.meseta.endtoend.harness.Running;
import io.meseta.endtoend.harness.SandboxFiles;
import io.meseta.endtoend.harness.Setup;
import io.meseta.mesos.v1.CommandInfo;
import io.meseta.mesos.v1.TaskState;
import io.meseta.mesos.v1.TaskStatus;
import io.meseta.testkit.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// A task runs to each of its ends, and does on the way what it was asked to do.
final class TaskEndsIT {

    @RegisterExtension static final Running RUNNING = Running.cluster(Setup.named("task-ends"));

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private TestFramework framework;
    private SandboxFiles sandboxes;

    @BeforeEach
    void subscribe() {
        var cluster = RUNNING.cluster();
        framework = TestFramework.subscribe(cluster.masterEndpoint(), "task-ends");
        sandboxes = new SandboxFiles(cluster.agentEndpoint(1), framework.id());
    }

    @AfterEach
    void hangUp() {
        framework.awaitAcknowledged();
        sandboxes.close();
        framework.close();
    }

    @Test
    void finishesATaskThatEndsWell() {
        framework.launch(TaskWish.shell("well", "echo hello; echo trouble >&2"));

        var end = framework.await("well", TaskState.TASK_FINISHED);

        assertThat(end.getSource()).isEqualTo(TaskStatus.Source.SOURCE_EXECUTOR);
        assertThat(end.getMessage()).isEqualTo("Command exited with status 0");
        assertThat(framework.log().states("well"))
                .containsExactly(
                        TaskState.TASK_STARTING, TaskState.TASK_RUNNING, TaskState.TASK_FINISHED);
        assertThat(sandboxes.read("well", "stdout")).isEqualTo("hello\n");
        assertThat(sandboxes.read("well", "stderr")).isEqualTo("trouble\n");
    }

    @Test
    void failsATaskWithTheStatusOfItsCommand() {
        framework.launch(TaskWish.shell("badly", "exit 3"));

        var end = framework.await("badly", TaskState.TASK_FAILED);

        assertThat(end.getMessage()).isEqualTo("Command exited with status 3");
        assertThat(framework.log().states("badly"))
                .containsExactly(
                        TaskState.TASK_STARTING, TaskState.TASK_RUNNING, TaskState.TASK_FAILED);
    }

    @Test
    void failsATaskWhoseCommandIsNotThere() {
        framework.launch(
                TaskWish.of(
                        "nowhere",
                        CommandInfo.newBuilder().setShell(false).setValue("/no/such/program")));

        var end = framework.await("nowhere", TaskState.TASK_FAILED);

        assertThat(end.getMessage()).isEqualTo("Command exited with status 127");
    }

    @Test
    void killsATaskThatHeedsTheSignal() {
        var script = "trap 'echo bye; kill $!; exit 0' TERM; echo ready; sleep 600 & wait";
        framework.launch(TaskWish.shell("polite", script).withGrace(Duration.ofMinutes(2)));
        awaitOutput("polite", "ready\n");

        framework.kill("polite");

        framework.await("polite", TaskState.TASK_KILLED, Duration.ofSeconds(30));
        assertThat(sandboxes.read("polite", "stdout")).isEqualTo("ready\nbye\n");
        assertThat(framework.log().states("polite"))
                .containsExactly(
                        TaskState.TASK_STARTING, TaskState.TASK_RUNNING, TaskState.TASK_KILLED);
    }

    @Test
    void killsATaskThatIgnoresTheSignalOnceItsGraceIsOver() {
        var script = "trap '' TERM; echo ready; while true; do sleep 0.1; done";
        framework.launch(TaskWish.shell("deaf", script).withGrace(Duration.ofMillis(700)));
        awaitOutput("deaf", "ready\n");
        long begin = System.nanoTime();

        framework.kill("deaf");
        framework.await("deaf", TaskState.TASK_KILLED);

        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isBetween(Duration.ofMillis(700), Duration.ofSeconds(10));
        awaitNoTasks();
    }

    @Test
    void leavesNothingOfATaskThatLeftProcessesBehind() {
        framework.launch(TaskWish.shell("litter", "setsid sleep 600 & sleep 600 & exit 0"));

        framework.await("litter", TaskState.TASK_FINISHED);

        awaitNoTasks();
    }

    @Test
    void failsATaskThatASignalHasEnded() {
        framework.launch(TaskWish.shell("shot", "kill -KILL $$"));

        var end = framework.await("shot", TaskState.TASK_FAILED);

        assertThat(end.getMessage()).contains("137").contains("signal");
    }

    @Test
    void refusesATaskThatMakesNoSense() {
        framework.launch(TaskWish.shell("a/b", "true"));

        var end = framework.await("a/b", TaskState.TASK_ERROR);
        assertThat(end.getReason()).isEqualTo(TaskStatus.Reason.REASON_TASK_INVALID);
        assertThat(end.getSource()).isEqualTo(TaskStatus.Source.SOURCE_MASTER);
        assertThat(end.getUuid().isEmpty()).isTrue();
    }

    @Test
    void givesATaskItsEnvironmentAndNothingOfTheAgents() {
        var wish = TaskWish.shell("environment", "env").with("GREETING", "two words");
        framework.launch(wish);

        framework.await("environment", TaskState.TASK_FINISHED);

        var environment = sandboxes.read("environment", "stdout").lines().toList();
        assertThat(environment)
                .contains(
                        "GREETING=two words",
                        "MESOS_FRAMEWORK_ID=" + framework.id().getValue(),
                        "MESOS_EXECUTOR_ID=environment",
                        "MESOS_SANDBOX=" + sandboxes.pathOf("environment"))
                .noneMatch(line -> line.startsWith("SPRING_"))
                .noneMatch(line -> line.startsWith("MAVEN_"));
    }

    @Test
    void runsATaskInItsSandbox() {
        framework.launch(TaskWish.shell("place", "pwd; echo kept > file"));

        framework.await("place", TaskState.TASK_FINISHED);

        assertThat(sandboxes.read("place", "stdout").strip()).isEqualTo(sandboxes.pathOf("place"));
        assertThat(sandboxes.read("place", "file")).isEqualTo("kept\n");
    }

    @Test
    void runsATaskAsTheUserItNames() {
        assumeTrue(
                "root".equals(System.getProperty("user.name")),
                "only root may run tasks as somebody else");
        framework.launch(TaskWish.shell("nobodys", "id -un; touch mine").as("nobody"));

        framework.await("nobodys", TaskState.TASK_FINISHED);

        assertThat(sandboxes.read("nobodys", "stdout")).isEqualTo("nobody\n");
    }

    @Test
    void failsATaskOfAUserWhoIsNotThere() {
        framework.launch(TaskWish.shell("strangers", "true").as("no-such-user"));

        var end = framework.await("strangers", TaskState.TASK_FAILED);

        assertThat(end.getMessage()).contains("no-such-user");
    }

    @Test
    void fetchesWhatATaskNeeds(@TempDir Path directory) throws Exception {
        var local = Files.writeString(directory.resolve("local.txt"), "from a file\n");
        var archive = archive(directory, "inside.txt", "from an archive\n");
        try (var server = FileServer.of("/remote.sh", "#!/bin/sh\necho from the web\n")) {
            var wish =
                    TaskWish.shell("fetcher", "cat local.txt inside.txt; ./remote.sh")
                            .fetching(uri(local.toUri().toString()))
                            .fetching(uri(archive.toString()))
                            .fetching(uri(server.address("/remote.sh")).setExecutable(true));
            framework.launch(wish);

            framework.await("fetcher", TaskState.TASK_FINISHED);
        }

        assertThat(sandboxes.read("fetcher", "stdout"))
                .isEqualTo("from a file\nfrom an archive\nfrom the web\n");
    }

    @Test
    void failsATaskWhoseFilesCannotBeFetched() throws Exception {
        try (var server = FileServer.of("/other", "")) {
            var wish = TaskWish.shell("hungry", "true");
            framework.launch(wish.fetching(uri(server.address("/missing"))));

            var end = framework.await("hungry", TaskState.TASK_FAILED);

            assertThat(end.getReason()).isEqualTo(TaskStatus.Reason.REASON_CONTAINER_LAUNCH_FAILED);
        }
    }

    @Test
    void servesASandboxOverTheFileRoutes() throws Exception {
        framework.launch(TaskWish.shell("files", "printf 0123456789"));
        framework.await("files", TaskState.TASK_FINISHED);
        var stdout =
                URLEncoder.encode(sandboxes.pathOf("files") + "/stdout", StandardCharsets.UTF_8);
        var sandbox = URLEncoder.encode(sandboxes.pathOf("files"), StandardCharsets.UTF_8);

        assertThat(get("/files/read?offset=2&length=3&path=" + stdout).body())
                .isEqualTo("{\"data\":\"234\",\"offset\":2}");
        assertThat(get("/files/read?offset=-1&path=" + stdout).body())
                .isEqualTo("{\"data\":\"\",\"offset\":10}");
        assertThat(get("/files/browse?path=" + sandbox).body())
                .contains("/stdout\"", "/stderr\"", "\"size\":10");
        assertThat(get("/files/download?path=" + stdout).body()).isEqualTo("0123456789");
    }

    @Test
    void showsTheTaskInTheStateOfMasterAndAgent() throws Exception {
        framework.launch(TaskWish.shell("shown", "sleep 600"));
        framework.await("shown", TaskState.TASK_RUNNING);

        assertThat(get("/state").body()).contains("\"shown\"", "TASK_RUNNING");
        var master = RUNNING.cluster().masterEndpoint().base();
        assertThat(get(master.resolve("/state")).body()).contains("\"shown\"", "TASK_RUNNING");

        framework.kill("shown");
        framework.await("shown", TaskState.TASK_KILLED);
    }

    private void awaitOutput(String task, String output) {
        Await.within(Duration.ofSeconds(20))
                .until(task + " has written", () -> sandboxes.read(task, "stdout").equals(output));
    }

    private static void awaitNoTasks() {
        Await.shortly()
                .passes(
                        "no process of a task is left",
                        () -> assertThat(RUNNING.cluster().tasksOf(1)).isEmpty());
    }

    private static CommandInfo.URI.Builder uri(String address) {
        return CommandInfo.URI.newBuilder().setValue(address);
    }

    private static HttpResponse<String> get(String pathOnAgent) throws Exception {
        var agent = RUNNING.cluster().agentEndpoint(1).base();
        return get(URI.create(agent + pathOnAgent));
    }

    private static HttpResponse<String> get(URI address) throws Exception {
        var request = HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(30)).build();
        var response = HTTP.send(request, BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response;
    }

    private static Path archive(Path directory, String name, String content) throws Exception {
        Files.writeString(directory.resolve(name), content);
        var archive = directory.resolve("archive.tar.gz");
        var command = List.of("tar", "czf", archive.toString(), "-C", directory.toString(), name);
        assertThat(new ProcessBuilder(command).start().waitFor()).isZero();
        return archive;
    }

    /// Serves one file on loopback.
    private record FileServer(HttpServer server) implements AutoCloseable {

        static FileServer of(String path, String content) throws IOException {
            var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            var server = HttpServer.create(address, 0);
            server.createContext(
                    "/",
                    exchange -> {
                        boolean isHere = exchange.getRequestURI().getPath().equals(path);
                        var body = content.getBytes(StandardCharsets.UTF_8);
                        exchange.sendResponseHeaders(isHere ? 200 : 404, isHere ? body.length : -1);
                        if (isHere) exchange.getResponseBody().write(body);
                        exchange.close();
                    });
            server.start();
            return new FileServer(server);
        }

        String address(String path) {
            return "http://127.0.0.1:" + server.getAddress().getPort() + path;
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}

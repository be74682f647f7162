package io.meseta.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.mesos.v1.TaskState;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `ps`, `kill` and `logs`.
final class OtherCommandsTest {

    @TempDir private Path directory;

    private FakeCluster cluster;

    @BeforeEach
    void start() throws IOException {
        cluster = new FakeCluster(directory.resolve("sandboxes"));
        cluster.addTask("m-0000", "web", TaskState.TASK_RUNNING);
        cluster.addTask("m-0001", "db", TaskState.TASK_RUNNING);
        cluster.addTask("m-0001", "web", TaskState.TASK_STAGING);
        cluster.addTask("m-0001", "old", TaskState.TASK_FAILED);
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void listsTasksThatRun() {
        assertThat(meseta("ps").lines())
                .containsExactly(
                        "0",
                        "ID   FRAMEWORK  STATE         AGENT                 AGE  NAME",
                        "web  m-0000     TASK_RUNNING  nowhere.invalid:5051  -    web",
                        "db   m-0001     TASK_RUNNING  nowhere.invalid:5051  -    db",
                        "web  m-0001     TASK_STAGING  nowhere.invalid:5051  -    web");
    }

    @Test
    void listsEndedTasksWhenAsked() {
        assertThat(meseta("ps", "-a")).contains("old  m-0001     TASK_FAILED");
    }

    @Test
    void killsATaskByItsName() {
        assertThat(meseta("kill", "db")).isEqualTo("0\nkilling m-0001/db\n");
        assertThat(meseta("kill", "m-0000/web")).startsWith("0");

        assertThat(cluster.operatorCalls())
                .contains(
                        "/api/meseta/v1/tasks/m-0001/db:kill",
                        "/api/meseta/v1/tasks/m-0000/web:kill");
    }

    @Test
    void asksBackWhenANameIsAmbiguous() {
        assertThat(meseta("kill", "web"))
                .isEqualTo(
                        "1\nmeseta: several frameworks have a task web; say which: "
                                + "m-0000/web, m-0001/web\n");
    }

    @Test
    void saysThatATaskIsUnknownOrOver() {
        assertThat(meseta("kill", "nobody"))
                .isEqualTo("1\nmeseta: unknown task nobody: ./meseta ps -a lists all\n");
        assertThat(meseta("kill", "old"))
                .startsWith("1\nmeseta: old has already ended: TASK_FAILED");
        assertThat(meseta("logs", "nobody")).startsWith("1\nmeseta: unknown task nobody");
    }

    @Test
    void showsWhatATaskHasWritten() throws Exception {
        var sandbox = Files.createDirectories(directory.resolve("sandboxes/web"));
        Files.writeString(sandbox.resolve("stdout"), "hello\n".repeat(1000));
        Files.writeString(sandbox.resolve("stderr"), "oops\n");

        try (var logs = process("logs", "m-0000/web")) {
            assertThat(logs.exitCode()).isZero();
            assertThat(logs.out()).isEqualTo("hello\n".repeat(1000));
        }
        try (var logs = process("logs", "--stderr", "m-0000/web")) {
            assertThat(logs.exitCode()).isZero();
            assertThat(logs.out()).isEqualTo("oops\n");
        }
    }

    @Test
    void findsTheMasterInTheRecordOfADataDirectory() throws IOException {
        Files.writeString(
                directory.resolve("run.json"), "{\"master\":\"http://" + cluster.address() + "\"}");

        var out = new StringWriter();
        int code = execute(out, "ps", "--data", directory.toString());

        assertThat(code).isZero();
        assertThat(out.toString()).contains("web");
    }

    @Test
    void reachesMasterAndAgentsByTheGatewayAlone() throws Exception {
        cluster.hideAgent();
        var sandbox = Files.createDirectories(directory.resolve("sandboxes/web"));
        Files.writeString(sandbox.resolve("stdout"), "hello\n");
        var out = new StringWriter();

        assertThat(execute(out, "ps", "--gateway", cluster.address())).isZero();
        assertThat(execute(out, "kill", "db", "--gateway", cluster.address())).isZero();
        try (var logs = direct("logs", "m-0000/web", "--gateway", cluster.address())) {
            assertThat(logs.exitCode()).as(logs.err()).isZero();
            assertThat(logs.out()).isEqualTo("hello\n");
        }

        try (var logs = direct("logs", "m-0000/web", "--master", cluster.address())) {
            assertThat(logs.exitCode()).isEqualTo(1);
            assertThat(logs.err()).contains("cannot reach http://127.0.0.1:1");
        }
    }

    @Test
    void takesTheGatewayOfADataDirectory() throws Exception {
        cluster.hideAgent();
        Files.createDirectories(directory.resolve("sandboxes/web"));
        Files.writeString(directory.resolve("sandboxes/web/stdout"), "hello\n");
        Files.writeString(
                directory.resolve("run.json"),
                "{\"gateway\":\"http://%s\",\"master\":\"http://127.0.0.1:1\"}"
                        .formatted(cluster.address()));

        try (var logs = direct("logs", "m-0000/web", "--data", directory.toString())) {
            assertThat(logs.exitCode()).as(logs.err()).isZero();
            assertThat(logs.out()).isEqualTo("hello\n");
        }
    }

    @Test
    void refusesTwoWaysAtOnce() {
        assertThat(meseta("ps", "--gateway", "one"))
                .isEqualTo("1\nmeseta: choose one of --gateway and --master\n");
    }

    private MesetaProcess direct(String... arguments) throws IOException {
        return MesetaProcess.start(directory, arguments);
    }

    private MesetaProcess process(String... arguments) throws IOException {
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--master", cluster.address()));
        return MesetaProcess.start(directory, all.toArray(String[]::new));
    }

    /// The exit code and all that is said.
    private String meseta(String... arguments) {
        var out = new StringWriter();
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--master", cluster.address()));
        int code = execute(out, all.toArray(String[]::new));
        return code + "\n" + out;
    }

    private static int execute(StringWriter out, String... arguments) {
        var writer = new PrintWriter(out, true);
        return Meseta.commandLine().setOut(writer).setErr(writer).execute(arguments);
    }
}

package io.meseta.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.endtoend.harness.Installation;
import io.meseta.endtoend.harness.Program;
import io.meseta.endtoend.harness.Traces;
import io.meseta.testkit.Await;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/// The commands that users type, from `up` to `down`: one story on one installation, since each
/// `up` takes its time.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class CommandsIT {

    private static final Duration UP_MAX = Duration.ofMinutes(2);
    private static final Duration RUN_MAX = Duration.ofSeconds(60);

    /// What a JVM that was interrupted ends with, as shells count.
    private static final int INTERRUPTED = 130;

    private static Installation meseta;

    @BeforeAll
    static void install() {
        meseta = Installation.make("commands", 1);
    }

    @AfterAll
    static void remove() {
        meseta.close();
    }

    @Test
    @Order(1)
    void runsJobsFromUpToDown() {
        up();

        var run = run("run", "--", "sh", "-c", "echo hello; sleep 1; exit 3");
        assertThat(run.output()).as(meseta.logs()).contains("hello\n");
        assertThat(run.code()).isEqualTo(3);

        var background = meseta.start(with("run", "--name", "long", "--", "sleep", "600"));
        var task = awaitTask("long");
        assertThat(run("status").output()).contains("master", "agent-1", "postgres");
        assertThat(run("kill", task).code()).isZero();
        assertThat(background.awaitExit(RUN_MAX)).isNotZero();
        assertThat(run("ps").output()).doesNotContain(task);
        var past = run("ps", "-a").output();
        assertThat(past).contains(task, "TASK_KILLED", "TASK_FAILED");
        assertThat(run("logs", taskIn(past, "TASK_FAILED")).output()).isEqualTo("hello\n");

        var down = run("down");
        assertThat(down.code()).as(down.output()).isZero();
        assertNothingRuns();
    }

    @Test
    @Order(2)
    void findsItsStateAgainAfterDown() {
        up();

        assertThat(run("ps", "-a").output()).contains("TASK_KILLED", "TASK_FAILED");
        meseta.start(with("run", "--name", "orphan", "--", "sleep", "600"));
        awaitTask("orphan");

        Traces.kill(meseta.data().getParent());
        assertNothingRuns();
    }

    /// A process that left its task's session, and even its parent, is of the task all the same.
    @Test
    @Order(5)
    void sweepsTasksAndWhatTheyLeftBehindOnDown() {
        up();
        var job =
                meseta.start(
                        with(
                                "run",
                                "--name",
                                "scattered",
                                "--",
                                "sh",
                                "-c",
                                "(setsid sleep 600 &); (cd / && setsid sleep 600 &); sleep 600"));
        awaitTask("scattered");

        var down = run("down");

        assertThat(down.code()).as(down.output()).isZero();
        assertThat(job.awaitExit(RUN_MAX)).isNotZero();
        assertNothingRuns();
    }

    /// The task of the killed agent has lost its supervisor, so nobody can say how it ended.
    @Test
    @Order(3)
    void findsItsStateAgainAfterEverythingWasKilledAndEndsOnControlC() throws Exception {
        var up = meseta.start(with("up", "--open", "--agents", "1", "--port-base", port()));
        Await.within(UP_MAX)
                .until(
                        "the cluster is up",
                        () -> {
                            if (!up.isAlive()) throw new IllegalStateException(up.tail());
                            return up.output().contains("Meseta is up");
                        });
        Await.within(RUN_MAX)
                .passes(
                        "the orphan has ended",
                        () ->
                                assertThat(run("ps", "-a").output().lines())
                                        .anyMatch(line -> isFailed(line, "orphan")));
        var job = meseta.start(with("run", "--name", "swept", "--", "sleep", "600"));
        awaitTask("swept");

        interrupt(up);

        assertThat(up.awaitExit(RUN_MAX)).as(meseta.logs()).isIn(0, INTERRUPTED);
        assertThat(up.output()).contains("killing 1 task", "Meseta is down.");
        assertThat(job.awaitExit(RUN_MAX)).isNotZero();
        assertNothingRuns();
    }

    private static boolean isFailed(String line, String name) {
        return line.contains("TASK_FAILED") && line.endsWith(name);
    }

    @Test
    @Order(4)
    void saysInOneLineWhatToDo() {
        assertThat(run("ps").output())
                .contains("no cluster runs from", "./meseta up")
                .doesNotContain("\tat ");
        var wrong = meseta.run(RUN_MAX, with("up", "--open", "--bind", "0.0.0.0"));
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.output()).contains("--open goes with loopback only");
        assertThat(meseta.run(RUN_MAX, "frobnicate").output()).contains("unknown command");
    }

    private static void up() {
        var up =
                meseta.run(
                        UP_MAX,
                        with("up", "--open", "--detach", "--agents", "1", "--port-base", port()));
        assertThat(up.code()).as(up.output()).isZero();
    }

    private static void assertNothingRuns() {
        Await.shortly()
                .passes(
                        "nothing is left",
                        () -> assertThat(meseta.traces()).as(meseta.logs()).isEmpty());
    }

    private static Installation.Outcome run(String... arguments) {
        return meseta.run(RUN_MAX, with(arguments));
    }

    /// The arguments, with the data directory where a command takes it.
    private static String[] with(String... arguments) {
        var all = new String[arguments.length + 2];
        all[0] = arguments[0];
        all[1] = "--data";
        all[2] = meseta.data().toString();
        System.arraycopy(arguments, 1, all, 3, arguments.length - 1);
        return all;
    }

    private static String port() {
        return Integer.toString(meseta.portBase());
    }

    /// The id of a running task of that name.
    private static String awaitTask(String name) {
        return Await.within(RUN_MAX)
                .value(
                        name + " runs",
                        () ->
                                run("ps")
                                        .output()
                                        .lines()
                                        .filter(line -> line.contains("TASK_RUNNING"))
                                        .filter(line -> line.endsWith(name))
                                        .map(CommandsIT::firstWord)
                                        .findFirst());
    }

    private static String taskIn(String table, String state) {
        return table.lines()
                .filter(line -> line.contains(state))
                .map(CommandsIT::firstWord)
                .findFirst()
                .orElseThrow();
    }

    private static String firstWord(String line) {
        return Pattern.compile("\\s+").split(line, 2)[0];
    }

    /// As a terminal does it. The script has become the launcher, so the process is the same.
    private static void interrupt(Program program) throws Exception {
        var kill = new ProcessBuilder("kill", "-INT", Long.toString(program.pid())).start();
        assertThat(kill.waitFor()).isZero();
    }
}

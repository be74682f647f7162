package io.meseta.agent.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.testkit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SupervisorsIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir private Path directory;
    private Path sandbox;
    private final ProcessTable table = new ProcessTable();
    private Supervisors supervisors;
    private final UUID container = UUID.randomUUID();

    @BeforeEach
    void prepare() throws IOException {
        sandbox = Files.createDirectory(directory.resolve("sandbox"));
        Files.createFile(sandbox.resolve("stdout"));
        Files.createFile(sandbox.resolve("stderr"));
        supervisors = new Supervisors(directory.resolve("runs"), table);
    }

    @AfterEach
    void leaveNothingBehind() throws InterruptedException {
        assertThat(supervisors.destroy(container)).isTrue();
        supervisors.await(container);
        supervisors.close();
    }

    @Test
    void tellsTheStatusOfEachEnd() throws Exception {
        for (int status : new int[] {0, 1, 3, 127, 255}) {
            var each = UUID.randomUUID();
            supervisors.start(each, shell("exit " + status));

            assertThat(supervisors.await(each)).isEqualTo(new RunState.Ended(status));
        }
    }

    @Test
    void putsTheCommandsOutputIntoTheSandbox() throws Exception {
        run("echo out; echo err >&2; pwd");

        assertThat(sandbox.resolve("stdout")).hasContent("out\n" + sandbox);
        assertThat(sandbox.resolve("stderr")).hasContent("err");
    }

    @Test
    void passesEveryVariableAndArgumentUnchanged() throws Exception {
        var odd = "Á é '\"$HOME`id`\\\n\tx";
        var environment = new LinkedHashMap<String, String>();
        environment.put("PATH", System.getenv("PATH"));
        environment.put("PLAIN", odd);
        environment.put("with.dots-and-dashes", odd);
        environment.put("IFS", ":");
        supervisors.start(
                container,
                new LaunchPlan(
                        List.of("printf", "%s|", odd, "", "-n"), environment, sandbox, List.of()));
        assertThat(supervisors.await(container)).isEqualTo(new RunState.Ended(0));
        assertThat(sandbox.resolve("stdout")).hasContent(odd + "||-n|");

        var second = UUID.randomUUID();
        supervisors.start(
                second, new LaunchPlan(List.of("env", "-0"), environment, sandbox, List.of()));
        assertThat(supervisors.await(second)).isEqualTo(new RunState.Ended(0));
        var seen = Files.readString(sandbox.resolve("stdout"));
        assertThat(seen).contains("PLAIN=" + odd + "\0");
        assertThat(seen).contains("with.dots-and-dashes=" + odd + "\0");
        assertThat(seen).contains("IFS=:\0");
    }

    @Test
    void givesTheCommandNothingOfTheAgentsEnvironment() throws Exception {
        run("env | cut -d= -f1 | sort | tr '\\n' ' '");

        assertThat(List.of(Files.readString(sandbox.resolve("stdout")).strip().split(" ", -1)))
                .isSubsetOf("MESETA_CONTAINER", "PATH", "PWD", "_", "SHLVL", "OLDPWD")
                .contains("MESETA_CONTAINER", "PATH");
    }

    @Test
    void keepsEnvironmentAndArgumentsOutOfTheProcessList() throws Exception {
        supervisors.start(container, shell("sleep 60", Map.of("SECRET", "hush")));
        var alive = (RunState.Alive) supervisors.state(container);

        var line = Files.readString(Path.of("/proc/" + alive.supervisor().pid() + "/cmdline"));
        assertThat(line).doesNotContain("hush").doesNotContain("sleep");
    }

    @Test
    void endsOnTheFirstSignalWhatListensToIt() throws Exception {
        supervisors.start(container, shell("sleep 60 & sleep 60; echo never"));
        supervisors.terminate(container);

        assertThat(supervisors.await(container)).isEqualTo(new RunState.Ended(143));
        assertThat(carriers()).isEmpty();
    }

    @Test
    void endsByForceEvenWhatRefusesToListen() throws Exception {
        supervisors.start(
                container,
                shell("trap '' TERM; (trap '' TERM; while :; do sleep 1; done) & echo up; wait"));
        awaitOutput("up");
        supervisors.terminate(container);
        assertThat(supervisors.state(container)).isInstanceOf(RunState.Alive.class);
        supervisors.destroy(container);

        assertThat(supervisors.await(container)).isEqualTo(new RunState.Ended(137));
        assertThat(carriers()).isEmpty();
    }

    @Test
    void sweepsADaemonThatLeftItsSessionAndItsParents() throws Exception {
        run(
                "(setsid sh -c 'setsid sleep 3600 & echo $! >daemon' &) ; "
                        + "while [ ! -s daemon ]; do sleep 0.02; done");

        long daemon = Long.parseLong(Files.readString(sandbox.resolve("daemon")).strip());
        assertThat(table.entry(daemon).filter(entry -> !entry.isDead())).isEmpty();
        assertThat(carriers()).isEmpty();
    }

    @Test
    void sweepsChildrenThatOutliveACommandThatFinished() throws Exception {
        run("sleep 3600 & nohup sleep 3600 >/dev/null 2>&1 & exit 7");

        assertThat(carriers()).isEmpty();
    }

    @Test
    void saysThatItDoesNotKnowWhenTheSupervisorWasKilled() throws Exception {
        supervisors.start(container, shell("sleep 3600"));
        var alive = (RunState.Alive) supervisors.state(container);
        ProcessHandle.of(alive.supervisor().pid()).orElseThrow().destroyForcibly();

        assertThat(supervisors.await(container))
                .isEqualTo(new RunState.Lost("its supervisor was killed"));
        assertThat(carriers()).isEmpty();
    }

    @Test
    void survivesPoliteSignalsToTheSupervisorItself() throws Exception {
        supervisors.start(container, shell("sleep 0.4; exit 5"));
        var alive = (RunState.Alive) supervisors.state(container);
        for (var signal : List.of("HUP", "INT", "TERM", "PIPE")) {
            signal(signal, alive.supervisor().pid());
        }

        assertThat(supervisors.await(container)).isEqualTo(new RunState.Ended(5));
    }

    @Test
    void startsNothingOnceTheRunIsCalledOff() throws Exception {
        assertThat(supervisors.callOff(container, "in time")).isTrue();

        assertThat(supervisors.start(container, shell("echo started")))
                .isEqualTo(new RunState.Lost("in time"));

        assertThat(sandbox.resolve("stdout")).isEmptyFile();
    }

    @Test
    void startsARunOnlyOnce() throws Exception {
        supervisors.start(container, shell("echo once; sleep 1"));
        supervisors.start(container, shell("echo once; sleep 1"));
        supervisors.await(container);

        assertThat(sandbox.resolve("stdout")).hasContent("once");
    }

    @Test
    void findsARunAgainThatAnotherAgentStarted() throws Exception {
        supervisors.start(container, shell("sleep 0.5; exit 9"));
        supervisors.close();
        try (var successor = new Supervisors(directory.resolve("runs"), new ProcessTable())) {
            assertThat(successor.known()).contains(container);
            assertThat(successor.state(container)).isInstanceOf(RunState.Alive.class);
            assertThat(successor.await(container)).isEqualTo(new RunState.Ended(9));
        }
    }

    @Test
    void letsTheCommandHearOfInterruptions() throws Exception {
        run("grep SigIgn /proc/self/status");

        assertThat(ignored(Files.readString(sandbox.resolve("stdout"))))
                .isEqualTo(ignored(Files.readString(Path.of("/proc/self/status"))));
    }

    /// Whether INT and QUIT are; whoever runs the tests may have us ignore them.
    private static long ignored(String status) {
        var line = status.lines().filter(each -> each.startsWith("SigIgn:")).findFirst();
        return Long.parseUnsignedLong(line.orElseThrow().split("\\s+", -1)[1], 16) & 0b110;
    }

    @Test
    void startsAlsoWhatAKilledShellWasTold() throws Exception {
        signalShells("STOP");
        var another = UUID.randomUUID();
        var start = new FutureTask<>(() -> supervisors.start(another, shell("exit 4")));
        var starting = Thread.ofPlatform().start(start);
        Await.shortly()
                .until(
                        "it waits for the command",
                        () -> starting.getState() == Thread.State.TIMED_WAITING);
        signalShells("KILL");
        start.get();

        assertThat(supervisors.await(another)).isEqualTo(new RunState.Ended(4));
    }

    private void signalShells(String signal) throws Exception {
        var shells =
                ProcessHandle.current()
                        .children()
                        .filter(each -> isShell(each.info().commandLine().orElse("")))
                        .toList();
        assertThat(shells).isNotEmpty();
        for (var each : shells) {
            var kill = new ProcessBuilder("kill", "-" + signal, Long.toString(each.pid())).start();
            assertThat(kill.waitFor()).isZero();
        }
    }

    private boolean isShell(String command) {
        return command.contains("supervisors") && command.contains(directory.toString());
    }

    @Test
    void takesOnlyTheBestOfSimilarProcessesForItsOwn() {
        var own = table.entry(ProcessHandle.current().pid()).orElseThrow();
        var identity = new ProcessIdentity(own.pid(), own.start(), table.bootId());

        assertThat(table.isAlive(identity)).isTrue();
        assertThat(table.isAlive(new ProcessIdentity(own.pid(), own.start() + 1, table.bootId())))
                .isFalse();
        assertThat(table.isAlive(new ProcessIdentity(own.pid(), own.start(), "other"))).isFalse();
    }

    @Test
    void readsProcessNamesThatTryToLookLikeFields() {
        var line = "42 (a) S 1 1 1 (b) R 7 8 9 0 -1 0 0 0 0 0 0 0 0 0 0 0 0 0 555 0 0";

        assertThat(ProcessTable.parse(line))
                .contains(new ProcessTable.Entry(42, 'R', 7, 8, 9, 555));
    }

    private void run(String command) throws InterruptedException {
        supervisors.start(container, shell(command));
        assertThat(supervisors.await(container)).isInstanceOf(RunState.Ended.class);
    }

    private LaunchPlan shell(String command) {
        return shell(command, Map.of());
    }

    private LaunchPlan shell(String command, Map<String, String> more) {
        var environment = new LinkedHashMap<String, String>();
        environment.put("PATH", Optional.ofNullable(System.getenv("PATH")).orElse("/bin:/usr/bin"));
        environment.put("MESETA_CONTAINER", container.toString());
        environment.putAll(more);
        return new LaunchPlan(List.of("/bin/sh", "-c", command), environment, sandbox, List.of());
    }

    private List<Long> carriers() {
        var carriers = new ArrayList<Long>();
        for (var entry : table.entries()) {
            if (!entry.isDead() && table.carries(entry.pid(), RunDirectory.cookieOf(container))) {
                carriers.add(entry.pid());
            }
        }
        return carriers;
    }

    private void awaitOutput(String text) {
        Await.within(LIMIT).until("output", () -> output().contains(text));
    }

    private String output() {
        try {
            return Files.readString(sandbox.resolve("stdout"));
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    private static void signal(String name, long pid) throws Exception {
        new ProcessBuilder("sh", "-c", "kill -" + name + " " + pid).start().waitFor();
    }
}

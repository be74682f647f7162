package io.meseta.runtime.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meseta.runtime.ContainerRuntime;
import io.meseta.runtime.plan.ContainerPlan;
import io.meseta.runtime.plan.ContainerProcess;
import io.meseta.runtime.plan.ContainerProcess.Identity;
import io.meseta.runtime.plan.ExecPlan;
import io.meseta.runtime.state.ContainerEnd.Exited;
import io.meseta.runtime.state.ContainerEnd.Killed;
import io.meseta.runtime.state.ContainerState.Ended;
import io.meseta.runtime.state.ContainerState.Running;
import io.meseta.runtime.state.RuntimeFault;
import io.meseta.runtime.state.RuntimeFault.Kind;
import io.meseta.testkit.Await;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What every runtime does with a container's life. After each test nothing may be left.
public abstract class ContainerContract {

    protected static final String CGROUP = "meseta-kit-" + ProcessHandle.current().pid();
    private static final int TERM = 15;
    private static final int KILL = 9;
    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir protected Path directory;

    protected Yard yard;
    protected ContainerRuntime runtime;
    private Leaks leaks;

    /// Opens the runtime in a directory; called again for the same directory after a "restart".
    ///
    /// @param home the runtime's own
    protected abstract ContainerRuntime open(Path home);

    /// What the runtime can do besides what all can.
    protected Set<Ability> abilities() {
        return EnumSet.allOf(Ability.class);
    }

    /// Skips the case for runtimes that lack something.
    protected final void needs(Ability ability) {
        Needs.skipUnless(abilities().contains(ability), runtime.name() + " has no " + ability);
    }

    private Path home() {
        return directory.resolve("home");
    }

    @BeforeEach
    final void prepare() throws IOException {
        Needs.rootAnd(BusyRoot.BUSYBOX);
        yard = Yard.in(directory);
        open(home()).close();
        leaks = Leaks.before(home(), CGROUP);
        runtime = open(home());
    }

    @AfterEach
    final void leaveNothing() {
        if (runtime == null) return;
        var left = runtime.containers();
        for (var id : left) runtime.destroy(id);
        runtime.close();
        leaks.assertNone();
        assertThat(left).as("containers the test has left").isEmpty();
    }

    protected void restart() {
        runtime.close();
        runtime = open(home());
    }

    @Test
    void runsAProgramAndTellsWhatItExitedWith() throws Exception {
        var ran = yard.run(runtime, yard.shell("echo out; echo err >&2; exit 7"));

        assertThat(ran).isEqualTo(new Ran(new Exited(7, false), "out", "err"));
    }

    @Test
    void tellsTheSignalThatEndedIt() throws Exception {
        var id = yard.id();
        runtime.launch(id, yard.shell("sleep 1000"));

        runtime.signal(id, KILL);

        assertThat(yard.ended(runtime, id)).isEqualTo(new Killed(KILL, false));
        runtime.destroy(id);
    }

    @Test
    void passesSignalsToTheFirstProcess() throws Exception {
        var id = yard.id();
        runtime.launch(
                id, yard.shell("trap 'exit 3' TERM; echo ready; while true; do sleep 0.01; done"));
        Await.shortly()
                .until("it is ready", () -> Files.readString(yard.output()).contains("ready"));

        runtime.signal(id, TERM);

        assertThat(yard.ended(runtime, id)).isEqualTo(new Exited(3, false));
        runtime.destroy(id);
    }

    @Test
    void givesItsEnvironmentDirectoryAndIdentity() throws Exception {
        needs(Ability.EXACT_PROCESS);
        var process =
                new ContainerProcess(
                        List.of("/bin/sh", "-c", "echo $WORD; pwd; id -u; id -g; id -G; env"),
                        Map.of("WORD", "a b'c\"", "PATH", "/bin"),
                        "/tmp",
                        new Identity(1234, 567, List.of(89)),
                        null,
                        Map.of(),
                        null);

        var ran = yard.run(runtime, yard.running(process));

        assertThat(ran.output()).startsWith("a b'c\"\n/tmp\n1234\n567\n567 89\n");
        assertThat(ran.output()).doesNotContain("MESETA").doesNotContain("_OCI");
    }

    @Test
    void findsWhatRunsAfterARestart() throws Exception {
        var id = yard.id();
        var before = runtime.launch(id, yard.shell("sleep 1000"));

        restart();

        assertThat(runtime.containers()).containsExactly(id);
        assertThat(runtime.find(id))
                .map(state -> ((Running) state).pid())
                .contains(((Running) before).pid());
        runtime.signal(id, KILL);
        assertThat(yard.ended(runtime, id)).isEqualTo(new Killed(KILL, false));
        runtime.destroy(id);
    }

    @Test
    void knowsAnEndThatNobodyWatched() throws Exception {
        var id = yard.id();
        runtime.launch(id, yard.shell("sleep 0.2; exit 5"));
        runtime.close();

        Await.shortly().until("its output is there", () -> Files.exists(yard.output()));
        restart();

        assertThat(yard.ended(runtime, id)).isEqualTo(new Exited(5, false));
        assertThat(runtime.find(id)).contains(new Ended(new Exited(5, false)));
        runtime.destroy(id);
    }

    @Test
    void waitsNoLongerThanItIsAskedTo() throws Exception {
        var id = yard.id();
        runtime.launch(id, yard.shell("sleep 1000"));

        assertThat(runtime.await(id, Duration.ofMillis(20))).isEmpty();
        runtime.destroy(id);
        assertThatThrownBy(() -> runtime.await(id, SOON))
                .isInstanceOfSatisfying(
                        RuntimeFault.class,
                        fault -> assertThat(fault.kind()).isEqualTo(Kind.NOT_FOUND));
    }

    @Test
    void refusesASecondOfTheSameNameAndLeavesTheFirst() {
        var id = yard.id();
        runtime.launch(id, yard.shell("sleep 1000"));

        assertThatThrownBy(() -> runtime.launch(id, yard.shell("true")))
                .isInstanceOfSatisfying(
                        RuntimeFault.class,
                        fault -> assertThat(fault.kind()).isEqualTo(Kind.EXISTS));
        assertThat(runtime.find(id)).containsInstanceOf(Running.class);
        runtime.destroy(id);
    }

    @Test
    void removesTwiceAndWhatNeverWas() {
        var id = yard.id();
        runtime.launch(id, yard.shell("sleep 1000"));

        runtime.destroy(id);
        runtime.destroy(id);
        runtime.destroy(yard.id());

        assertThat(runtime.find(id)).isEmpty();
    }

    @Test
    void endsProcessesThatHideFromTheirParents() {
        var id = yard.id();
        var hiding = "for i in 1 2 3; do (setsid sh -c 'trap \"\" TERM; sleep 1000' &); done;";
        runtime.launch(id, yard.shell(hiding + "sleep 1000"));

        runtime.destroy(id);

        assertThat(runtime.containers()).isEmpty();
    }

    @Test
    void saysThatAProgramIsNotThereAndLeavesNothing() {
        needs(Ability.CHECKED_START);
        var id = yard.id();

        assertThatThrownBy(
                        () -> runtime.launch(id, yard.running(ContainerProcess.of("/bin/nothing"))))
                .isInstanceOfSatisfying(
                        RuntimeFault.class,
                        fault -> assertThat(fault.kind()).isEqualTo(Kind.NOT_STARTABLE));
        assertThat(runtime.containers()).isEmpty();
    }

    @Test
    void leavesNothingOfALaunchThatIsInterrupted() {
        var id = yard.id();
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> runtime.launch(id, yard.shell("sleep 1000")))
                .isInstanceOf(RuntimeFault.class);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(runtime.containers()).isEmpty();
    }

    @Test
    void startsFurtherProcessesInside() throws Exception {
        needs(Ability.FURTHER_PROCESSES);
        var id = yard.id();
        runtime.launch(id, yard.shell("sleep 1000"));
        var process = ContainerProcess.of("/bin/sh", "-c", "cat; cat /etc/marker >&2; exit 4");

        try (var execution = runtime.exec(id, ExecPlan.of(process))) {
            execution.input().write("what is said".getBytes(StandardCharsets.UTF_8));
            execution.input().close();

            assertThat(execution.output()).hasContent("what is said");
            assertThat(execution.error()).hasContent("in the container\n");
            assertThat(execution.await(SOON)).contains(new Exited(4, false));
        }
        runtime.destroy(id);
    }

    @Test
    void endsFurtherProcessesThatNobodyWantsAnyMore() throws Exception {
        needs(Ability.FURTHER_PROCESSES);
        var id = yard.id();
        runtime.launch(id, yard.shell("sleep 1000"));
        var process = ContainerProcess.of("/bin/sh", "-c", "echo ready; exec sleep 2000");

        try (var execution = runtime.exec(id, ExecPlan.of(process))) {
            assertThat(execution.output().readNBytes(5)).hasSize(5);
            assertThat(execution.await(Duration.ofMillis(20))).isEmpty();
        }

        Await.shortly()
                .until("the process is gone", () -> runtime.usage(id).processes().processes() == 1);
        runtime.destroy(id);
    }

    @Test
    void saysWhatItHasUsed() throws Exception {
        var id = yard.id();
        runtime.launch(id, yard.shell("for i in $(seq 200000); do :; done; sleep 1000"));

        Await.shortly()
                .until(
                        "it has used something",
                        () -> runtime.usage(id).processor().usedNanos() > 1_000_000);

        var usage = runtime.usage(id);
        assertThat(usage.memory().used()).isPositive();
        assertThat(usage.processes().processes()).isPositive();
        runtime.destroy(id);
    }

    @Test
    void appendsToOutputsAndMindsNotThatTheyAreShortened() throws Exception {
        needs(Ability.OWN_FILES);
        Files.writeString(yard.output(), "before\n");
        var id = yard.id();
        ContainerPlan plan =
                yard.shell("echo one; while [ ! -e /tmp/go ]; do sleep 0.01; done; echo two");
        runtime.launch(id, plan);
        Await.shortly()
                .until(
                        "one is there",
                        () -> Files.readString(yard.output()).equals("before\none\n"));

        Files.write(yard.output(), new byte[0]);
        Files.createFile(yard.root().resolve("tmp/go"));

        assertThat(yard.ended(runtime, id)).isEqualTo(new Exited(0, false));
        assertThat(yard.output()).hasContent("two\n");
        runtime.destroy(id);
    }
}

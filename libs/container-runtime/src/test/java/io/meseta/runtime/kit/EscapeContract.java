package io.meseta.runtime.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.meseta.runtime.plan.Capability;
import io.meseta.runtime.plan.ContainerPlan;
import io.meseta.runtime.plan.ContainerProcess;
import io.meseta.runtime.plan.ContainerProcess.Identity;
import io.meseta.runtime.plan.Device;
import io.meseta.runtime.plan.ExecPlan;
import io.meseta.runtime.plan.Mount;
import io.meseta.runtime.plan.Namespace;
import io.meseta.runtime.plan.Namespaces;
import io.meseta.runtime.plan.Privileges;
import io.meseta.runtime.state.RuntimeFault;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What nobody in a container gets away with. Each test is root in there, with as many rights as
/// the way out that it tries would need.
public abstract class EscapeContract extends TerminalContract {

    private static final String REFUSED =
            "(?s).*(not permitted|Read-only|denied|nonexistent|No such|can't|Invalid).*";

    private static Privileges with(Capability... more) {
        var all = EnumSet.copyOf(Privileges.STANDARD_CAPABILITIES);
        all.addAll(List.of(more));
        return Privileges.STANDARD.bounded(all);
    }

    private Ran run(String script, Privileges privileges) throws Exception {
        return yard.run(runtime, yard.shell(script).with(privileges));
    }

    @Test
    void inheritsNoDescriptors() throws Exception {
        // The fourth is the directory that is being listed.
        var ran = run("ls /proc/self/fd | wc -l; ls -l /proc/1/fd", Privileges.STANDARD);

        assertThat(ran.output()).startsWith("4\n").doesNotContain("cgroup", "containers");
    }

    @Test
    void givesNoDescriptorsToFurtherProcesses() throws Exception {
        var id = yard.id();
        runtime.launch(id, yard.shell("sleep 1000"));
        var process = ContainerProcess.of("/bin/sh", "-c", "ls /proc/self/fd | wc -l");

        try (var execution = runtime.exec(id, ExecPlan.of(process))) {
            assertThat(new String(execution.output().readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("4\n");
            assertThat(execution.await(Duration.ofSeconds(10))).isPresent();
        }
        runtime.destroy(id);
    }

    @Test
    void refusesWorkingDirectoriesAmongDescriptors() {
        var escape =
                catchThrowable(() ->
                        new ContainerProcess(
                                List.of("/bin/sh"),
                                Map.of(),
                                "/proc/self/fd/7/../../..",
                                Identity.ROOT,
                                null,
                                Map.of(),
                                null));

        assertThat(escape).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void mountsNothingBehindLinksOfTheImage() throws Exception {
        var outside = Files.createDirectories(directory.resolve("outside"));
        Files.createSymbolicLink(yard.root().resolve("link"), outside);
        Files.createSymbolicLink(
                yard.root().resolve("up"), Path.of("../../../../../../" + outside));
        var shown = Files.createDirectories(directory.resolve("shown"));
        var mounts =
                List.<Mount>of(
                        Mount.Bind.of(shown, "/link/one", false),
                        Mount.Bind.of(shown, "/up/two", false),
                        Mount.Tmpfs.of("/link/three", 1 << 20));

        try {
            var ran = yard.run(runtime, yard.shell("echo there").mounting(mounts));
            assertThat(ran.output()).isEqualTo("there");
        } catch (RuntimeFault refused) {
            // As good: some runtimes follow no link that leads nowhere.
            assertThat(refused).hasMessageContaining("No such file or directory");
        }

        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void takesNoImageWhoseProcOrSysLeadsElsewhere() throws Exception {
        var outside = Files.createDirectories(directory.resolve("outside"));
        Files.delete(yard.root().resolve("proc"));
        Files.createSymbolicLink(yard.root().resolve("proc"), Path.of("/tmp"));
        var id = yard.id();

        var refusal = catchThrowable(() -> runtime.launch(id, yard.shell("cat /proc/version")));

        assertThat(refusal).isInstanceOf(RuntimeFault.class);
        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void gainsNothingBySetUserId() throws Exception {
        // Not busybox, which gives up by itself what it was given.
        var program = yard.root().resolve("bin/raised");
        Files.copy(Path.of("/bin/cat"), program);
        Files.setAttribute(program, "unix:mode", 0104755);
        var libraries =
                Stream.of("/lib", "/lib64", "/usr/lib")
                        .filter(name -> Files.isDirectory(Path.of(name)))
                        .<Mount>map(name -> Mount.Bind.of(Path.of(name), name, true))
                        .toList();
        var someone =
                yard.running(
                                ContainerProcess.of("/bin/raised", "/proc/self/status")
                                        .as(new Identity(1000, 1000, List.of())))
                        .mounting(libraries);

        var kept = yard.run(runtime, someone);
        var gained = yard.run(runtime, someone.with(Privileges.STANDARD.gaining()));

        assertThat(kept.output()).contains("Uid:\t1000\t1000\t1000\t1000\n");
        // Or the test above would prove nothing.
        assertThat(gained.output()).contains("Uid:\t1000\t0\t0\t0\n");
    }

    @Test
    void opensNoDeviceOfTheMachine() throws Exception {
        var disk = "for d in 254:0 253:0 8:0 259:0; do";
        var make = disk + " mknod /tmp/d$d b ${d%:*} ${d#*:}; dd if=/tmp/d$d of=/dev/null count=1;";

        var ran = run(make + " done; mknod /tmp/m c 1 1 && cat /tmp/m", with(Capability.MKNOD));

        assertThat(ran.output()).isEmpty();
        assertThat(ran.error().lines().filter(line -> line.matches(".*not permitted.*")))
                .hasSizeGreaterThanOrEqualTo(5);
    }

    @Test
    void hasTheDevicesOfItsPlanAndNoOthers() throws Exception {
        var log = new Device("/dev/given", Device.Kind.CHARACTER, 1, 11, 0666, 0, 0);
        var script = "ls -l /dev/given; ls /dev; echo x > /dev/null && echo written";

        var ran = yard.run(runtime, yard.shell(script).using(List.of(log)));

        assertThat(ran.output()).contains("1,  11", "written").doesNotContain("kmsg", "mem", "vda");
    }

    @Test
    void changesNothingOfTheKernel() throws Exception {
        var script =
                """
                echo 1 > /proc/sys/kernel/sysrq
                echo x > /proc/sysrq-trigger
                echo '|/bin/sh' > /proc/sys/kernel/core_pattern
                echo 1 > /sys/kernel/profiling
                mkdir /sys/fs/cgroup/memory/out
                mount -o remount,rw /sys
                mount -t tmpfs none /tmp
                umount /proc/sys
                """;

        var ran = run(script, with(Capability.DAC_READ_SEARCH));

        assertThat(ran.error().lines()).hasSizeGreaterThanOrEqualTo(8);
        assertThat(ran.error().lines()).allMatch(line -> line.matches(REFUSED), REFUSED);
    }

    @Test
    void readsNothingThatIsMasked() throws Exception {
        var script = "cat /proc/kcore | wc -c; ls /sys/firmware | wc -l; cat /proc/keys | wc -c";

        var ran = run(script, Privileges.STANDARD);

        assertThat(ran.output().lines().filter("0"::equals)).hasSizeGreaterThanOrEqualTo(2);
        assertThat(ran.output().lines()).doesNotContain("1");
    }

    @Test
    void readsNoLimitsButItsOwnAndRaisesNone() throws Exception {
        var script = "for f in $(ls -d /sys/fs/cgroup/*); do echo 0 > $f/cgroup.procs; done";

        var ran = run(script, Privileges.STANDARD);

        assertThat(ran.error().lines()).isNotEmpty();
        assertThat(ran.error().lines()).allMatch(line -> line.matches(REFUSED), REFUSED);
    }

    @Test
    void makesNoNamespaces() throws Exception {
        var ran = run("unshare -U id; unshare -m true; chroot / unshare -n true; ", with());

        assertThat(ran.error().lines()).hasSizeGreaterThanOrEqualTo(3);
        assertThat(ran.output()).isEmpty();
    }

    @Test
    void reachesNoProcessOutside() throws Exception {
        var here = ProcessHandle.current().pid();

        var ran = run("kill -0 %s; ls /proc/%s".formatted(here, here), with(Capability.KILL));

        assertThat(ran.error().lines()).hasSize(2);
    }

    @Test
    void readsTheMachinesProcessesNoFurtherThanTheyLet() throws Exception {
        var here = ProcessHandle.current().pid();
        ContainerPlan plan =
                yard.shell("cat /proc/%s/environ; ls /proc/%s/root".formatted(here, here))
                        .in(Namespaces.STANDARD.withProcesses(Namespace.MACHINE));

        var ran = yard.run(runtime, plan);

        assertThat(ran.output()).isEmpty();
        assertThat(ran.error().lines()).hasSize(2);
    }

    @Test
    void readsNotTheKernelsLog() throws Exception {
        assertThat(run("dmesg", Privileges.STANDARD).output()).isEmpty();
    }
}

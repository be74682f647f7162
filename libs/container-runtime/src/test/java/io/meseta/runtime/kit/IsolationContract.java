package io.meseta.runtime.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meseta.runtime.plan.Capability;
import io.meseta.runtime.plan.ContainerPlan;
import io.meseta.runtime.plan.ContainerProcess;
import io.meseta.runtime.plan.ContainerProcess.Identity;
import io.meseta.runtime.plan.ContainerProcess.Rlimit;
import io.meseta.runtime.plan.Limits;
import io.meseta.runtime.plan.Mount;
import io.meseta.runtime.plan.Namespace;
import io.meseta.runtime.plan.Namespaces;
import io.meseta.runtime.plan.Output;
import io.meseta.runtime.plan.Privileges;
import io.meseta.runtime.plan.Root;
import io.meseta.runtime.plan.RootFiles;
import io.meseta.runtime.plan.Seccomp;
import io.meseta.runtime.state.ContainerEnd;
import io.meseta.runtime.state.RuntimeFault;
import io.meseta.testkit.Await;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/// What a runtime with containers of their own does with limits, files, views and rights. Limits
/// are read, and run into, from inside.
public abstract class IsolationContract extends ContainerContract {

    private static final long MIB = 1 << 20;

    private Ran shell(String script, UnaryOperator<ContainerPlan> change) throws Exception {
        return yard.run(runtime, change.apply(yard.shell(script)));
    }

    private static ContainerPlan rooted(ContainerPlan plan, RootFiles root) {
        return new ContainerPlan(
                root,
                plan.process(),
                plan.hostname(),
                plan.mounts(),
                plan.namespaces(),
                plan.privileges(),
                plan.limits(),
                plan.devices(),
                plan.output());
    }

    @Test
    void endsWhatTakesMoreMemoryThanItMayAndSaysSo() throws Exception {
        var limits = Limits.NONE.with(Limits.Memory.atMost(32 * MIB));

        var ran = shell("exec tail /dev/zero", plan -> plan.within(limits));

        assertThat(ran.end()).isEqualTo(new ContainerEnd.Killed(9, true));
    }

    @Test
    void tellsOfAKillThatTheFirstProcessOutlived() throws Exception {
        var limits = Limits.NONE.with(Limits.Memory.atMost(32 * MIB));

        var ran = shell("tail /dev/zero; exit 6", plan -> plan.within(limits));

        assertThat(ran.end()).isEqualTo(new ContainerEnd.Exited(6, true));
    }

    @Test
    void countsWhatIsInSharedMemory() throws Exception {
        var memory = new Limits.Memory(0, 32 * MIB, Limits.Memory.NO_SWAP);
        var limits = Limits.NONE.with(memory);
        var fill = "dd if=/dev/zero of=/dev/shm/x bs=1M count=60 2>&1; exit 9";

        var ran = shell(fill, plan -> plan.within(limits));

        assertThat(ran.end().isOutOfMemory()).isTrue();
    }

    @Test
    void holdsItBackWhenItsTimeIsUp() throws Exception {
        var id = yard.id();
        var limits = Limits.NONE.with(Limits.Cpu.NONE.atMost(100));
        runtime.launch(id, yard.shell("while true; do :; done").within(limits));

        Await.shortly()
                .until(
                        "it was throttled",
                        () -> runtime.usage(id).processor().periodsThrottled() > 3);

        var used = runtime.usage(id).processor();
        long all = used.usedNanos() + used.throttledNanos();
        assertThat(used.usedNanos()).isLessThan(all / 3);
        runtime.destroy(id);
    }

    @Test
    void letsItHaveSoManyProcesses() throws Exception {
        var limits = Limits.NONE.withProcesses(10);

        var ran = shell("for i in $(seq 30); do sleep 5 & done", plan -> plan.within(limits));

        assertThat(ran.error()).contains("can't fork");
    }

    @Test
    void keepsItOnItsProcessors() throws Exception {
        var limits = Limits.NONE.with(Limits.Cpu.NONE.on("0", ""));

        var ran = shell("grep Cpus_allowed_list /proc/self/status", plan -> plan.within(limits));

        assertThat(ran.output()).endsWith("\t0");
    }

    @Test
    void refusesLimitsThatThisMachineDoesNotHold() {
        var pages =
                new Limits(
                        Limits.Cpu.NONE, Limits.Memory.NONE, 0, 0, Map.of("2MB", MIB), List.of());
        var isHeld = Files.exists(Path.of("/sys/fs/cgroup/hugetlb"));
        Needs.skipUnless(
                !isHeld && !Files.exists(Path.of("/sys/fs/cgroup/cgroup.controllers")),
                "there are limits of huge pages here");

        assertThatThrownBy(() -> runtime.launch(yard.id(), yard.shell("true").within(pages)))
                .isInstanceOf(RuntimeFault.class)
                .hasMessageContaining("hugetlb");
    }

    @Test
    void hasItsOwnView() throws Exception {
        var script = "echo $$; hostname; ls /proc | grep -c '^[0-9]'; df -m /dev/shm | tail -n1";
        var plan = yard.shell(script).named("inside");

        var ran = yard.run(runtime, rooted(plan, plan.root().sharing(8 * MIB)));

        var lines = ran.output().lines().toList();
        assertThat(lines.subList(0, 2)).containsExactly("1", "inside");
        assertThat(Integer.parseInt(lines.get(2))).isLessThan(6);
        assertThat(lines.get(3)).matches("shm +8 .*");
    }

    @Test
    void hasItsOwnNetwork() throws Exception {
        var ran =
                shell(
                        "ls /sys/class/net; ip link | grep -c mtu",
                        plan -> plan.in(Namespaces.STANDARD.withNetwork(Namespace.OWN)));

        assertThat(ran.output()).endsWith("\n1").contains("lo");
    }

    @Test
    void sharesWhatItIsToldToShare() throws Exception {
        var first = yard.id();
        runtime.launch(first, yard.shell("echo kept > /dev/shm/note; sleep 1000"));
        var of = new Namespace.Of(first);
        var script =
                "readlink /proc/self/ns/ipc; readlink /proc/1/ns/ipc; cat /dev/shm/note; echo $$";

        var ran =
                shell(
                        "until [ -e /dev/shm/note ]; do sleep 0.01; done; " + script,
                        plan -> plan.in(Namespaces.STANDARD.withIpc(of).withProcesses(of)));

        var lines = ran.output().lines().toList();
        assertThat(lines.get(0)).isEqualTo(lines.get(1));
        assertThat(lines.get(2)).isEqualTo("kept");
        assertThat(lines.get(3)).isNotEqualTo("1");
        runtime.destroy(first);
    }

    @Test
    void hasUsersOfItsOwn() throws Exception {
        var root = yard.root();
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
        try (var all = Files.walk(root)) {
            for (var each : all.toList()) {
                Files.setAttribute(each, "unix:uid", 100_000, LinkOption.NOFOLLOW_LINKS);
                Files.setAttribute(each, "unix:gid", 100_000, LinkOption.NOFOLLOW_LINKS);
            }
        }
        var script = "id -u; touch /tmp/mine; cat /proc/self/uid_map";

        var ran =
                shell(script, plan -> plan.in(Namespaces.STANDARD.withUsersFrom(100_000, 65_536)));

        assertThat(ran.output()).startsWith("0\n").contains("100000");
        assertThat(Files.getAttribute(root.resolve("tmp/mine"), "unix:uid")).isEqualTo(100_000);
    }

    @Test
    void mountsWhatItIsToldTo() throws Exception {
        var shown = Files.createDirectories(directory.resolve("shown"));
        Files.writeString(shown.resolve("file"), "of the machine");
        var mounts =
                List.<Mount>of(
                        Mount.Bind.of(shown, "/data/read", true),
                        Mount.Bind.of(shown, "/data/write", false),
                        Mount.Tmpfs.of("/data/memory", 4 * MIB));
        var script =
                "cat /data/read/file; touch /data/read/new; echo w > /data/write/written;"
                        + " df -m /data/memory | tail -n1";

        var ran = shell(script, plan -> plan.mounting(mounts));

        assertThat(ran.output()).startsWith("of the machine").containsPattern("tmpfs +4 ");
        assertThat(ran.error()).contains("Read-only file system");
        assertThat(shown.resolve("written")).hasContent("w\n");
    }

    @Test
    void givesTheRightsOfThePlanAndNoOthers() throws Exception {
        var script = "grep -E 'Cap|NoNewPrivs|Seccomp:' /proc/self/status";

        var standard = shell(script, plan -> plan);
        var bare =
                shell(
                        script,
                        plan ->
                                plan.with(
                                        Privileges.STANDARD
                                                .bounded(Set.of(Capability.KILL))
                                                .gaining()
                                                .filtered(new Seccomp.Unconfined())));

        assertThat(standard.output())
                .contains("NoNewPrivs:\t1", "Seccomp:\t2", "CapInh:\t0000000000000000")
                .contains("CapBnd:\t00000000800405fb", "CapEff:\t00000000800405fb");
        assertThat(bare.output())
                .contains("NoNewPrivs:\t0", "Seccomp:\t0", "CapBnd:\t0000000000000020");
    }

    @Test
    void givesRightsToOthersThanRootAsAmbient() throws Exception {
        var someone =
                ContainerProcess.of("/bin/grep", "-E", "CapEff|CapAmb", "/proc/self/status")
                        .as(new Identity(1000, 1000, List.of()));

        var plain = yard.run(runtime, yard.running(someone));
        var ambient =
                yard.run(
                        runtime,
                        yard.running(someone)
                                .with(
                                        Privileges.STANDARD.ambient(
                                                EnumSet.of(Capability.NET_BIND_SERVICE))));

        assertThat(plain.output()).contains("CapEff:\t0000000000000000");
        assertThat(ambient.output())
                .contains("CapEff:\t0000000000000400", "CapAmb:\t0000000000000400");
    }

    @Test
    void leavesNothingOfAFilterThatIsNone() {
        var broken = Privileges.STANDARD.filtered(new Seccomp.Given("{"));

        assertThatThrownBy(() -> runtime.launch(yard.id(), yard.shell("true").with(broken)))
                .isInstanceOf(RuntimeException.class);

        assertThat(runtime.containers()).isEmpty();
    }

    @Test
    void limitsSingleProcesses() throws Exception {
        var process =
                ContainerProcess.of("/bin/sh", "-c", "ulimit -n; ulimit -H -n")
                        .within(Map.of("RLIMIT_NOFILE", new Rlimit(77, 99)));

        assertThat(yard.run(runtime, yard.running(process)).output()).isEqualTo("77\n99");
    }

    @Test
    void keepsItsLayersAsTheyAre() throws Exception {
        var writable = Files.createDirectories(directory.resolve("writable"));
        var top = Files.createDirectories(directory.resolve("top"));
        Files.writeString(top.resolve("above"), "from the top layer");
        var root = new Root.Overlay(List.of(top, yard.root()), writable);
        Needs.skipUnless(
                Files.readString(Path.of("/proc/filesystems")).contains("\toverlay\n"),
                "no overlays here");

        var ran =
                shell(
                        "cat /above /etc/marker; echo new > /etc/marker; rm /bin/true",
                        plan -> rooted(plan, RootFiles.of(root)));

        assertThat(ran.output()).isEqualTo("from the top layerin the container");
        assertThat(yard.root().resolve("etc/marker")).hasContent("in the container\n");
        assertThat(yard.root().resolve("bin/true")).exists();
        assertThat(writable.resolve("upper/etc/marker")).hasContent("new\n");
    }

    @Test
    void stacksAHundredLayers() throws Exception {
        var deep = Files.createDirectories(directory.resolve("a".repeat(60)));
        var lower = new ArrayList<Path>();
        for (int i = 0; i < 100; i++) {
            lower.add(Files.createDirectories(deep.resolve("layer-with-a-long-name-" + i)));
        }
        lower.add(yard.root());
        var root = new Root.Overlay(lower, Files.createDirectories(directory.resolve("writable")));

        var ran = shell("cat /etc/marker", plan -> rooted(plan, RootFiles.of(root)));

        assertThat(ran.output()).isEqualTo("in the container");
    }

    @Test
    void runsInTheMachinesFilesToo() throws Exception {
        var plan =
                ContainerPlan.of(
                                RootFiles.of(new Root.Machine()),
                                ContainerProcess.of(
                                        "/bin/sh",
                                        "-c",
                                        "echo $$; cat " + yard.root() + "/etc/marker"))
                        .writing(new Output(yard.output(), yard.error()));

        var ran = yard.run(runtime, plan);

        assertThat(ran).isEqualTo(new Ran(ran.end(), "1\nin the container", ""));
        assertThat(Files.exists(Path.of("/dev/null"))).isTrue();
    }
}

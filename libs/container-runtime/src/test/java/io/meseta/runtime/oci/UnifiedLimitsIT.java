package io.meseta.runtime.oci;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.runtime.ContainerRuntime;
import io.meseta.runtime.cgroup.Hierarchies;
import io.meseta.runtime.cgroup.ParentCgroup;
import io.meseta.runtime.kit.BusyRoot;
import io.meseta.runtime.kit.Leaks;
import io.meseta.runtime.kit.Needs;
import io.meseta.runtime.kit.Ran;
import io.meseta.runtime.kit.Yard;
import io.meseta.runtime.plan.ContainerId;
import io.meseta.runtime.plan.Limits;
import io.meseta.runtime.plan.Limits.Cpu;
import io.meseta.runtime.plan.Limits.Memory;
import io.meseta.runtime.state.ContainerEnd;
import io.meseta.testkit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Limits where cgroups are of version 2 alone: as a container reads them in its own group, and as
/// it runs into them.
final class UnifiedLimitsIT {

    private static final String CGROUP = "meseta-unified-" + ProcessHandle.current().pid();
    private static final long MIB = 1 << 20;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir private Path directory;
    private Yard yard;
    private ContainerRuntime runtime;
    private Leaks leaks;

    @BeforeEach
    void open() throws IOException {
        Needs.rootAnd(BusyRoot.BUSYBOX);
        Needs.skipUnless(Hierarchies.read().isUnified(), "cgroups are not of version 2 alone");
        yard = Yard.in(directory);
        var home = directory.resolve("home");
        Chosen.open(home, CGROUP, _ -> {}).close();
        leaks = Leaks.before(home, CGROUP);
        runtime = Chosen.open(home, CGROUP, _ -> {});
    }

    @AfterEach
    void close() {
        if (runtime == null) return;
        for (var id : runtime.containers()) runtime.destroy(id);
        runtime.close();
        leaks.assertNone();
    }

    @AfterAll
    static void removeParents() {
        new ParentCgroup(Hierarchies.read(), "/" + CGROUP).removeIfEmpty();
    }

    private Ran run(Limits limits, String script) throws Exception {
        return yard.run(runtime, yard.shell(script).within(limits));
    }

    /// What a container of these limits reads in files of its group.
    private List<String> read(Limits limits, String... files) throws Exception {
        var script = new StringBuilder("cd /sys/fs/cgroup");
        for (var file : files) script.append(" && cat ").append(file);
        var ran = run(limits, script.toString());
        assertThat(ran.error()).isEmpty();
        return ran.output().lines().toList();
    }

    @Test
    void showsItsShareOfTheProcessorsAndTheMostItGets() throws Exception {
        var one =
                read(
                        Limits.NONE.with(Cpu.NONE.weighing(1000).atMost(250)),
                        "cpu.weight",
                        "cpu.max");
        var four = read(Limits.NONE.with(Cpu.NONE.weighing(4000)), "cpu.weight", "cpu.max");

        assertThat(one.get(1)).isEqualTo("25000 100000");
        assertThat(four.get(1)).isEqualTo("max 100000");
        assertThat(Long.parseLong(four.getFirst()))
                .isGreaterThan(2 * Long.parseLong(one.getFirst()));
    }

    @Test
    void getsMoreOfTheProcessorTheMoreItWeighs() throws Exception {
        var light = spinning(500);
        var heavy = spinning(4000);
        // From now on both run.
        long before = used(light);

        Await.within(PATIENCE)
                .until("the heavier had two seconds", () -> used(heavy) > 2_000_000_000L);

        assertThat(used(light) - before).isLessThan(used(heavy) / 2);
        runtime.destroy(light);
        runtime.destroy(heavy);
    }

    private ContainerId spinning(long weight) {
        var id = yard.id();
        var limits = Limits.NONE.with(Cpu.NONE.weighing(weight).on("0", ""));
        runtime.launch(id, yard.shell("while true; do :; done").within(limits));
        return id;
    }

    private long used(ContainerId id) {
        return runtime.usage(id).processor().usedNanos();
    }

    @Test
    void showsWhatMemoryItIsSureOfAndTheMostItGets() throws Exception {
        var memory = new Memory(16 * MIB, 64 * MIB, 32 * MIB);

        var lines = read(Limits.NONE.with(memory), "memory.low", "memory.max", "memory.swap.max");

        assertThat(lines)
                .containsExactly(
                        Long.toString(16 * MIB), Long.toString(64 * MIB), Long.toString(32 * MIB));
    }

    @Test
    void endsWhatTakesMoreMemoryThanItMayAndCountsIt() throws Exception {
        var id = yard.id();
        var limits = Limits.NONE.with(new Memory(0, 32 * MIB, Memory.NO_SWAP));
        runtime.launch(id, yard.shell("exec tail /dev/zero").within(limits));

        assertThat(runtime.await(id, PATIENCE)).contains(new ContainerEnd.Killed(9, true));

        var memory = runtime.usage(id).memory();
        assertThat(memory.oomKills()).isEqualTo(1);
        assertThat(memory.swapped()).isZero();
        runtime.destroy(id);
    }

    @Test
    void goesToDiskWithWhatDoesNotFitWhereItMay() throws Exception {
        Needs.skipUnless(Hierarchies.hasSwap(), "this machine has no swap");
        var fill =
                "dd if=/dev/zero of=/dev/shm/x bs=1M count=48 2>/dev/null; echo $?;"
                        + " cat /sys/fs/cgroup/memory.swap.current";

        var kept = run(Limits.NONE.with(new Memory(0, 32 * MIB, Memory.NO_SWAP)), fill);
        var spilt = run(Limits.NONE.with(new Memory(0, 32 * MIB, 64 * MIB)), fill);

        assertThat(kept.end().isOutOfMemory()).isTrue();
        assertThat(spilt.end()).isEqualTo(new ContainerEnd.Exited(0, false));
        assertThat(spilt.output().lines().findFirst()).contains("0");
        assertThat(Long.parseLong(spilt.output().lines().skip(1).findFirst().orElseThrow()))
                .isGreaterThan(8 * MIB);
    }

    @Test
    void hasNoMoreProcessesThanItMay() throws Exception {
        var limits = Limits.NONE.withProcesses(10);

        var ran = run(limits, "cat /sys/fs/cgroup/pids.max; for i in $(seq 30); do sleep 5 & done");

        assertThat(ran.output()).startsWith("10");
        assertThat(ran.error()).contains("can't fork");
    }

    @Test
    void staysOnItsProcessorsAndNodes() throws Exception {
        var lines =
                read(
                        Limits.NONE.with(Cpu.NONE.on("0", "0")),
                        "cpuset.cpus",
                        "cpuset.cpus.effective",
                        "cpuset.mems.effective");

        assertThat(lines).containsExactly("0", "0", "0");
        assertThat(run(Limits.NONE.with(Cpu.NONE.on("0", "")), "nproc").output()).isEqualTo("1");
    }

    @Test
    void weighsAtTheDisksAndIsCountedThere() throws Exception {
        Needs.skipUnless(Hierarchies.read().isIoWeighable(), "disks know no weights here");
        var limits = new Limits(Cpu.NONE, Memory.NONE, 0, 300, Map.of(), List.of());
        var id = yard.id();
        var script =
                "cat /sys/fs/cgroup/io.weight;"
                        + " dd if=/dev/zero of=/data/x bs=1M count=8 conv=fsync 2>/dev/null;"
                        + " echo done; sleep 1000";
        runtime.launch(id, yard.shell(script).within(limits));

        Await.within(PATIENCE)
                .until("it has written", () -> Files.readString(yard.output()).contains("done"));

        assertThat(Files.readString(yard.output())).startsWith("default 300");
        assertThat(runtime.usage(id).disk().bytesWritten()).isGreaterThanOrEqualTo(8 * MIB);
        runtime.destroy(id);
    }

    @Test
    void hasNoMoreHugePagesThanItMay() throws Exception {
        Needs.skipUnless(
                Hierarchies.read().limitable().contains("hugetlb"), "no limits of huge pages");
        var limits = new Limits(Cpu.NONE, Memory.NONE, 0, 0, Map.of("2MB", 4 * MIB), List.of());

        assertThat(read(limits, "hugetlb.2MB.max")).containsExactly(Long.toString(4 * MIB));
    }

    @Test
    void seesItsOwnGroupAsTheTopAndCannotRaiseIt() throws Exception {
        var script =
                "cat /proc/self/cgroup; echo max > /sys/fs/cgroup/memory.max;"
                        + " mkdir /sys/fs/cgroup/below";

        var ran = run(Limits.NONE.with(Memory.atMost(64 * MIB)), script);

        assertThat(ran.output()).isEqualTo("0::/");
        assertThat(ran.error().lines()).hasSize(2).allMatch(line -> line.contains("Read-only"));
    }

    @Test
    void endsAllOfItAtOnce() {
        var id = yard.id();
        runtime.launch(id, yard.shell("for i in $(seq 20); do sleep 1000 & done; sleep 1000"));

        runtime.destroy(id);

        assertThat(runtime.find(id)).isEmpty();
    }
}

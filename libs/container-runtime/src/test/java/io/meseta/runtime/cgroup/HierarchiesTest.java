package io.meseta.runtime.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.runtime.cgroup.Hierarchies.Version;
import io.meseta.runtime.state.Usage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where cgroups are, and what their files say.
final class HierarchiesTest {

    private static final String TWO =
            "29 23 0:26 / /sys/fs/cgroup rw,nosuid - cgroup2 cgroup2 rw,nsdelegate";
    private static final String BESIDE =
            "46 31 0:42 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw";
    private static final String MEMORY =
            "38 31 0:34 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory";
    private static final String CPU =
            "35 31 0:31 / /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct";
    private static final String SYSTEMD =
            "45 31 0:41 / /sys/fs/cgroup/systemd rw - cgroup cgroup rw,xattr,name=systemd";

    @TempDir private Path directory;

    private static Version version(String... lines) {
        return Hierarchies.of(List.of(lines)).version();
    }

    @Test
    void tellsVersionsApart() {
        assertThat(version()).isEqualTo(Version.NONE);
        assertThat(version(TWO)).isEqualTo(Version.UNIFIED);
        assertThat(version(MEMORY, CPU)).isEqualTo(Version.LEGACY);
        assertThat(version(MEMORY, BESIDE, SYSTEMD)).isEqualTo(Version.HYBRID);
    }

    @Test
    void knowsWhereSeveralControllersAreOne() {
        var hierarchies = Hierarchies.of(List.of(CPU, SYSTEMD));

        assertThat(hierarchies.directory("cpuacct", "/a/b"))
                .contains(Path.of("/sys/fs/cgroup/cpu,cpuacct/a/b"));
        assertThat(hierarchies.directories("/a")).hasSize(2);
        assertThat(hierarchies.limitable()).containsExactly("cpu", "cpuacct");
    }

    private void write(String name, String text) throws IOException {
        var file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Test
    void readsFiguresOfVersionTwo() throws IOException {
        write("c/cpu.stat", "usage_usec 5\nuser_usec 3\nsystem_usec 2\nnr_throttled 7\n");
        write("c/memory.current", "4096\n");
        write("c/memory.stat", "anon 100\nfile 200\n");
        write("c/memory.events", "low 0\noom 1\noom_kill 2\n");
        write("c/pids.current", "3\n");
        write("c/cgroup.procs", "");
        write("c/io.stat", "8:0 rbytes=1 wbytes=2 rios=3 wios=4\n8:16 rbytes=10 wbytes=0\n");

        var group = new ContainerCgroup(new Hierarchies(directory, new TreeMap<>()), "/c");
        var usage = group.usage();

        assertThat(usage.processor())
                .isEqualTo(new Usage.CpuTime(5000, 3000, 2000, Usage.UNKNOWN, 7, Usage.UNKNOWN));
        assertThat(usage.memory()).isEqualTo(new Usage.MemoryUse(4096, -1, 100, 200, -1, 2));
        assertThat(usage.processes()).isEqualTo(new Usage.Processes(0, 3));
        assertThat(usage.disk()).isEqualTo(new Usage.Disk(11, 2, 3, 4));
    }

    @Test
    void readsFiguresOfVersionOne() throws IOException {
        write("cpu/c/cpuacct.usage", "777\n");
        write("cpu/c/cpuacct.stat", "user 2\nsystem 1\n");
        write("cpu/c/cpu.stat", "nr_periods 9\nnr_throttled 4\nthrottled_time 55\n");
        write("memory/c/memory.usage_in_bytes", "4096\n");
        write("memory/c/memory.stat", "rss 1\ntotal_rss 10\ntotal_cache 20\n");
        write("memory/c/memory.oom_control", "oom_kill_disable 0\nunder_oom 0\noom_kill 1\n");
        var places =
                Map.of(
                        "cpu", directory.resolve("cpu"),
                        "cpuacct", directory.resolve("cpu"),
                        "memory", directory.resolve("memory"));

        var group = new ContainerCgroup(new Hierarchies(null, new TreeMap<>(places)), "/c");
        var usage = group.usage();

        assertThat(usage.processor())
                .isEqualTo(new Usage.CpuTime(777, 20_000_000, 10_000_000, 9, 4, 55));
        assertThat(usage.memory()).isEqualTo(new Usage.MemoryUse(4096, -1, 10, 20, -1, 1));
        assertThat(group.oomKills()).isEqualTo(1);
    }

    @Test
    void removesWhatIsNotThere() throws InterruptedException {
        var group = new ContainerCgroup(new Hierarchies(directory, new TreeMap<>()), "/none");

        group.kill(Duration.ofSeconds(1));
        group.remove(Duration.ofSeconds(1));

        assertThat(group.isThere()).isFalse();
    }

    @Test
    void letsControllersThroughFromTheTopDown() throws IOException {
        write("cgroup.controllers", "cpu memory\n");
        write("cgroup.subtree_control", "");
        write("meseta/cgroup.controllers", "cpu memory\n");
        write("meseta/cgroup.subtree_control", "");

        new ParentCgroup(new Hierarchies(directory, new TreeMap<>()), "/meseta").prepare();

        // A file of the kernel adds; an ordinary one keeps what was said last.
        assertThat(directory.resolve("meseta/cgroup.subtree_control")).content().contains("+");
        assertThat(directory.resolve("meseta/.monitors")).isDirectory();
    }
}

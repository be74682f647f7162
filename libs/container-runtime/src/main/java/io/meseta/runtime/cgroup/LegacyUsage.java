package io.meseta.runtime.cgroup;

import static io.meseta.runtime.state.Usage.UNKNOWN;

import io.meseta.runtime.state.Usage;
import io.meseta.runtime.state.Usage.CpuTime;
import io.meseta.runtime.state.Usage.Disk;
import io.meseta.runtime.state.Usage.MemoryUse;
import java.nio.file.Path;
import java.util.Map;

/// Reads a group's figures as version 1 writes them.
final class LegacyUsage {

    /// What `cpuacct.stat` counts in; the same on all our processors.
    private static final long TICK_NANOS = 10_000_000;

    private LegacyUsage() {}

    static Usage of(ContainerCgroup group) {
        return new Usage(processor(group), memory(group), group.counted(), disk(group));
    }

    private static CpuTime processor(ContainerCgroup group) {
        var ticks = CgroupFiles.table(group.file("cpuacct", "cpuacct.stat"));
        var cpu = CgroupFiles.table(group.file("cpu", "cpu.stat"));
        return new CpuTime(
                CgroupFiles.number(group.file("cpuacct", "cpuacct.usage")),
                nanos(ticks, "user"),
                nanos(ticks, "system"),
                cpu.getOrDefault("nr_periods", UNKNOWN),
                cpu.getOrDefault("nr_throttled", UNKNOWN),
                cpu.getOrDefault("throttled_time", UNKNOWN));
    }

    private static long nanos(Map<String, Long> table, String name) {
        long ticks = table.getOrDefault(name, UNKNOWN);
        return ticks < 0 ? UNKNOWN : ticks * TICK_NANOS;
    }

    private static MemoryUse memory(ContainerCgroup group) {
        var stat = CgroupFiles.table(group.file("memory", "memory.stat"));
        return new MemoryUse(
                CgroupFiles.number(group.file("memory", "memory.usage_in_bytes")),
                CgroupFiles.number(group.file("memory", "memory.max_usage_in_bytes")),
                stat.getOrDefault("total_rss", UNKNOWN),
                stat.getOrDefault("total_cache", UNKNOWN),
                stat.getOrDefault("total_swap", UNKNOWN),
                group.oomKills());
    }

    private static Disk disk(ContainerCgroup group) {
        var bytes = group.file("blkio", "blkio.throttle.io_service_bytes_recursive");
        var times = group.file("blkio", "blkio.throttle.io_serviced_recursive");
        return new Disk(
                sum(bytes, "Read"), sum(bytes, "Write"), sum(times, "Read"), sum(times, "Write"));
    }

    /// A line per device and kind: `8:0 Read 1`; then a total over all.
    private static long sum(Path file, String kind) {
        if (CgroupFiles.text(file).isEmpty()) return UNKNOWN;
        long sum = 0;
        for (var line : CgroupFiles.lines(file)) {
            var words = line.split(" ", -1);
            if (words.length == 3 && words[1].equals(kind)) sum += CgroupFiles.parsed(words[2]);
        }
        return sum;
    }
}

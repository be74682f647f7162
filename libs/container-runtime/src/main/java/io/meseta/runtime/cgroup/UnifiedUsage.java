package io.meseta.runtime.cgroup;

import static io.meseta.runtime.state.Usage.UNKNOWN;

import io.meseta.runtime.state.Usage;
import io.meseta.runtime.state.Usage.CpuTime;
import io.meseta.runtime.state.Usage.Disk;
import io.meseta.runtime.state.Usage.MemoryUse;
import java.util.HashMap;
import java.util.Map;

/// Reads a group's figures as version 2 writes them.
final class UnifiedUsage {

    private UnifiedUsage() {}

    static Usage of(ContainerCgroup group) {
        return new Usage(processor(group), memory(group), group.counted(), disk(group));
    }

    private static CpuTime processor(ContainerCgroup group) {
        var cpu = CgroupFiles.table(group.file("cpu", "cpu.stat"));
        return new CpuTime(
                nanos(cpu, "usage_usec"),
                nanos(cpu, "user_usec"),
                nanos(cpu, "system_usec"),
                cpu.getOrDefault("nr_periods", UNKNOWN),
                cpu.getOrDefault("nr_throttled", UNKNOWN),
                nanos(cpu, "throttled_usec"));
    }

    private static long nanos(Map<String, Long> table, String name) {
        long micros = table.getOrDefault(name, UNKNOWN);
        return micros < 0 ? UNKNOWN : micros * 1000;
    }

    private static MemoryUse memory(ContainerCgroup group) {
        var stat = CgroupFiles.table(group.file("memory", "memory.stat"));
        return new MemoryUse(
                CgroupFiles.number(group.file("memory", "memory.current")),
                CgroupFiles.number(group.file("memory", "memory.peak")),
                stat.getOrDefault("anon", UNKNOWN),
                stat.getOrDefault("file", UNKNOWN),
                CgroupFiles.number(group.file("memory", "memory.swap.current")),
                group.oomKills());
    }

    /// A line per device: `8:0 rbytes=1 wbytes=2 rios=3 wios=4 …`.
    private static Disk disk(ContainerCgroup group) {
        var file = group.file("io", "io.stat");
        if (CgroupFiles.text(file).isEmpty()) return new Disk(UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN);
        var sums = new HashMap<String, Long>();
        for (var line : CgroupFiles.lines(file)) {
            for (var part : line.split(" ", -1)) {
                int equals = part.indexOf('=');
                if (equals < 0) continue;
                long amount = CgroupFiles.parsed(part.substring(equals + 1));
                sums.merge(part.substring(0, equals), amount, Long::sum);
            }
        }
        return new Disk(
                sums.getOrDefault("rbytes", 0L),
                sums.getOrDefault("wbytes", 0L),
                sums.getOrDefault("rios", 0L),
                sums.getOrDefault("wios", 0L));
    }
}

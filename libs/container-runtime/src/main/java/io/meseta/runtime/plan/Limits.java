package io.meseta.runtime.plan;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// How much of the machine a container may use, by its cgroup. [#NO_LIMIT] leaves a thing as the
/// kernel has it.
///
/// @param processesMax processes and threads
/// @param ioWeight 1 to 10,000 against others, 100 is usual
/// @param hugePages bytes by size of page as the kernel writes it, such as `2MB`
/// @param devices rules beyond the usual devices and the plan's
public record Limits(
        Cpu cpu,
        Memory memory,
        long processesMax,
        int ioWeight,
        Map<String, Long> hugePages,
        List<DeviceRule> devices) {

    public static final long NO_LIMIT = 0;

    public static final Limits NONE =
            new Limits(Cpu.NONE, Memory.NONE, NO_LIMIT, (int) NO_LIMIT, Map.of(), List.of());

    /// Processors.
    ///
    /// @param shares its weight against others when processors are short, 2 to 262,144; 1,024 a
    ///   processor is usual
    /// @param quotaMicros in each period, never more than this; may be used by several processors
    ///   at once
    /// @param periodMicros 1,000 to 1,000,000
    /// @param cpus which it may run on, such as `0-3,8`; empty: all
    /// @param memoryNodes whose memory it may use; empty: all
    public record Cpu(
            long shares, long quotaMicros, long periodMicros, String cpus, String memoryNodes) {

        public static final Cpu NONE = new Cpu(NO_LIMIT, NO_LIMIT, 100_000, "", "");

        public Cpu {
            Checks.require(
                    shares == NO_LIMIT || (shares >= 2 && shares <= 262_144), "%s shares", shares);
            Checks.require(
                    quotaMicros == NO_LIMIT || quotaMicros >= 1000,
                    "a quota of %s µs; 1,000 is the least",
                    quotaMicros);
            Checks.require(
                    periodMicros >= 1000 && periodMicros <= 1_000_000,
                    "a period of %s µs",
                    periodMicros);
            Checks.require(cpus.matches("[0-9,-]*"), "no processors: %s", Checks.shown(cpus));
            Checks.require(
                    memoryNodes.matches("[0-9,-]*"), "no nodes: %s", Checks.shown(memoryNodes));
        }

        /// A weight for `requested` thousandths of a processor.
        public Cpu weighing(long requested) {
            var shares = Math.clamp(requested * 1024 / 1000, 2, 262_144);
            return new Cpu(shares, quotaMicros, periodMicros, cpus, memoryNodes);
        }

        /// Never more than `most` thousandths of a processor.
        public Cpu atMost(long most) {
            var quota = Math.max(1000, most * periodMicros / 1000);
            return new Cpu(shares, quota, periodMicros, cpus, memoryNodes);
        }

        public Cpu on(String cpus, String memoryNodes) {
            return new Cpu(shares, quotaMicros, periodMicros, cpus, memoryNodes);
        }
    }

    /// Memory, in bytes.
    ///
    /// @param soft what it keeps when memory is short
    /// @param hard beyond this, something in it is killed
    /// @param swap memory on disk besides `hard`; [#NO_SWAP] for none
    public record Memory(long soft, long hard, long swap) {

        public static final long NO_SWAP = -1;
        public static final Memory NONE = new Memory(NO_LIMIT, NO_LIMIT, NO_LIMIT);

        public Memory {
            Checks.notNegative(soft, "a soft limit");
            Checks.notNegative(hard, "a hard limit");
            Checks.require(swap >= NO_SWAP, "%s bytes of swap", swap);
            Checks.require(swap == NO_LIMIT || hard > 0, "swap without a hard limit");
        }

        public static Memory atMost(long hard) {
            return new Memory(NO_LIMIT, hard, NO_LIMIT);
        }
    }

    /// Whether a kind of device may be used.
    ///
    /// @param major,minor -1: any
    /// @param access some of `r`, `w`, `m`
    public record DeviceRule(
            boolean isAllowed, Device.Kind kind, long major, long minor, String access) {

        public static final long ANY = -1;

        public DeviceRule {
            Checks.require(
                    !access.isEmpty() && access.matches("r?w?m?"),
                    "no access to a device: %s",
                    Checks.shown(access));
            Checks.require(major >= ANY && minor >= ANY, "no device: %s:%s", major, minor);
        }
    }

    public Limits {
        hugePages = Collections.unmodifiableMap(new TreeMap<>(hugePages));
        devices = List.copyOf(devices);
        Checks.notNegative(processesMax, "a limit of processes");
        Checks.require(ioWeight >= 0 && ioWeight <= 10_000, "a weight of %s", ioWeight);
        hugePages.forEach((size, bytes) -> {
            Checks.require(size.matches("[0-9]{1,6}[KMG]B"), "no size: %s", Checks.shown(size));
            Checks.notNegative(bytes, "huge pages");
        });
    }

    public Limits with(Cpu cpu) {
        return new Limits(cpu, memory, processesMax, ioWeight, hugePages, devices);
    }

    public Limits with(Memory memory) {
        return new Limits(cpu, memory, processesMax, ioWeight, hugePages, devices);
    }

    /// What a weight of version 1, 10 to 1,000, is on the scale of version 2.
    public static int ioWeight(int legacy) {
        return 1 + Math.ceilDiv((legacy - 10) * 9999, 990);
    }

    public Limits weighingAtDisks(int ioWeight) {
        return new Limits(cpu, memory, processesMax, ioWeight, hugePages, devices);
    }

    public Limits withHugePages(Map<String, Long> hugePages) {
        return new Limits(cpu, memory, processesMax, ioWeight, hugePages, devices);
    }

    public Limits withProcesses(long processesMax) {
        return new Limits(cpu, memory, processesMax, ioWeight, hugePages, devices);
    }
}

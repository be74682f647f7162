package io.meseta.runtime.state;

/// What a container has used. [#UNKNOWN] where this machine's cgroups do not say; counters only
/// grow while the container lives.
public record Usage(CpuTime processor, MemoryUse memory, Processes processes, Disk disk) {

    /// Not said by this machine.
    public static final long UNKNOWN = -1;

    /// Nothing is known.
    public static final Usage NONE =
            new Usage(
                    new CpuTime(UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN),
                    new MemoryUse(UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN),
                    new Processes(UNKNOWN, UNKNOWN),
                    new Disk(UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN));

    /// @param periods in which it could have been throttled, and those in which it was
    public record CpuTime(
            long usedNanos,
            long userNanos,
            long systemNanos,
            long periods,
            long periodsThrottled,
            long throttledNanos) {}

    /// Bytes, but for the last.
    ///
    /// @param used all that counts against the limit, caches too
    /// @param peak the highest of `used`
    /// @param anonymous without any file behind it (`rss` of old)
    /// @param oomKills how many processes the kernel has killed for lack of memory
    public record MemoryUse(
            long used, long peak, long anonymous, long cached, long swapped, long oomKills) {}

    public record Processes(long processes, long threads) {}

    public record Disk(long bytesRead, long bytesWritten, long reads, long writes) {}
}

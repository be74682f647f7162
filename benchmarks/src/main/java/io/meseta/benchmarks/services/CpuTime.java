package io.meseta.benchmarks.services;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/// Seconds of CPU that processes have used.
///
/// A server of many processes starts and ends them all the time: what those have used who have
/// ended is their parent's, which the kernel tells and Java does not.
final class CpuTime {

    /// In a line of `/proc/PID/stat`, after the command's name, which may contain anything.
    private static final int USER = 11;

    private static final int FIELDS = 4;

    /// Of the kernel's clock, as all of its `/proc` has it.
    private static final double TICKS_PER_SECOND = 100;

    private CpuTime() {}

    /// Of one process.
    static double of(ProcessHandle process) {
        return process.info().totalCpuDuration().map(Duration::toMillis).orElse(0L) / 1e3;
    }

    /// Of a process and all that it has started, whether they live or not.
    static double ofFamily(ProcessHandle parent) {
        return Stream.concat(Stream.of(parent), parent.descendants())
                .mapToDouble(CpuTime::withChildren)
                .sum();
    }

    private static double withChildren(ProcessHandle process) {
        try {
            var line = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
            var words = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
            long ticks = 0;
            for (int i = USER; i < USER + FIELDS; i++) ticks += Long.parseLong(words[i]);
            return ticks / TICKS_PER_SECOND;
        } catch (IOException ended) {
            return 0;
        }
    }
}

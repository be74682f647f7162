package io.meseta.benchmarks.services;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/// What something is measured on.
public final class Machine {

    private static final Path PROC = Path.of("/proc");
    private static final double KIB_PER_GIB = 1 << 20;

    private Machine() {}

    /// Cores, memory, kernel, JVM, load and time, in one line.
    static String describe() {
        var system = ManagementFactory.getOperatingSystemMXBean();
        return String.format(
                Locale.ROOT,
                "%d cores, %.0f GiB, %s %s, %s %s, load %.1f, %s",
                system.getAvailableProcessors(),
                number(PROC.resolve("meminfo"), "MemTotal:") / KIB_PER_GIB,
                system.getName(),
                system.getVersion(),
                System.getProperty("java.vm.name"),
                System.getProperty("java.vm.version"),
                system.getSystemLoadAverage(),
                Instant.now().truncatedTo(ChronoUnit.SECONDS));
    }

    /// How many descriptors this process may have: a JVM takes what it can get at its start.
    public static long descriptorsMax() {
        return number(PROC.resolve("self/limits"), "Max open files");
    }

    /// What a process has in memory, its virtual machine's own included.
    public static long residentKibibytes(ProcessHandle process) {
        return number(PROC.resolve(process.pid() + "/status"), "VmRSS:");
    }

    /// The first number after a label at the beginning of a line; 0 where there is none.
    private static long number(Path file, String label) {
        try (var lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(label))
                    .map(line -> line.substring(label.length()).strip().split("\\s+", 2)[0])
                    .filter(word -> word.matches("[0-9]+"))
                    .mapToLong(Long::parseLong)
                    .findFirst()
                    .orElse(0);
        } catch (IOException noSuchSystem) {
            return 0;
        }
    }
}

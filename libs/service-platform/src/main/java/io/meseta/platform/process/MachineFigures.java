package io.meseta.platform.process;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// The machine's load and memory, as of now.
///
/// @param load1 how many processes were ready to run in the last minute, on average
/// @param load5 the same of five minutes
/// @param load15 the same of fifteen
public record MachineFigures(
        int processors,
        double load1,
        double load5,
        double load15,
        long memoryBytes,
        long memoryFreeBytes) {

    private static final Path LOAD = Path.of("/proc/loadavg");
    private static final Pattern SPACE = Pattern.compile(" ");

    /// Looks.
    public static MachineFigures now() {
        var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        var load = load(Math.max(0, system.getSystemLoadAverage()));
        return new MachineFigures(
                system.getAvailableProcessors(),
                load[0],
                load[1],
                load[2],
                system.getTotalMemorySize(),
                system.getFreeMemorySize());
    }

    /// Java knows the last minute's only; Linux knows three. Elsewhere the one stands for all.
    private static double[] load(double otherwise) {
        try {
            var loads =
                    SPACE.splitAsStream(Files.readString(LOAD))
                            .limit(3)
                            .mapToDouble(Double::parseDouble)
                            .toArray();
            if (loads.length == 3) return loads;
        } catch (IOException | NumberFormatException _) {
            // No such file, or not of that form.
        }
        return new double[] {otherwise, otherwise, otherwise};
    }
}

package io.meseta.agent.resources;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;

/// What the machine has when nobody says so: each part that the configured text leaves out.
public final class MachineResources {

    private static final long MB = 1 << 20;
    private static final long MEM_FALLBACK_MB = 1024;
    private static final long DISK_FALLBACK_MB = 10 * 1024;
    private static final Pattern SEMICOLON = Pattern.compile(";");
    private static final Pattern SPACE = Pattern.compile("\\s+");

    private MachineResources() {}

    /// The configured text with what it does not name added.
    public static String complete(String configured, Path workDirectory) {
        var text = new StringBuilder(configured.strip());
        add(text, configured, "cpus", Integer.toString(Runtime.getRuntime().availableProcessors()));
        add(text, configured, "mem", Long.toString(forTasks(memMb(), 1024)));
        add(text, configured, "disk", Long.toString(forTasks(diskMb(workDirectory), 5 * 1024)));
        add(text, configured, "ports", "[31000-32000]");
        return text.toString();
    }

    private static void add(StringBuilder text, String configured, String name, String value) {
        boolean isNamed =
                SEMICOLON
                        .splitAsStream(configured)
                        .map(part -> part.strip().toLowerCase(Locale.ROOT))
                        .anyMatch(
                                part -> part.startsWith(name + ":") || part.startsWith(name + "("));
        if (isNamed) return;
        if (!text.isEmpty() && text.charAt(text.length() - 1) != ';') text.append(';');
        text.append(name).append(':').append(value);
    }

    /// What is left when the machine keeps `reserve`, or half of what there is if that is more.
    static long forTasks(long total, long reserve) {
        return total < 2 * reserve ? total / 2 : total - reserve;
    }

    private static long memMb() {
        try (var lines = Files.lines(Path.of("/proc/meminfo"))) {
            return lines.filter(line -> line.startsWith("MemTotal:"))
                            .map(line -> SPACE.split(line, -1)[1])
                            .mapToLong(Long::parseLong)
                            .findFirst()
                            .orElse(MEM_FALLBACK_MB * 1024)
                    / 1024;
        } catch (IOException _) {
            return MEM_FALLBACK_MB;
        }
    }

    private static long diskMb(Path workDirectory) {
        try {
            FileStore store = Files.getFileStore(workDirectory);
            return store.getTotalSpace() / MB;
        } catch (IOException _) {
            return DISK_FALLBACK_MB;
        }
    }
}

package io.meseta.agent.launch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The machine's processes, as `/proc` shows them.
public final class ProcessTable {

    private static final Path PROC = Path.of("/proc");

    /// What an environment may take here. The kernel's own limit is larger; a cookie stands early
    /// or the process is found by its session.
    private static final int ENVIRON_BYTES_MAX = 2 << 20;

    /// One line of the table.
    public record Entry(long pid, char state, long parent, long group, long session, long start) {

        /// Dead, though still listed until its parent looks.
        boolean isDead() {
            return state == 'Z' || state == 'X';
        }
    }

    /// What one process has used.
    record Figures(long userNanos, long systemNanos, long residentBytes, long threads) {
        private static final Figures NONE = new Figures(0, 0, 0, 0);
    }

    /// A tick of `/proc`, on every machine that Linux runs on.
    private static final long NANOS_PER_TICK = 10_000_000;

    private final String bootId;

    public ProcessTable() {
        try {
            bootId = Files.readString(PROC.resolve("sys/kernel/random/boot_id")).strip();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(
                    "/proc is not readable; the agent needs it to know its tasks", unreadable);
        }
    }

    /// Changes with each start of the machine.
    public String bootId() {
        return bootId;
    }

    public Optional<Entry> entry(long pid) {
        try {
            var line =
                    new String(
                            Files.readAllBytes(PROC.resolve(Long.toString(pid)).resolve("stat")),
                            StandardCharsets.ISO_8859_1);
            return parse(line);
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /// What it has used, with all that it has waited for; nothing when it is gone.
    Figures figures(long pid) {
        try {
            var directory = PROC.resolve(Long.toString(pid));
            var stat =
                    new String(
                            Files.readAllBytes(directory.resolve("stat")),
                            StandardCharsets.ISO_8859_1);
            int close = stat.lastIndexOf(") ");
            if (close < 0) return Figures.NONE;
            var fields = stat.substring(close + 2).strip().split(" ", -1);
            if (fields.length < 20) return Figures.NONE;
            long user = Long.parseLong(fields[11]) + Long.parseLong(fields[13]);
            long system = Long.parseLong(fields[12]) + Long.parseLong(fields[14]);
            return new Figures(
                    user * NANOS_PER_TICK,
                    system * NANOS_PER_TICK,
                    residentBytes(directory),
                    Long.parseLong(fields[17]));
        } catch (IOException | NumberFormatException _) {
            return Figures.NONE;
        }
    }

    private static long residentBytes(Path directory) throws IOException {
        for (var line :
                Files.readAllLines(directory.resolve("status"), StandardCharsets.ISO_8859_1))
            if (line.startsWith("VmRSS:"))
                return Long.parseLong(line.replaceAll("[^0-9]", "")) << 10;
        return 0;
    }

    public boolean isAlive(ProcessIdentity identity) {
        if (!identity.bootId().equals(bootId)) return false;
        return entry(identity.pid())
                .filter(entry -> entry.start() == identity.startTicks())
                .filter(entry -> !entry.isDead())
                .isPresent();
    }

    public List<Entry> entries() {
        var entries = new ArrayList<Entry>();
        try (var directories = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (var directory : directories) {
                entry(Long.parseLong(directory.getFileName().toString())).ifPresent(entries::add);
            }
        } catch (IOException | DirectoryIteratorException _) {
            return entries;
        }
        return entries;
    }

    /// Whether `cookie` is in the environment that the process was started with.
    boolean carries(long pid, String cookie) {
        try (var in = Files.newInputStream(PROC.resolve(Long.toString(pid)).resolve("environ"))) {
            return new String(in.readNBytes(ENVIRON_BYTES_MAX), StandardCharsets.ISO_8859_1)
                    .contains(cookie);
        } catch (IOException _) {
            return false;
        }
    }

    /// The command's name stands in parentheses and may hold anything, parentheses included.
    static Optional<Entry> parse(String line) {
        int open = line.indexOf(" (");
        int close = line.lastIndexOf(") ");
        if (open < 0 || close < 0) return Optional.empty();
        var fields = line.substring(close + 2).strip().split(" ", -1);
        if (fields.length < 20) return Optional.empty();
        try {
            return Optional.of(
                    new Entry(
                            Long.parseLong(line.substring(0, open)),
                            fields[0].charAt(0),
                            Long.parseLong(fields[1]),
                            Long.parseLong(fields[2]),
                            Long.parseLong(fields[3]),
                            Long.parseLong(fields[19])));
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }
}

package io.meseta.endtoend.harness;

import io.meseta.testkit.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Processes that belong to a directory: it stands in their command line or their environment, or
/// they are in it. Services, supervisors and tasks of one cluster all are found so, whatever has
/// become of their parents.
public final class Traces {

    private static final Path PROC = Path.of("/proc");

    private Traces() {}

    /// A process that was found.
    ///
    /// @param command for a reader
    public record Trace(ProcessHandle process, String command) {

        /// Whether it is that service or a part of it. What an agent begins for tasks is nobody's
        /// child, or that of a supervisor.
        boolean isOf(long service) {
            return process.pid() == service
                    || process.parent().filter(parent -> parent.pid() == service).isPresent();
        }

        @Override
        public String toString() {
            return process.pid() + " " + command;
        }
    }

    /// All processes of `directory` but this one.
    public static List<Trace> of(Path directory) {
        long self = ProcessHandle.current().pid();
        return ProcessHandle.allProcesses()
                .filter(process -> process.pid() != self)
                .flatMap(process -> trace(process, directory).stream())
                .toList();
    }

    /// Kills all of them, whatever they do meanwhile.
    public static void kill(Path directory) {
        Await.shortly()
                .until(
                        "nothing runs in " + directory,
                        () -> {
                            var found = of(directory);
                            found.forEach(trace -> trace.process().destroyForcibly());
                            return found.isEmpty();
                        });
    }

    private static Optional<Trace> trace(ProcessHandle process, Path directory) {
        var proc = PROC.resolve(Long.toString(process.pid()));
        var command = text(proc.resolve("cmdline"));
        boolean isOurs =
                command.contains(directory.toString())
                        || text(proc.resolve("environ")).contains(directory.toString())
                        || isIn(proc.resolve("cwd"), directory);
        return isOurs ? Optional.of(new Trace(process, command)) : Optional.empty();
    }

    /// Empty for a process that has ended, or is not ours to read.
    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
                    .replace('\0', ' ');
        } catch (IOException | UncheckedIOException _) {
            return "";
        }
    }

    private static boolean isIn(Path link, Path directory) {
        try {
            return Files.readSymbolicLink(link).startsWith(directory);
        } catch (IOException _) {
            return false;
        }
    }
}

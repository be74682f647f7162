package io.meseta.agent.launch;

import io.meseta.agent.core.task.Exit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/// What agent and supervisor tell each other about one run: see `supervisor.sh`.
final class RunDirectory {

    /// Everything here is a line or two.
    private static final int FILE_BYTES_MAX = 4096;

    private final Path path;
    private final UUID container;

    RunDirectory(Path path, UUID container) {
        this.path = path;
        this.container = container;
    }

    Path path() {
        return path;
    }

    /// Writes a file for the supervisor, whole: one that an earlier agent has begun may just be
    /// reading it.
    void put(String name, String text) throws IOException {
        var fresh = path.resolve(name + ".new");
        Files.writeString(fresh, text, StandardCharsets.UTF_8);
        Files.move(fresh, path.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    UUID container() {
        return container;
    }

    /// The name and value of a variable that nothing else on the machine has.
    String cookie() {
        return cookieOf(container);
    }

    static String cookieOf(UUID container) {
        return "MESETA_CONTAINER=" + container;
    }

    Optional<ProcessIdentity> supervisor() {
        return read("supervisor").flatMap(ProcessIdentity::parse);
    }

    Optional<ProcessIdentity> command() {
        return read("command").flatMap(ProcessIdentity::parse);
    }

    /// The command's shell status, once it has ended and its remains are swept.
    OptionalInt status() {
        var text = read("status");
        if (text.isEmpty()) return OptionalInt.empty();
        try {
            int status = Integer.parseInt(text.get().strip());
            return status >= 0 && status <= 255 ? OptionalInt.of(status) : OptionalInt.empty();
        } catch (NumberFormatException _) {
            return OptionalInt.empty();
        }
    }

    /// Says why it is going to be ended.
    void limit(Exit.Limited how) {
        try {
            put("limit", LimitNote.text(how));
        } catch (IOException failure) {
            throw new UncheckedIOException("can't write in " + path, failure);
        }
    }

    Optional<Exit.Limited> limit() {
        return read("limit").flatMap(LimitNote::parse);
    }

    boolean isClaimed() {
        return Files.exists(path.resolve("claim"));
    }

    /// Why it was called off; empty where the claim is not the agent's.
    Optional<String> calledOff() {
        var claim = path.resolve("claim");
        return Files.isRegularFile(claim) ? read("claim").map(String::strip) : Optional.empty();
    }

    /// Calls the run off; false when a supervisor was faster.
    boolean claim(String why) {
        try {
            var claim = Files.writeString(path.resolve("claim.new"), why + "\n");
            Files.createLink(path.resolve("claim"), claim);
            return true;
        } catch (FileAlreadyExistsException _) {
            return false;
        } catch (IOException failure) {
            throw new UncheckedIOException("can't claim the run in " + path, failure);
        }
    }

    private Optional<String> read(String name) {
        try (var in = Files.newInputStream(path.resolve(name))) {
            var text = new String(in.readNBytes(FILE_BYTES_MAX), StandardCharsets.UTF_8);
            // Until its line is whole it is still being written.
            return text.endsWith("\n") ? Optional.of(text) : Optional.empty();
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IOException failure) {
            throw new UncheckedIOException(
                    "can't read " + path.resolve(name) + ", by which a task is known", failure);
        }
    }
}

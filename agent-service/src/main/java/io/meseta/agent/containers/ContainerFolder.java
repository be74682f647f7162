package io.meseta.agent.containers;

import io.meseta.agent.core.task.Exit;
import io.meseta.agent.launch.DirectoryTree;
import io.meseta.agent.launch.LimitNote;
import io.meseta.agent.launch.RunState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/// What the agent itself keeps of one container, so that the next agent process knows it too.
///
/// The files: `plan` (stop signal and memory limit), `called-off`, `limit` (why it is being ended),
/// `end` (how it ended, written before the runtime forgets it).
final class ContainerFolder {

    private static final int FILE_BYTES_MAX = 8192;
    private static final String STATUS = "status ";
    private static final String LOST = "lost ";

    /// What has to be known of a plan once it is carried out.
    ///
    /// @param stopSignal its number
    /// @param memoryBytes the hard limit; 0 for none
    record Terms(int stopSignal, long memoryBytes) {}

    private final Path path;

    ContainerFolder(Path path) {
        this.path = path;
    }

    boolean isThere() {
        return Files.isDirectory(path);
    }

    void make(Terms terms) {
        write("plan", terms.stopSignal() + " " + terms.memoryBytes());
    }

    Terms terms() {
        var words = read("plan").map(text -> text.split(" ", -1)).orElse(new String[0]);
        try {
            if (words.length == 2)
                return new Terms(Integer.parseInt(words[0]), Long.parseLong(words[1]));
        } catch (NumberFormatException _) {
            // As if it were not there.
        }
        return new Terms(15, 0);
    }

    /// Why it was called off, if it was.
    Optional<String> calledOff() {
        return read("called-off");
    }

    void callOff(String why) {
        write("called-off", why);
    }

    /// Says why it is going to be ended.
    void limit(Exit.Limited how) {
        write("limit", LimitNote.text(how));
    }

    Optional<Exit.Limited> limit() {
        return read("limit").flatMap(LimitNote::parse);
    }

    void end(RunState end) {
        switch (end) {
            case RunState.Ended(var status) -> write("end", STATUS + status);
            case RunState.Limited(var how) -> write("end", LimitNote.text(how));
            case RunState.Lost(var why) -> write("end", LOST + why);
            case RunState.Alive _, RunState.Unclaimed _ ->
                    throw new IllegalArgumentException("this is no end: " + end);
        }
    }

    /// How it ended, once that is written down.
    Optional<RunState> end() {
        var text = read("end");
        if (text.isEmpty()) return Optional.empty();
        var end = text.get();
        if (end.startsWith(STATUS)) {
            try {
                return Optional.of(
                        new RunState.Ended(Integer.parseInt(end.substring(STATUS.length()))));
            } catch (NumberFormatException _) {
                return Optional.of(new RunState.Lost("its end was written down and can't be read"));
            }
        }
        if (end.startsWith(LOST))
            return Optional.of(new RunState.Lost(end.substring(LOST.length())));
        return LimitNote.parse(end).map(RunState.Limited::new);
    }

    void delete() {
        try {
            DirectoryTree.delete(path);
        } catch (IOException failure) {
            throw new UncheckedIOException("can't delete " + path, failure);
        }
    }

    private void write(String name, String text) {
        try {
            Files.createDirectories(path);
            var fresh = path.resolve(name + ".new");
            Files.writeString(fresh, text, StandardCharsets.UTF_8);
            Files.move(fresh, path.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            throw new UncheckedIOException("can't write " + path.resolve(name), failure);
        }
    }

    private Optional<String> read(String name) {
        try (var in = Files.newInputStream(path.resolve(name))) {
            return Optional.of(new String(in.readNBytes(FILE_BYTES_MAX), StandardCharsets.UTF_8));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IOException failure) {
            throw new UncheckedIOException("can't read " + path.resolve(name), failure);
        }
    }
}

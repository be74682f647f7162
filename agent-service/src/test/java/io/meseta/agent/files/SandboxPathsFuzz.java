package io.meseta.agent.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.testkit.fuzz.Choices;
import io.meseta.testkit.fuzz.Fuzz;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Paths that somebody wants to read in sandboxes: nothing outside of one is ever opened.
public final class SandboxPathsFuzz {

    private static final List<String> WORDS =
            List.of(
                    "/sandbox",
                    "/",
                    "..",
                    ".",
                    "stdout",
                    "inner",
                    "link",
                    "loop",
                    "out",
                    "secret",
                    "//",
                    "/sandbox/inner/../stdout",
                    "\u00e9",
                    "%2e%2e");
    private static final String SECRET = "not for you";

    private static final SandboxFiles FILES = new SandboxFiles(new OneRoot(laidOut()));

    private static final Fuzz FUZZ =
            Fuzz.of(SandboxPathsFuzz.class, SandboxPathsFuzz::fuzzerTestOneInput);

    private record OneRoot(Path sandbox) implements SandboxFiles.Roots {

        @Override
        public Optional<SandboxFiles.Root> find(String path) {
            return path.startsWith("/sandbox")
                    ? Optional.of(new SandboxFiles.Root("/sandbox", sandbox))
                    : Optional.empty();
        }

        @Override
        public SortedMap<String, Path> all() {
            return new TreeMap<>();
        }
    }

    @TestFactory
    Stream<DynamicTest> takeWhateverComes() {
        return FUZZ.tests(1_500);
    }

    /// Called by the fuzzer.
    public static void fuzzerInitialize() {
        FUZZ.layOutSeeds();
    }

    /// Called by the fuzzer.
    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        var choices = new Choices(input, WORDS);
        var path = new StringBuilder("/sandbox");
        for (int i = 0; i < 6 && !choices.isOver(); i++) {
            if (choices.coin()) path.append('/');
            path.append(choices.text());
        }
        if (FILES.open(path.toString()) instanceof FileAnswer.Opened(_, _, var channel)) {
            try (channel) {
                var bytes = ByteBuffer.allocate(100);
                channel.read(bytes);
                assertThat(new String(bytes.array(), StandardCharsets.UTF_8))
                        .as(path.toString())
                        .doesNotContain(SECRET);
            }
        }
        FILES.list(path.toString())
                .ifPresent(entries ->
                        assertThat(entries)
                                .as(path.toString())
                                .noneMatch(entry -> entry.path().endsWith("secret")));
    }

    /// A sandbox with links into, out of and around itself, beside a file that is none of its own.
    private static Path laidOut() {
        try {
            var directory = Files.createTempDirectory("sandbox-paths");
            var sandbox = Files.createDirectory(directory.resolve("run"));
            Files.writeString(directory.resolve("secret"), SECRET);
            Files.writeString(sandbox.resolve("stdout"), "hello");
            Files.createDirectory(sandbox.resolve("inner"));
            Files.createSymbolicLink(sandbox.resolve("link"), Path.of("inner"));
            Files.createSymbolicLink(sandbox.resolve("loop"), Path.of("loop"));
            Files.createSymbolicLink(sandbox.resolve("out"), directory);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> removed(directory)));
            return sandbox;
        } catch (IOException unwritable) {
            throw new UncheckedIOException("no sandbox", unwritable);
        }
    }

    private static void removed(Path directory) {
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(java.util.Comparator.reverseOrder()).toList())
                Files.delete(file);
        } catch (IOException left) {
            throw new UncheckedIOException("cannot remove " + directory, left);
        }
    }
}

package io.meseta.endtoend.harness;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.testkit.Await;
import io.meseta.testkit.RepositoryRoot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// A guide of `docs/guides`, whose commands are run as a reader would run them, so that it cannot
/// promise what does not work.
///
/// Each block of `sh` is run by Bash. If a block of `text` follows, it is what the command prints,
/// and the command is asked again until it does: a service takes its time to start. What a block
/// sets, and nothing else, is remembered by those that follow it.
public final class Guide {

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(sh|text)\n(.*?)^```$");
    private static final Pattern SECTION = Pattern.compile("(?m)^## (.+)$");

    /// `name=…` or `name() { …; }`, alone on its line.
    private static final Pattern SETTING = Pattern.compile("[a-z]+(=|\\(\\) \\{ ).*");

    private static final Duration RUN_MAX = Duration.ofMinutes(3);

    private final Map<String, String> sections = new LinkedHashMap<>();
    private final Reader reader;
    private final StringBuilder remembered = new StringBuilder();
    private final StringBuilder printed = new StringBuilder();
    private int commands;

    /// Whoever follows the guide.
    ///
    /// @param home where they type
    /// @param logs where what they see is kept
    /// @param instead what is otherwise here than in the guide, such as ports
    public record Reader(Path home, Path logs, Map<String, String> instead) {

        public Reader {
            instead = Map.copyOf(instead);
        }
    }

    private Guide(String text, Reader reader) {
        this.reader = reader;
        var parts = SECTION.splitAsStream(text).toList();
        var names = SECTION.matcher(text).results().map(name -> name.group(1)).toList();
        for (int at = 0; at < names.size(); at++) sections.put(names.get(at), parts.get(at + 1));
    }

    public static Guide read(String name, Reader reader) {
        var file = RepositoryRoot.find().resolve("docs/guides").resolve(name);
        try {
            return new Guide(Files.readString(file), reader);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// The sections that have not been followed yet.
    public List<String> left() {
        return List.copyOf(sections.keySet());
    }

    /// All that its commands have printed.
    public String printed() {
        return printed.toString();
    }

    /// Runs what a section says.
    public void follow(String section) {
        var text = Optional.ofNullable(sections.remove(section)).orElseThrow();
        var blocks = BLOCK.matcher(text).results().toList();
        assertThat(blocks).as(section).isNotEmpty();
        for (int at = 0; at < blocks.size(); at++) {
            if (blocks.get(at).group(1).equals("text")) continue;
            var script = blocks.get(at).group(2);
            boolean isAnswered =
                    at + 1 < blocks.size() && blocks.get(at + 1).group(1).equals("text");
            if (isAnswered) ask(script, blocks.get(at + 1).group(2));
            else run(script);
        }
    }

    private void ask(String script, String expected) {
        var pattern =
                Pattern.compile("(?s)\\Q" + expected.strip().replace("…", "\\E.*\\Q") + "\\E");
        Await.within(RUN_MAX)
                .passes(
                        "the guide's answer",
                        () ->
                                assertThat(run(script).strip())
                                        .as(script)
                                        .matches(line -> pattern.matcher(line).matches()));
    }

    private String run(String script) {
        var ours = script;
        for (var change : reader.instead().entrySet()) {
            ours = ours.replace(change.getKey(), change.getValue());
        }
        if (ours.lines().allMatch(line -> SETTING.matcher(line).matches())) {
            remembered.append(ours);
            return "";
        }
        var log = reader.logs().resolve("guide-%03d.log".formatted(++commands));
        var program = Program.of(List.of("bash", "-eu", "-c", remembered + ours), place(), log);
        program.start();
        int code = program.awaitExit(RUN_MAX);
        assertThat(code).as("%s%n%s", script, program.output()).isZero();
        // Settings among other commands count as well.
        ours.lines()
                .filter(line -> SETTING.matcher(line).matches())
                .forEach(line -> remembered.append(line).append('\n'));
        printed.append(program.output());
        return program.output();
    }

    /// The reader's own Java comes first, as it does for whoever has just one.
    private Program.Place place() {
        var java = System.getProperty("java.home");
        var path = Path.of(java, "bin") + ":" + System.getenv("PATH");
        return new Program.Place(reader.home(), Map.of("JAVA_HOME", java, "PATH", path));
    }
}

package io.meseta.testkit.fuzz;

import io.meseta.testkit.corpus.Recorded;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;

/// What was recorded of a running Mesos as seeds, where a recording lies beside the repository;
/// none where not.
public final class RecordedBodies {

    private static final String GROUP = ".jsonl.gz";
    private static final int BYTES_MAX = 4 * 1024;

    private RecordedBodies() {}

    /// The bodies of requests that were sent as JSON, each once.
    public static List<byte[]> json() {
        return bodies(recorded -> recorded.asked("content-type").startsWith("application/json"));
    }

    /// Those that were sent as protobuf.
    public static List<byte[]> protobuf() {
        return bodies(
                recorded -> recorded.asked("content-type").startsWith("application/x-protobuf"));
    }

    /// Paths with their queries, each once.
    public static List<byte[]> targets() {
        var targets = new TreeSet<String>();
        for (var recorded : all()) {
            var words = recorded.line().split(" ", -1);
            if (words.length > 1 && words[1].length() <= BYTES_MAX) targets.add(words[1]);
        }
        return targets.stream().map(each -> each.getBytes(StandardCharsets.UTF_8)).toList();
    }

    private static List<byte[]> bodies(Predicate<Recorded> isWanted) {
        var bodies = new TreeSet<byte[]>(Arrays::compare);
        for (var recorded : all()) {
            if (!recorded.isReplayable() || !isWanted.test(recorded)) continue;
            var body = recorded.requestBody();
            if (body.length > 0 && body.length <= BYTES_MAX) bodies.add(body);
        }
        return List.copyOf(bodies);
    }

    private static List<Recorded> all() {
        var folder = Recorded.folder();
        if (folder.isEmpty()) return List.of();
        var all = new ArrayList<Recorded>();
        try (var files = Files.list(folder.get())) {
            files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(GROUP))
                    .sorted()
                    .forEach(name ->
                            all.addAll(
                                    Recorded.group(
                                            folder.get(),
                                            name.substring(0, name.length() - GROUP.length()))));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot list " + folder.get(), unreadable);
        }
        return all;
    }
}

package io.meseta.runtime.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What this process holds open that a container could have left in its hands: pipes to helpers,
/// watches, namespaces, and files that lie where containers and their parts do. Sockets, logs and
/// the JVM's own files come and go by themselves.
///
/// @param counts by what they lead to
public record Descriptors(Map<String, Long> counts) {

    private static final List<String> PLACES =
            List.of("/tmp/", "/run/", "/sys/", "/proc/", "/dev/pts/", "/dev/fuse");

    private static final List<String> KINDS =
            List.of(
                    "pipe:",
                    "anon_inode:inotify",
                    "anon_inode:[pidfd]",
                    "user:",
                    "mnt:",
                    "pid:",
                    "net:");

    /// Those of now.
    public static Descriptors open() {
        try (var all = Files.list(Path.of("/proc/self/fd"))) {
            return new Descriptors(
                    all.map(Descriptors::target)
                            .map(Descriptors::kind)
                            .filter(kind -> !kind.isEmpty())
                            .collect(
                                    Collectors.groupingBy(
                                            kind -> kind, TreeMap::new, Collectors.counting())));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// How many more of each there are now.
    public Map<String, Long> since() {
        var more = new TreeMap<>(open().counts());
        counts.forEach((name, count) -> more.computeIfPresent(name, (_, now) -> now - count));
        more.values().removeIf(count -> count <= 0);
        return more;
    }

    /// Empty for what does not count.
    private static String kind(String target) {
        for (var kind : KINDS) if (target.startsWith(kind)) return kind;
        boolean isOurs = target.endsWith("/fd") || target.contains(".log");
        return PLACES.stream().anyMatch(target::startsWith) && !isOurs ? target : "";
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException _) {
            return "";
        }
    }
}

package io.meseta.runtime.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A program that is installed here.
///
/// @param kind its plain name: `runc`, `crun`, `conmon`, or the file's own name
/// @param version what it says of itself; null: nothing we can read
/// @param packaged Debian's version of the package that the file belongs to; null: none
public record Program(
        String kind, Path path, @Nullable Version version, @Nullable PackageVersion packaged) {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /// Where programs for administrators lie, whatever this process' `PATH` says.
    private static final List<String> PLACES =
            List.of("/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin");

    /// @param name a name, or an absolute path
    public static Optional<Program> find(String name) throws InterruptedException {
        var path = located(name);
        if (path.isEmpty()) return Optional.empty();
        var said = Commands.run(PATIENCE, List.of(path.get().toString(), "--version"));
        var version = said.isSuccess() ? Version.in(said.output()) : Optional.<Version>empty();
        var kind = kind(path.get(), said.output());
        return Optional.of(
                new Program(
                        kind, path.get(), version.orElse(null), packaged(path.get()).orElse(null)));
    }

    /// Where a program lies.
    public static Optional<Path> located(String name) {
        if (name.startsWith("/")) {
            return Optional.of(Path.of(name)).filter(Files::isExecutable);
        }
        return PLACES.stream()
                .map(place -> Path.of(place, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /// A copy under another name has the same flaws.
    private static String kind(Path path, String said) {
        for (var kind : List.of("runc", "crun", "conmon")) {
            if (said.startsWith(kind + " version")) return kind;
        }
        return path.getFileName().toString();
    }

    /// What dpkg says of this very file. A file that was changed since is not the package's.
    private static Optional<PackageVersion> packaged(Path path) throws InterruptedException {
        if (located("dpkg-query").isEmpty()) return Optional.empty();
        var owner = owner(path);
        if (owner.isEmpty()) owner = owner(real(path));
        if (owner.isEmpty()) return Optional.empty();
        var version =
                Commands.run(
                        PATIENCE, List.of("dpkg-query", "-W", "-f", "${Version}", owner.get()));
        if (!version.isSuccess() || version.output().isEmpty()) return Optional.empty();
        var changed = Commands.run(PATIENCE, List.of("dpkg", "--verify", owner.get()));
        if (changed.output().contains(path.toString())) return Optional.empty();
        return Optional.of(new PackageVersion(version.output()));
    }

    private static Optional<String> owner(Path path) throws InterruptedException {
        var found = Commands.run(PATIENCE, List.of("dpkg-query", "-S", path.toString()));
        int colon = found.output().indexOf(": ");
        if (!found.isSuccess() || colon < 0) return Optional.empty();
        return Optional.of(found.output().substring(0, colon));
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException _) {
            return path;
        }
    }

    @Override
    public String toString() {
        if (packaged != null) return "%s %s".formatted(kind, packaged.text());
        return version == null ? kind : "%s %s".formatted(kind, version);
    }
}

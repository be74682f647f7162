package io.meseta.endtoend.harness;

import io.meseta.testkit.RepositoryRoot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/// The master of an earlier commit, built from this repository's history and kept where `./meseta`
/// keeps its own builds, so that it is built once on a machine.
public final class EarlierBuild {

    private static final Duration GIT_MAX = Duration.ofMinutes(1);
    private static final Duration BUILD_MAX = Duration.ofMinutes(6);
    private static final String NAMED_IN = "earlier-build.properties";
    private static final String JAR = "master-service.jar";
    private static final String LIBRARIES = "lib";

    private final Path root = RepositoryRoot.find();
    private final String commit;
    private final Path home;
    private final Path log;

    /// It can't be had here; the message says why.
    public static final class Unavailable extends Exception {

        private static final long serialVersionUID = 1L;

        Unavailable(String message) {
            super(message);
        }
    }

    private EarlierBuild(String commit) {
        this.commit = commit;
        this.home = root.resolve(".meseta/earlier").resolve(commit);
        this.log = Directories.logs("earlier-build").resolve("build.log");
    }

    /// The jar of the master of the commit that is named in `earlier-build.properties`, with what
    /// it needs beside it.
    public static Path master() throws Unavailable {
        var build = new EarlierBuild(named());
        var jar = build.home.resolve(JAR);
        if (!Files.exists(jar)) build.build(jar);
        return jar;
    }

    private static String named() {
        var said = new Properties();
        try (var in = EarlierBuild.class.getResourceAsStream("/" + NAMED_IN)) {
            if (in == null) throw new IllegalStateException(NAMED_IN + " is missing");
            said.load(in);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read " + NAMED_IN, failure);
        }
        var commit = said.getProperty("commit", "");
        if (!commit.matches("[0-9a-f]{40}"))
            throw new IllegalStateException(NAMED_IN + " names no commit: '" + commit + "'");
        return commit;
    }

    private void build(Path jar) throws Unavailable {
        if (run(root, GIT_MAX, "git", "cat-file", "-e", commit + "^{commit}") != 0)
            throw new Unavailable(
                    "this clone does not have commit %s, or there is no git: fetch all of it"
                            .formatted(commit));
        var source = home.resolve("source");
        Directories.delete(home);
        try {
            Files.createDirectories(source);
            unpack(source);
            compile(source);
            var target = source.resolve("master-service/target");
            Files.move(target.resolve(LIBRARIES), home.resolve(LIBRARIES));
            // Last, since whoever finds it takes the rest for granted.
            Files.move(jarIn(target), jar, StandardCopyOption.ATOMIC_MOVE);
            Directories.delete(source);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot build in " + home, failure);
        }
    }

    private void unpack(Path source) throws Unavailable, IOException {
        var archive = home.resolve("source.tar");
        int packed = run(root, GIT_MAX, "git", "archive", "-o", archive.toString(), commit);
        int unpacked = run(source, GIT_MAX, "tar", "-xf", archive.toString());
        if (packed != 0 || unpacked != 0)
            throw new Unavailable("commit " + commit + " can't be unpacked: see " + log);
        Files.delete(archive);
    }

    /// Only what a master needs, and nothing that would have to be fetched.
    private void compile(Path source) {
        int code =
                run(
                        source,
                        BUILD_MAX,
                        maven(),
                        "-B",
                        "-o",
                        "-q",
                        "-pl",
                        "master-service",
                        "-am",
                        "package",
                        "-Dmaven.test.skip=true",
                        "-Dspotless.check.skip=true",
                        "-Dmaven.repo.local=" + System.getProperty("meseta.maven.repository"));
        if (code != 0) throw new AssertionError("commit " + commit + " does not build: see " + log);
    }

    private static String maven() {
        return Optional.ofNullable(System.getProperty("meseta.maven.home"))
                .map(found -> Path.of(found, "bin", "mvn").toString())
                .orElse("mvn");
    }

    private static Path jarIn(Path target) throws IOException {
        try (var files = Files.list(target)) {
            return files.filter(file ->
                            file.getFileName()
                                    .toString()
                                    .matches("master-service-[0-9][0-9A-Za-z.]*(-SNAPSHOT)?\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no jar in " + target));
        }
    }

    private int run(Path where, Duration max, String... command) {
        var environment = Map.of("JAVA_HOME", System.getProperty("java.home"));
        var place = new Program.Place(where, environment);
        try (var program = Program.of(List.copyOf(Arrays.asList(command)), place, log)) {
            program.start();
            return program.awaitExit(max);
        } catch (UncheckedIOException missing) {
            return -1;
        }
    }
}
